import { sessionsReply } from "@/app/v1/replies/session-replies";
import { endpoint } from "@/lib/platform/http/endpoint";
import { problem } from "@/lib/platform/http/problem";
import { queryOf } from "@/lib/platform/page";
import { listSessions } from "@/lib/sessions/list-sessions";
import { withActor } from "@/lib/sessions/with-actor";

/** The caller's own sessions, or those of `?userId=`. */
export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = endpoint(problem, {
  GET: withActor(problem, async (actor, request) => {
    const { userId = actor.userId, ...page } = queryOf(request);
    // Given twice it is nobody's id, and so not found.
    return sessionsReply(request, await listSessions(actor, String(userId), page));
  }),
});
