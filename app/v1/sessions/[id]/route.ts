import { endpoint } from "@/lib/platform/endpoint";
import { problem } from "@/lib/platform/problem";
import { endSessionById } from "@/lib/sessions/end-sessions-of";
import { withActor } from "@/lib/sessions/with-actor";
import { refused } from "@/lib/users/user-replies";

type Context = { params: Promise<{ id: string }> };

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = endpoint<Context>(problem, {
  DELETE: withActor(problem, async (actor, _request, { params }) => {
    const outcome = await endSessionById(actor, (await params).id);
    switch (outcome.kind) {
      case "ended":
        return { status: 204 };
      case "forbidden":
        return refused(outcome);
      case "notFound":
        return problem(404, "NOT_FOUND", "There is no such session.");
    }
  }),
});
