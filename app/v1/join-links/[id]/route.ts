import { refused } from "@/app/v1/replies/refused";
import { revokeJoinLink } from "@/lib/links/revoke-join-link";
import { endpoint } from "@/lib/platform/http/endpoint";
import { problem } from "@/lib/platform/http/problem";
import { withActor } from "@/lib/sessions/with-actor";

type Context = { params: Promise<{ id: string }> };

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = endpoint<Context>(problem, {
  DELETE: withActor(problem, async (actor, _request, { params }) => {
    const outcome = await revokeJoinLink(actor, (await params).id);
    return outcome.kind === "revoked" ? { status: 204 } : refused("link", outcome);
  }),
});
