import type { Actor } from "@/lib/access/actor";
import { record } from "@/lib/audit/record";
import { query, transaction } from "@/lib/platform/db";
import { isUserId } from "@/lib/users/schema";
import { endSession } from "./end-session";
import { mayHandleSessionsOf } from "./list-sessions";

export type EndSessionsOutcome =
  | { kind: "ended"; count: number }
  | { kind: "forbidden" }
  | { kind: "notFound" };

/**
 * Signs a user out everywhere, or everywhere else: the session that asks is spared when `exceptCurrent`.
 *
 * @throws {DatabaseUnavailable}
 */
export async function endSessionsOf(
  actor: Actor,
  userId: string,
  { exceptCurrent = false }: { exceptCurrent?: boolean } = {},
): Promise<EndSessionsOutcome> {
  const allowed = await mayHandleSessionsOf(actor, userId);
  if (allowed !== "allowed") return { kind: allowed };
  const spared = exceptCurrent && actor.via.kind === "session" ? actor.via.id : null;
  const count = await transaction(async (tx) => {
    const ended = await tx.session.updateMany({
      where: { userId, endedAt: null, ...(spared !== null && { id: { not: spared } }) },
      data: { endedAt: new Date() },
    });
    const user = await tx.user.findUnique({ where: { id: userId }, select: { email: true } });
    if (ended.count > 0) {
      await record(tx, actor, {
        action: "session.ended",
        target: { type: "user", id: userId, label: user?.email ?? userId },
        details: { sessions: ended.count },
      });
    }
    return ended.count;
  });
  return { kind: "ended", count };
}

/** Ends one session by its id, if `actor` may. @throws {DatabaseUnavailable} */
export async function endSessionById(actor: Actor, sessionId: string): Promise<EndSessionsOutcome> {
  if (!isUserId(sessionId)) return { kind: "notFound" };
  const session = await query((db) =>
    db.session.findUnique({ where: { id: sessionId }, select: { userId: true, endedAt: true } }),
  );
  if (session === null || session.endedAt !== null) return { kind: "notFound" };
  const allowed = await mayHandleSessionsOf(actor, session.userId);
  // Not "forbidden": whether a session of somebody else exists is nobody's business.
  if (allowed !== "allowed") return { kind: "notFound" };
  await endSession(actor, sessionId);
  return { kind: "ended", count: 1 };
}
