import { refused } from "@/app/v1/replies/refused";
import { countSignIns } from "@/lib/audit/count-sign-ins";
import { endpoint } from "@/lib/platform/http/endpoint";
import { problem } from "@/lib/platform/http/problem";
import { withActor } from "@/lib/sessions/with-actor";

type Context = { params: Promise<{ id: string }> };

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = endpoint<Context>(problem, {
  GET: withActor(problem, async (actor, _request, { params }) => {
    const outcome = await countSignIns(actor, (await params).id);
    return outcome.kind === "counted"
      ? { status: 200, body: { data: outcome.days } }
      : refused("user", outcome);
  }),
});
