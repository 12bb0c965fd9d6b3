import { holdMatrix } from "./hold-matrix";

holdMatrix();
