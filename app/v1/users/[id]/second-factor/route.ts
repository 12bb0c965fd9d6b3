import { userRefused } from "@/app/v1/replies/user-replies";
import { removeSecondFactor } from "@/lib/factors/remove-second-factor";
import { endpoint } from "@/lib/platform/http/endpoint";
import { problem } from "@/lib/platform/http/problem";
import { withActor } from "@/lib/sessions/with-actor";

type Context = { params: Promise<{ id: string }> };

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = endpoint<Context>(problem, {
  DELETE: withActor(problem, async (actor, _request, { params }) => {
    const outcome = await removeSecondFactor(actor, (await params).id);
    return outcome.kind === "removed" ? { status: 204 } : userRefused(outcome);
  }),
});
