import { databaseNow } from "@/lib/platform/database-now";
import { endpoint } from "@/lib/platform/http/endpoint";
import { problem } from "@/lib/platform/http/problem";
import { exportOwnData } from "@/lib/sessions/export-own-data";
import { withActor } from "@/lib/sessions/with-actor";
import { PRODUCT } from "@/product";

/** All that is kept of the caller as one file. */
export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = endpoint(problem, {
  GET: withActor(problem, async (actor, request) => {
    const outcome = await exportOwnData(actor, { unread: request.method === "HEAD" });
    if (outcome.kind !== "exported") return problem("FORBIDDEN");
    const name = `${PRODUCT.command}-account-${databaseNow().toISOString().slice(0, 10)}.json`;
    return {
      status: 200,
      stream: outcome.stream,
      headers: {
        "Content-Type": "application/json; charset=utf-8",
        "Content-Disposition": `attachment; filename="${name}"`,
      },
    };
  }),
});
