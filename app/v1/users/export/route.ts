import { userRefused } from "@/app/v1/replies/user-replies";
import { databaseNow } from "@/lib/platform/database-now";
import { endpoint } from "@/lib/platform/http/endpoint";
import { problem } from "@/lib/platform/http/problem";
import { textStream } from "@/lib/platform/http/text-stream";
import { queryOf } from "@/lib/platform/page";
import { withActor } from "@/lib/sessions/with-actor";
import { exportUsers } from "@/lib/users/list/export-users";

const CSV_HEADERS = { "Content-Type": "text/csv; charset=utf-8" };

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = endpoint(problem, {
  GET: withActor(problem, async (actor, request) => {
    // Nothing leaves with a HEAD, so nothing is recorded.
    if (request.method === "HEAD") return { status: 200, headers: CSV_HEADERS };
    const outcome = await exportUsers(actor, queryOf(request));
    if (outcome.kind !== "export") return userRefused(outcome);
    const day = databaseNow().toISOString().slice(0, 10);
    return {
      status: 200,
      stream: textStream(outcome.pieces),
      headers: {
        ...CSV_HEADERS,
        "Content-Disposition": `attachment; filename="users-${day}.csv"`,
      },
    };
  }),
});
