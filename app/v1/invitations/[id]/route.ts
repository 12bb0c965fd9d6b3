import { endpoint } from "@/lib/platform/endpoint";
import { problem } from "@/lib/platform/problem";
import { withActor } from "@/lib/sessions/with-actor";
import { linkRefused } from "@/lib/users/link-replies";
import { revokeInvitation } from "@/lib/users/revoke-invitation";

type Context = { params: Promise<{ id: string }> };

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = endpoint<Context>(problem, {
  DELETE: withActor(problem, async (actor, _request, { params }) => {
    const outcome = await revokeInvitation(actor, (await params).id);
    return outcome.kind === "revoked" ? { status: 204 } : linkRefused(outcome);
  }),
});
