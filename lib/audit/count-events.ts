import { z } from "zod";
import type { Actor } from "@/lib/access/actor";
import { may } from "@/lib/access/policy";
import type { Refusal } from "@/lib/access/refusal";
import { ask } from "@/lib/platform/ask";
import { Day } from "@/lib/platform/bounds";
import { databaseNow } from "@/lib/platform/database-now";
import { DAY_MS } from "@/lib/platform/days";
import { Prisma } from "@/lib/platform/db";
import { type InvalidQuery, readQuery } from "@/lib/platform/keyset-page";
import { ASKED_ACTIONS, CHANGES_OF_USERS } from "./schema";

/** So many days are told at least, and at most: a quarter, each a bar that can be met. */
const LEAST_DAYS = 30;
const MOST_DAYS = 92;

/** Of some action, or of all; of the days of a period, or the last thirty. */
export const CountQuery = z.object({
  action: z.enum(ASKED_ACTIONS).optional(),
  from: Day.optional(),
  to: Day.optional(),
});

/** How many events there were on a day in UTC. */
export const EventDay = z.object({ day: z.iso.date(), count: z.int().nonnegative() });
export type EventDay = z.output<typeof EventDay>;

type CountEventsOutcome =
  | { kind: "counted"; days: EventDay[] }
  | Refusal<"forbidden">
  | InvalidQuery;

/**
 * How many events there were on each day of a period, of its last 92 days or of the thirty that end with it. By what is
 * counted as it happens (decision 57): the trail itself is not read. A kind of change to users counts with all of them.
 *
 * @param input a CountQuery, as sent by a client
 * @throws {DatabaseUnavailable}
 */
export async function countEvents(actor: Actor, input: unknown): Promise<CountEventsOutcome> {
  if (!may(actor, "read", "AuditEvent")) return { kind: "forbidden" };
  const read = readQuery(CountQuery, input);
  if (read.kind === "invalid") return read;
  const { action, from, to } = read.asked;
  const last = Date.parse(to ?? dayOf(databaseNow().getTime()));
  const wanted = from === undefined ? 0 : (last - Date.parse(from)) / DAY_MS + 1;
  const length = Math.min(MOST_DAYS, Math.max(LEAST_DAYS, wanted));
  const days = Array.from({ length }, (_, n) => dayOf(last - (length - 1 - n) * DAY_MS));
  const what = action && action in CHANGES_OF_USERS ? "user.updated" : action;
  const counted = await ask(
    Prisma.sql`
      SELECT "day"::text AS "day", sum("count")::float8 AS "count" FROM "day_counts"
      WHERE "day" BETWEEN ${days[0]}::date AND ${days.at(-1)}::date
        AND ${what ? Prisma.sql`"what" = ${what}` : Prisma.sql`NOT starts_with("what", 'signIn.')`}
      GROUP BY "day"`,
    EventDay.parse,
  );
  const known = new Map(counted.map(({ day, count }) => [day, count]));
  return { kind: "counted", days: days.map((day) => ({ day, count: known.get(day) ?? 0 })) };
}

/** A day in UTC, as far as days can be written. */
const dayOf = (at: number) => new Date(Math.max(at, 0)).toISOString().slice(0, 10);
