import { endpoint } from "@/lib/platform/endpoint";
import { problem } from "@/lib/platform/problem";
import { withActor } from "@/lib/sessions/with-actor";
import { linkRefused } from "@/lib/users/link-replies";
import { restoreUser } from "@/lib/users/restore-user";
import { userReply } from "@/lib/users/user-replies";

type Context = { params: Promise<{ id: string }> };

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = endpoint<Context>(problem, {
  POST: withActor(problem, async (actor, _request, { params }) => {
    const outcome = await restoreUser(actor, (await params).id);
    return outcome.kind === "restored"
      ? userReply(200, outcome.user, outcome.etag)
      : linkRefused(outcome);
  }),
});
