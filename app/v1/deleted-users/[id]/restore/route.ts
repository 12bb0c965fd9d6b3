import { userRefused, userReply } from "@/app/v1/replies/user-replies";
import { endpoint } from "@/lib/platform/http/endpoint";
import { problem } from "@/lib/platform/http/problem";
import { withActor } from "@/lib/sessions/with-actor";
import { restoreUser } from "@/lib/users/restore-user";

type Context = { params: Promise<{ id: string }> };

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = endpoint<Context>(problem, {
  POST: withActor(problem, async (actor, _request, { params }) => {
    const outcome = await restoreUser(actor, (await params).id);
    return outcome.kind === "restored"
      ? userReply(200, outcome.user, outcome.etag)
      : userRefused(outcome);
  }),
});
