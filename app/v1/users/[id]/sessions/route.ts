import { endpoint } from "@/lib/platform/endpoint";
import { queryOf } from "@/lib/platform/page";
import { problem } from "@/lib/platform/problem";
import { endSessionsOf } from "@/lib/sessions/end-sessions-of";
import { listSessions } from "@/lib/sessions/list-sessions";
import { sessionsReply } from "@/lib/sessions/session-replies";
import { withActor } from "@/lib/sessions/with-actor";
import { refused } from "@/lib/users/user-replies";

type Context = { params: Promise<{ id: string }> };

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = endpoint<Context>(problem, {
  GET: withActor(problem, async (actor, request, { params }) => {
    const asked = queryOf(request);
    return sessionsReply(request, await listSessions(actor, (await params).id, asked));
  }),
  DELETE: withActor(problem, async (actor, _request, { params }) => {
    const outcome = await endSessionsOf(actor, (await params).id);
    return outcome.kind === "ended" ? { status: 204 } : refused(outcome);
  }),
});
