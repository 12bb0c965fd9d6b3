import { bootstrap } from "@/lib/bootstrap/doors/bootstrap";
import { doorEndpoint } from "@/lib/bootstrap/doors/http-door";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = doorEndpoint(bootstrap);
