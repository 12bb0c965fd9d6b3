import { eventsRefused } from "@/app/v1/replies/event-replies";
import { listEvents } from "@/lib/audit/list-events";
import { endpoint } from "@/lib/platform/http/endpoint";
import { problem } from "@/lib/platform/http/problem";
import { pageReply, queryOf } from "@/lib/platform/page";
import { withActor } from "@/lib/sessions/with-actor";
import { peopleByName } from "@/lib/users/list/people-by-name";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = endpoint(problem, {
  GET: withActor(problem, async (actor, request) => {
    const outcome = await listEvents(actor, queryOf(request), { findPeople: peopleByName });
    if (outcome.kind !== "listed") return eventsRefused(outcome);
    return pageReply(request, outcome.events, outcome.nextCursor);
  }),
});
