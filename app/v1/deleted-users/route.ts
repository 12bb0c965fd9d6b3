import { endpoint } from "@/lib/platform/endpoint";
import { pageReply, queryOf } from "@/lib/platform/page";
import { problem } from "@/lib/platform/problem";
import { withActor } from "@/lib/sessions/with-actor";
import { listDeletedUsers } from "@/lib/users/list-deleted-users";
import { refused } from "@/lib/users/user-replies";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = endpoint(problem, {
  GET: withActor(problem, async (actor, request) => {
    const query = queryOf(request);
    const outcome = await listDeletedUsers(actor, query);
    if (outcome.kind !== "listed") return refused(outcome);
    return pageReply(request, outcome.users, outcome.nextCursor);
  }),
});
