import { endpoint } from "@/lib/platform/http/endpoint";
import { problem } from "@/lib/platform/http/problem";
import { openApiDocument } from "./document";

const document = openApiDocument();

/** The description of this API (OpenAPI 3.1). It says nothing of this installation, so it is for everybody. */
export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = endpoint(problem, {
  GET: async () => ({ status: 200, body: document }),
});
