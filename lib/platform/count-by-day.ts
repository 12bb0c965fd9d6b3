import { tell } from "./ask";
import { databaseNow } from "./database-now";
import { isDatabaseFault, Prisma } from "./db";
import { log } from "./log";
import { processWide } from "./process-wide";

/** From something that is counted to its being written; what comes in between is written with it. */
const GATHER_MS = 10_000;

type Count = { day: string; what: string; count: number };
type Tally = { counts: Map<string, Count>; due: NodeJS.Timeout | null };
const tally = () => processWide<Tally>("day-counts", () => ({ counts: new Map(), due: null }));

/**
 * Counts that something happened today, in UTC, where that is no event of the audit trail: anybody may make it happen
 * as often as they like, so it must cost no statement. Written ten seconds later by one for all, and when the process
 * ends; one that is killed forgets as much.
 *
 * @param what of at most 64 characters, and of a handful
 */
export function countByDay(what: string): void {
  add({ day: databaseNow().toISOString().slice(0, 10), what, count: 1 });
}

function add({ day, what, count }: Count): void {
  const { counts, due } = tally();
  const key = `${day} ${what}`;
  counts.set(key, { day, what, count: (counts.get(key)?.count ?? 0) + count });
  if (due === null) tally().due = setTimeout(settleDayCounts, GATHER_MS).unref();
}

/** Writes what was counted. A database that does not take it is tried again. */
export async function settleDayCounts(): Promise<void> {
  const { counts, due } = tally();
  if (due !== null) clearTimeout(due);
  Object.assign(tally(), { counts: new Map(), due: null });
  const told = [...counts.values()];
  if (told.length === 0) return;
  try {
    await tell(Prisma.sql`
      INSERT INTO "day_counts" AS "known" ("day", "what", "count")
      SELECT * FROM unnest(
        ${told.map(({ day }) => day)}::date[],
        ${told.map(({ what }) => what)}::text[],
        ${told.map(({ count }) => count)}::bigint[]) AS "told" ("day", "what", "count")
      ORDER BY "day", "what" -- so that two processes never wait for each other
      ON CONFLICT ("day", "what") DO UPDATE SET "count" = "known"."count" + EXCLUDED."count"`);
  } catch (error) {
    told.forEach(add);
    if (!isDatabaseFault(error)) log().error({ err: error }, "day counts were not written");
  }
}
