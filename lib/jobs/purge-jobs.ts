import { databaseNow } from "@/lib/platform/database-now";
import { daysAfter } from "@/lib/platform/days";
import { query } from "@/lib/platform/db";

const KEPT_DAYS = 30;

/** Removes drafts of yesterday and jobs that ended a month ago, with their items. @throws {DatabaseUnavailable} */
export async function purgeJobs(now = databaseNow()): Promise<number> {
  const { count } = await query((db) =>
    db.job.deleteMany({
      where: {
        OR: [
          { state: "DRAFT", createdAt: { lt: daysAfter(now, -1) } },
          { finishedAt: { lt: daysAfter(now, -KEPT_DAYS) } },
        ],
      },
    }),
  );
  return count;
}
