import { z } from "zod";
import type { Actor } from "@/lib/access/actor";
import { may } from "@/lib/access/policy";
import type { Refusal } from "@/lib/access/refusal";
import { ask } from "@/lib/platform/ask";
import { databaseNow } from "@/lib/platform/database-now";
import { daysAfter } from "@/lib/platform/days";
import { Prisma } from "@/lib/platform/db";
import { EventDay } from "./count-events";

const SHOWN_DAYS = 90;
/** So many of somebody's latest events are looked through, however much they do. */
const MOST_EVENTS = 5_000;

type CountSignInsOutcome =
  /** The last ninety days in UTC, the newest last. */
  { kind: "counted"; days: EventDay[] } | Refusal<"forbidden" | "notFound">;

/**
 * How often somebody has signed in on each of the last ninety days, by their latest 5,000 events: one range of one index.
 *
 * @throws {DatabaseUnavailable}
 */
export async function countSignIns(actor: Actor, userId: string): Promise<CountSignInsOutcome> {
  if (!may(actor, "read", "AuditEvent")) return { kind: "forbidden" };
  if (!z.guid().safeParse(userId).success) return { kind: "notFound" };
  const now = databaseNow();
  const days = Array.from({ length: SHOWN_DAYS }, (_, n) =>
    daysAfter(now, n + 1 - SHOWN_DAYS)
      .toISOString()
      .slice(0, 10),
  );
  const counted = await ask(
    Prisma.sql`
      SELECT ("at" AT TIME ZONE 'UTC')::date::text AS "day", count(*)::int AS "count"
      FROM (
        SELECT "at", "action" FROM "audit_events"
        WHERE "actor_id" = ${userId}::uuid AND "at" >= ${days[0]}::timestamptz
        ORDER BY "at" DESC, "id" DESC LIMIT ${MOST_EVENTS}) AS "latest"
      WHERE "action" = 'session.started' GROUP BY 1`,
    EventDay.parse,
  );
  const known = new Map(counted.map(({ day, count }) => [day, count]));
  return { kind: "counted", days: days.map((day) => ({ day, count: known.get(day) ?? 0 })) };
}
