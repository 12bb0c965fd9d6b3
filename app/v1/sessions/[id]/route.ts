import { endpoint } from "@/lib/platform/endpoint";
import { problem } from "@/lib/platform/problem";
import { endSessionById } from "@/lib/sessions/end-sessions-of";
import { withActor } from "@/lib/sessions/with-actor";

type Context = { params: Promise<{ id: string }> };

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = endpoint<Context>(problem, {
  DELETE: withActor(problem, async (actor, _request, { params }) => {
    const outcome = await endSessionById(actor, (await params).id);
    return outcome.kind === "ended"
      ? { status: 204 }
      : problem(404, "NOT_FOUND", "There is no such session.");
  }),
});
