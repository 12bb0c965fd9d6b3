import type { Actor } from "@/lib/access/actor";
import { record } from "@/lib/audit/record";
import { databaseNow } from "@/lib/platform/database-now";
import { type Prisma, query, transaction } from "@/lib/platform/db";
import { isUserId } from "@/lib/users/schema";
import { endSession } from "./end-session";
import { mayHandleSessionsOf } from "./list-sessions";

type EndSessionsOutcome =
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
  const user = await query((db) =>
    db.user.findUnique({ where: { id: userId }, select: { id: true, email: true } }),
  );
  if (user === null) return { kind: "notFound" };
  const spared = exceptCurrent && actor.via.kind === "session" ? actor.via.id : null;
  return endWhere(actor, user, spared === null ? {} : { id: { not: spared } });
}

/** Ends one session by its id, if `actor` may. @throws {DatabaseUnavailable} */
export async function endSessionById(actor: Actor, sessionId: string): Promise<EndSessionsOutcome> {
  if (!isUserId(sessionId)) return { kind: "notFound" };
  const session = await query((db) =>
    db.session.findUnique({
      where: { id: sessionId },
      select: { userId: true, endedAt: true, user: { select: { email: true } } },
    }),
  );
  if (session === null || session.endedAt !== null) return { kind: "notFound" };
  const allowed = await mayHandleSessionsOf(actor, session.userId);
  if (session.userId === actor.userId) {
    if (allowed !== "allowed") return { kind: allowed };
    await endSession(actor, sessionId);
    return { kind: "ended", count: 1 };
  }
  // Not "forbidden": whether a session of somebody else exists is nobody's business.
  if (allowed !== "allowed") return { kind: "notFound" };
  return endWhere(actor, { id: session.userId, email: session.user.email }, { id: sessionId });
}

/** Ends living sessions of `user`; the trail keeps whose they were and how many. */
async function endWhere(
  actor: Actor,
  user: { id: string; email: string },
  which: Prisma.SessionWhereInput,
): Promise<EndSessionsOutcome> {
  const count = await transaction(async (tx) => {
    const ended = await tx.session.updateMany({
      where: { AND: [{ userId: user.id, endedAt: null }, which] },
      data: { endedAt: databaseNow() },
    });
    if (ended.count > 0) {
      await record(tx, actor, {
        action: "session.ended",
        target: { type: "user", id: user.id, label: user.email },
        details: { sessions: ended.count },
      });
    }
    return ended.count;
  });
  return { kind: "ended", count };
}
