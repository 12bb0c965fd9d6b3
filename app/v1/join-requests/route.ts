import { userRefused } from "@/app/v1/replies/user-replies";
import { listJoinRequests } from "@/lib/links/list-join-requests";
import { endpoint } from "@/lib/platform/http/endpoint";
import { problem } from "@/lib/platform/http/problem";
import { pageReply, queryOf } from "@/lib/platform/page";
import { withActor } from "@/lib/sessions/with-actor";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = endpoint(problem, {
  GET: withActor(problem, async (actor, request) => {
    const outcome = await listJoinRequests(actor, queryOf(request));
    if (outcome.kind !== "listed") return userRefused(outcome);
    return pageReply(request, outcome.joinRequests, outcome.nextCursor);
  }),
});
