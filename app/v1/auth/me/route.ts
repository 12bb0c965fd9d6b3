import { endpoint } from "@/lib/platform/endpoint";
import { problem } from "@/lib/platform/problem";
import { withActor } from "@/lib/sessions/with-actor";
import { getUser } from "@/lib/users/get-user";
import { refused, userReply } from "@/lib/users/user-replies";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = endpoint(problem, {
  GET: withActor(problem, async (actor) => {
    const outcome = await getUser(actor, actor.userId);
    return outcome.kind === "found" ? userReply(200, outcome.user, outcome.etag) : refused(outcome);
  }),
});
