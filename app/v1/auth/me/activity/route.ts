import { eventsRefused } from "@/app/v1/replies/event-replies";
import { listOwnEvents } from "@/lib/audit/list-own-events";
import { endpoint } from "@/lib/platform/http/endpoint";
import { problem } from "@/lib/platform/http/problem";
import { pageReply, queryOf } from "@/lib/platform/page";
import { withActor } from "@/lib/sessions/with-actor";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = endpoint(problem, {
  GET: withActor(problem, async (actor, request) => {
    const outcome = await listOwnEvents(actor, queryOf(request));
    if (outcome.kind !== "listed") return eventsRefused(outcome);
    return pageReply(request, outcome.events, outcome.nextCursor);
  }),
});
