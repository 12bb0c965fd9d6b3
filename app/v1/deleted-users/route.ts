import { userRefused } from "@/app/v1/replies/user-replies";
import { endpoint } from "@/lib/platform/http/endpoint";
import { problem } from "@/lib/platform/http/problem";
import { pageReply, queryOf } from "@/lib/platform/page";
import { withActor } from "@/lib/sessions/with-actor";
import { listDeletedUsers } from "@/lib/users/list/list-deleted-users";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = endpoint(problem, {
  GET: withActor(problem, async (actor, request) => {
    const query = queryOf(request);
    const outcome = await listDeletedUsers(actor, query);
    if (outcome.kind !== "listed") return userRefused(outcome);
    return pageReply(request, outcome.users, outcome.nextCursor);
  }),
});
