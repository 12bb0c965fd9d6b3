import { z } from "zod";
import type { Actor } from "@/lib/access/actor";
import { may } from "@/lib/access/policy";
import { Instant } from "@/lib/platform/bounds";
import { query } from "@/lib/platform/db";
import { decodeCursor, encodeCursor, PageLimit } from "@/lib/platform/page";
import { jobScope } from "./find-job";
import { JOB_STATES, type JobRow, type JobView, toJobView } from "./job-view";

export const JobQuery = z.object({
  limit: PageLimit,
  cursor: z.string().max(200).optional(),
  state: z.enum(JOB_STATES).optional(),
  /** Only one's own, for those who may see more. */
  mine: z.enum(["true", "false"]).default("false"),
});

export type ListJobsOutcome =
  | { kind: "listed"; jobs: JobView[]; nextCursor: string | null }
  | { kind: "forbidden" }
  | { kind: "invalid"; field: string };

const Cursor = z.object({ at: Instant, id: z.guid() });

/** The jobs that `actor` may see, newest first. @throws {DatabaseUnavailable} */
export async function listJobs(actor: Actor, input: unknown): Promise<ListJobsOutcome> {
  if (!may(actor, "read", "User")) return { kind: "forbidden" };
  const parsed = JobQuery.safeParse(input);
  if (!parsed.success) {
    return { kind: "invalid", field: String(parsed.error.issues[0]?.path[0] ?? "query") };
  }
  const { limit, cursor, state, mine } = parsed.data;
  const after = cursor === undefined ? undefined : decodeCursor(Cursor, cursor);
  if (after === null) return { kind: "invalid", field: "cursor" };
  const rows = await query((db) =>
    db.job.findMany({
      where: {
        AND: [
          jobScope(actor),
          mine === "true" ? { creatorId: actor.userId } : {},
          state ? { state: state.toUpperCase() as JobRow["state"] } : {},
          after
            ? {
                OR: [
                  { createdAt: { lt: after.at } },
                  { createdAt: after.at, id: { lt: after.id } },
                ],
              }
            : {},
        ],
      },
      orderBy: [{ createdAt: "desc" }, { id: "desc" }],
      take: limit + 1,
    }),
  );
  const jobs = rows.slice(0, limit).map(toJobView);
  const last = jobs.at(-1);
  const more = rows.length > limit && last !== undefined;
  return {
    kind: "listed",
    jobs,
    nextCursor: more ? encodeCursor({ at: last.createdAt, id: last.id }) : null,
  };
}
