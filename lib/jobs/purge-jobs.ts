import { tell } from "@/lib/platform/ask";
import { databaseNow } from "@/lib/platform/database-now";
import { daysAfter } from "@/lib/platform/days";
import { Prisma } from "@/lib/platform/db";

const KEPT_DAYS = 30;

/** Removes drafts of yesterday and jobs that ended a month ago, with their items. @throws {DatabaseUnavailable} */
export async function purgeJobs(now = databaseNow()): Promise<number> {
  return tell(Prisma.sql`
    DELETE FROM "jobs" WHERE ("state" = 'draft' AND "created_at" < ${daysAfter(now, -1)})
      OR "finished_at" < ${daysAfter(now, -KEPT_DAYS)}`);
}
