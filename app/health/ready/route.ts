import { requireReady, stillHere } from "@/lib/bootstrap/readiness";
import { endpoint } from "@/lib/platform/endpoint";
import { problem } from "@/lib/platform/problem";

/** The database answers, is migrated, and the server stays: requests can be served. 503 otherwise, with no detail. */
export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = endpoint(problem, {
  GET: async () => {
    if (!stillHere()) return problem(503, "STOPPING", "The server is about to stop.");
    await requireReady();
    return { status: 200, body: { status: "ok" } };
  },
});
