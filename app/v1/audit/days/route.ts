import { eventsRefused } from "@/app/v1/replies/event-replies";
import { countEvents } from "@/lib/audit/count-events";
import { endpoint } from "@/lib/platform/http/endpoint";
import { problem } from "@/lib/platform/http/problem";
import { queryOf } from "@/lib/platform/page";
import { withActor } from "@/lib/sessions/with-actor";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = endpoint(problem, {
  GET: withActor(problem, async (actor, request) => {
    const outcome = await countEvents(actor, queryOf(request));
    return outcome.kind === "counted"
      ? { status: 200, body: { data: outcome.days } }
      : eventsRefused(outcome);
  }),
});
