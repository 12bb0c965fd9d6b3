import { databaseNow } from "@/lib/platform/database-now";
import { DAY_MS, daysAfter } from "@/lib/platform/days";
import { Prisma } from "@/lib/platform/db";
import { settings } from "@/lib/settings/settings";

/** Seconds after which a session ends whatever happens (absolute lifetime, OWASP Session Management). */
export function sessionSeconds(): number {
  return (settings().sessionDays * DAY_MS) / 1000;
}

/** The moment before which a session must not have been seen last, or it has ended for want of use. */
function idleSince(now: Date): Date {
  return daysAfter(now, -settings().sessionIdleDays);
}

/** Living sessions as a condition of a query. */
export function alive(now = databaseNow()) {
  return { endedAt: null, expiresAt: { gt: now }, lastSeenAt: { gt: idleSince(now) } };
}

/** The same about rows of "sessions" in SQL. */
export function aliveSql(now = databaseNow()): Prisma.Sql {
  return Prisma.sql`(
    "sessions"."ended_at" IS NULL AND "sessions"."expires_at" > ${now}::timestamptz AND "sessions"."last_seen_at" > ${idleSince(now)}::timestamptz
  )`;
}

/** Whether one session lives: not ended, not past its absolute lifetime, and in use. */
export function isAlive(
  session: { endedAt: Date | null; expiresAt: Date; lastSeenAt: Date },
  now = databaseNow(),
): boolean {
  const { endedAt, expiresAt, lastSeenAt } = session;
  return endedAt === null && expiresAt > now && lastSeenAt > idleSince(now);
}
