import { userRefused } from "@/app/v1/replies/user-replies";
import { endpoint } from "@/lib/platform/http/endpoint";
import { problem } from "@/lib/platform/http/problem";
import { endSessionById } from "@/lib/sessions/end-sessions-of";
import { withActor } from "@/lib/sessions/with-actor";

type Context = { params: Promise<{ id: string }> };

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = endpoint<Context>(problem, {
  DELETE: withActor(problem, async (actor, _request, { params }) => {
    const outcome = await endSessionById(actor, (await params).id);
    switch (outcome.kind) {
      case "ended":
        return { status: 204 };
      case "forbidden":
        return userRefused(outcome);
      case "notFound":
        return problem("NOT_FOUND", "There is no such session.");
    }
  }),
});
