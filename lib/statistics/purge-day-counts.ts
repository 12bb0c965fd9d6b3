import { tell } from "@/lib/platform/ask";
import { databaseNow } from "@/lib/platform/database-now";
import { daysAfter } from "@/lib/platform/days";
import { Prisma } from "@/lib/platform/db";

/** A year and a month, so that a month can be put beside the same one of last year. */
const KEPT_DAYS = 400;

/** Removes what was counted more than 400 days ago. @throws {DatabaseUnavailable} */
export async function purgeDayCounts(now = databaseNow()): Promise<number> {
  return tell(Prisma.sql`
    DELETE FROM "day_counts"
    WHERE "day" < (${daysAfter(now, -KEPT_DAYS)}::timestamptz AT TIME ZONE 'UTC')::date`);
}
