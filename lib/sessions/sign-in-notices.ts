import type { Actor } from "@/lib/access/actor";
import { databaseNow } from "@/lib/platform/database-now";
import { daysAfter } from "@/lib/platform/days";
import { type Prisma, query } from "@/lib/platform/db";

/** What somebody should look at who was away: times in ISO 8601, UTC. */
export type SignInNotices = {
  /** Sign-ins from where the account had not been used before and that nobody has answered for; newest first. */
  unfamiliar: {
    sessionId: string;
    at: string;
    address: string | null;
    userAgent: string | null;
  }[];
  /** When signing in was last blocked after wrong passwords, since one last came in; null for never. */
  blockedAt: string | null;
};

/** How long an unfamiliar sign-in is asked about, and how long a block is told of. */
const ASKED_DAYS = 30;
const TOLD_DAYS = 7;
/** More than these at once are asked about one after the other. */
const AT_ONCE = 3;

/** The unfamiliar sign-ins that this session may answer for: those of the same person, and not itself. */
export function unanswered(actor: Actor, now = databaseNow()): Prisma.SessionWhereInput {
  return {
    userId: actor.userId,
    unfamiliar: true,
    recognizedAt: null,
    createdAt: { gt: daysAfter(now, -ASKED_DAYS) },
    ...(actor.via.kind === "session" && { id: { not: actor.via.id } }),
  };
}

/**
 * What there is to tell of sign-ins to one's own account. Only in a session: a program does not look.
 *
 * @throws {DatabaseUnavailable}
 */
export async function signInNotices(actor: Actor): Promise<SignInNotices> {
  if (actor.via.kind !== "session") return { unfamiliar: [], blockedAt: null };
  const { userId } = actor;
  const told = { gt: daysAfter(databaseNow(), -TOLD_DAYS) };
  const newest = {
    orderBy: [{ at: "desc" }, { id: "desc" }] satisfies Prisma.AuditEventOrderByWithRelationInput[],
    select: { at: true },
  };
  const [sessions, signIns, block] = await query((db) =>
    Promise.all([
      db.session.findMany({
        where: unanswered(actor),
        select: { id: true, createdAt: true, address: true, userAgent: true },
        orderBy: { createdAt: "desc" },
      }),
      db.auditEvent.findMany({
        where: { action: "session.started", actorId: userId, at: told },
        ...newest,
        take: 2,
      }),
      db.auditEvent.findFirst({
        where: { action: "session.blocked", targetId: userId, at: told },
        ...newest,
      }),
    ]),
  );
  const disowned = await disownedOf(sessions.map(({ id }) => id));
  const before = signIns[1]?.at;
  return {
    unfamiliar: sessions
      .filter(({ id }) => !disowned.has(id))
      .slice(0, AT_ONCE)
      .map(({ id, createdAt, address, userAgent }) => ({
        sessionId: id,
        at: createdAt.toISOString(),
        address,
        userAgent,
      })),
    blockedAt: block && (!before || block.at > before) ? block.at.toISOString() : null,
  };
}

/** Those of these sessions that their owner has answered for: that was not me. The trail remembers it. */
async function disownedOf(sessionIds: string[]): Promise<Set<string | null>> {
  if (sessionIds.length === 0) return new Set();
  const events = await query((db) =>
    db.auditEvent.findMany({
      where: { action: "session.disowned", targetId: { in: sessionIds } },
      select: { targetId: true },
    }),
  );
  return new Set(events.map(({ targetId }) => targetId));
}
