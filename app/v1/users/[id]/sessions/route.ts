import { endpoint } from "@/lib/platform/endpoint";
import { problem } from "@/lib/platform/problem";
import { endSessionsOf } from "@/lib/sessions/end-sessions-of";
import { listSessions } from "@/lib/sessions/list-sessions";
import { withActor } from "@/lib/sessions/with-actor";
import { forbidden, notFound } from "@/lib/users/user-replies";

type Context = { params: Promise<{ id: string }> };

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = endpoint<Context>(problem, {
  GET: withActor(problem, async (actor, _request, { params }) => {
    const outcome = await listSessions(actor, (await params).id);
    switch (outcome.kind) {
      case "listed":
        return { status: 200, body: { data: outcome.sessions } };
      case "forbidden":
        return forbidden();
      case "notFound":
        return notFound();
    }
  }),
  DELETE: withActor(problem, async (actor, _request, { params }) => {
    const outcome = await endSessionsOf(actor, (await params).id);
    switch (outcome.kind) {
      case "ended":
        return { status: 204 };
      case "forbidden":
        return forbidden();
      case "notFound":
        return notFound();
    }
  }),
});
