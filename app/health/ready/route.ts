import { requireReady } from "@/lib/bootstrap/readiness";
import { endpoint } from "@/lib/platform/endpoint";
import { problem } from "@/lib/platform/problem";

/** The database answers and is migrated: requests can be served. 503 otherwise, with no detail. */
export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = endpoint(problem, {
  GET: async () => {
    await requireReady();
    return { status: 200, body: { status: "ok" } };
  },
});
