import { databaseNow } from "@/lib/platform/database-now";
import { query } from "@/lib/platform/db";

const DAY_MS = 24 * 60 * 60 * 1_000;
const KEPT_DAYS = 30;

/** Removes drafts of yesterday and jobs that ended a month ago, with their items. @throws {DatabaseUnavailable} */
export async function purgeJobs(now = databaseNow().getTime()): Promise<number> {
  const { count } = await query((db) =>
    db.job.deleteMany({
      where: {
        OR: [
          { state: "DRAFT", createdAt: { lt: new Date(now - DAY_MS) } },
          { finishedAt: { lt: new Date(now - KEPT_DAYS * DAY_MS) } },
        ],
      },
    }),
  );
  return count;
}
