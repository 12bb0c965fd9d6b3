import { tokenRefused } from "@/app/v1/replies/token-replies";
import { endpoint } from "@/lib/platform/http/endpoint";
import { problem } from "@/lib/platform/http/problem";
import { withActor } from "@/lib/sessions/with-actor";
import { revokeToken } from "@/lib/tokens/revoke-token";

type Context = { params: Promise<{ id: string }> };

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = endpoint<Context>(problem, {
  DELETE: withActor(problem, async (actor, _request, { params }) => {
    const { id } = await params;
    const outcome = await revokeToken(actor, /^[1-9]\d{0,9}$/.test(id) ? Number(id) : 0);
    return outcome.kind === "revoked" ? { status: 204 } : tokenRefused(outcome);
  }),
});
