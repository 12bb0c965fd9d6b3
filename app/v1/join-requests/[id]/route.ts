import { refused } from "@/app/v1/replies/refused";
import { refuseJoinRequest } from "@/lib/links/refuse-join-request";
import { endpoint } from "@/lib/platform/http/endpoint";
import { problem } from "@/lib/platform/http/problem";
import { withActor } from "@/lib/sessions/with-actor";

type Context = { params: Promise<{ id: string }> };

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = endpoint<Context>(problem, {
  DELETE: withActor(problem, async (actor, _request, { params }) => {
    const outcome = await refuseJoinRequest(actor, (await params).id);
    return outcome.kind === "refused" ? { status: 204 } : refused("request", outcome);
  }),
});
