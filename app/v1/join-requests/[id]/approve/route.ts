import { refused } from "@/app/v1/replies/refused";
import { userReply } from "@/app/v1/replies/user-replies";
import { approveJoinRequest } from "@/lib/links/approve-join-request";
import { endpoint } from "@/lib/platform/http/endpoint";
import { problem } from "@/lib/platform/http/problem";
import { withActor } from "@/lib/sessions/with-actor";

type Context = { params: Promise<{ id: string }> };

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = endpoint<Context>(problem, {
  POST: withActor(problem, async (actor, _request, { params }) => {
    const outcome = await approveJoinRequest(actor, (await params).id);
    return outcome.kind === "approved"
      ? userReply(201, outcome.user, outcome.etag)
      : refused("request", outcome);
  }),
});
