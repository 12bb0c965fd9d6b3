import { endpoint } from "@/lib/platform/endpoint";
import { queryOf } from "@/lib/platform/page";
import { problem } from "@/lib/platform/problem";
import { listSessions } from "@/lib/sessions/list-sessions";
import { sessionsReply } from "@/lib/sessions/session-replies";
import { withActor } from "@/lib/sessions/with-actor";

/** The caller's own sessions, or those of `?userId=`. */
export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = endpoint(problem, {
  GET: withActor(problem, async (actor, request) => {
    const { userId = actor.userId, ...page } = queryOf(request);
    // Given twice it is nobody's id, and so not found.
    return sessionsReply(request, await listSessions(actor, String(userId), page));
  }),
});
