import type { Actor } from "@/lib/access/actor";
import { may } from "@/lib/access/policy";
import { databaseNow } from "@/lib/platform/database-now";
import { query } from "@/lib/platform/db";
import { type JobView, toJobView } from "./job-view";

/** Long enough to be seen by whoever started one and comes back. */
const RECENT_MS = 60_000;

/** One's own jobs that run, or ended in the last minute; at most five, newest first. @throws {DatabaseUnavailable} */
export async function recentJobs(actor: Actor): Promise<JobView[]> {
  if (!may(actor, "read", "User")) return [];
  const rows = await query((db) =>
    db.job.findMany({
      where: {
        creatorId: actor.userId,
        OR: [
          { state: "RUNNING" },
          {
            startedAt: { not: null },
            finishedAt: { gt: new Date(databaseNow().getTime() - RECENT_MS) },
          },
        ],
      },
      orderBy: { createdAt: "desc" },
      take: 5,
    }),
  );
  return rows.map(toJobView);
}
