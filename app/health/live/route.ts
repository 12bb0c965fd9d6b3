import { endpoint } from "@/lib/platform/endpoint";
import { problem } from "@/lib/platform/problem";

/** The process answers. */
export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = endpoint(problem, {
  GET: async () => ({ status: 200, body: { status: "ok" } }),
});
