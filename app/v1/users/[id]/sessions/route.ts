import { sessionsReply } from "@/app/v1/replies/session-replies";
import { userRefused } from "@/app/v1/replies/user-replies";
import { endpoint } from "@/lib/platform/http/endpoint";
import { problem } from "@/lib/platform/http/problem";
import { queryOf } from "@/lib/platform/page";
import { endSessionsOf } from "@/lib/sessions/end-sessions-of";
import { listSessions } from "@/lib/sessions/list-sessions";
import { withActor } from "@/lib/sessions/with-actor";

type Context = { params: Promise<{ id: string }> };

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = endpoint<Context>(problem, {
  GET: withActor(problem, async (actor, request, { params }) => {
    const asked = queryOf(request);
    return sessionsReply(request, await listSessions(actor, (await params).id, asked));
  }),
  DELETE: withActor(problem, async (actor, _request, { params }) => {
    const outcome = await endSessionsOf(actor, (await params).id);
    return outcome.kind === "ended" ? { status: 204 } : userRefused(outcome);
  }),
});
