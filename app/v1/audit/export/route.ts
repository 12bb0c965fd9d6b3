import { eventsRefused } from "@/app/v1/replies/event-replies";
import { exportEvents } from "@/lib/audit/export-events";
import { databaseNow } from "@/lib/platform/database-now";
import { endpoint } from "@/lib/platform/http/endpoint";
import { problem } from "@/lib/platform/http/problem";
import { queryOf } from "@/lib/platform/page";
import { withActor } from "@/lib/sessions/with-actor";
import { peopleByName } from "@/lib/users/list/people-by-name";

const TYPES = { csv: "text/csv; charset=utf-8", jsonl: "application/jsonl; charset=utf-8" };

/** The trail as one file: `?format=csv|jsonl` and the filters of the list. */
export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = endpoint(problem, {
  GET: withActor(problem, async (actor, request) => {
    const asked = queryOf(request);
    const unread = request.method === "HEAD";
    const outcome = await exportEvents(actor, asked, { unread, findPeople: peopleByName });
    if (outcome.kind !== "exported") return eventsRefused(outcome);
    const { format, stream } = outcome;
    const name = `audit-${databaseNow().toISOString().slice(0, 10)}.${format}`;
    return {
      status: 200,
      stream,
      headers: {
        "Content-Type": TYPES[format],
        "Content-Disposition": `attachment; filename="${name}"`,
      },
    };
  }),
});
