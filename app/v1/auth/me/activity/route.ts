import { refusedEvents } from "@/lib/audit/event-replies";
import { listOwnEvents } from "@/lib/audit/list-own-events";
import { endpoint } from "@/lib/platform/endpoint";
import { pageLinks, queryOf } from "@/lib/platform/page";
import { problem } from "@/lib/platform/problem";
import { withActor } from "@/lib/sessions/with-actor";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = endpoint(problem, {
  GET: withActor(problem, async (actor, request) => {
    const outcome = await listOwnEvents(actor, queryOf(request));
    if (outcome.kind !== "listed") return refusedEvents(outcome);
    const { events: data, nextCursor } = outcome;
    return { status: 200, body: { data, nextCursor }, headers: pageLinks(request, nextCursor) };
  }),
});
