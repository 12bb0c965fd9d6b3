import { z } from "zod";
import type { Actor } from "@/lib/access/actor";
import { may } from "@/lib/access/policy";
import { query } from "@/lib/platform/db";
import { type InvalidQuery, latestFirst, pageFields, readPage } from "@/lib/platform/keyset-page";
import { jobScope } from "./find-job";
import { JOB_STATES, type JobRow, type JobView, toJobView } from "./job-view";

export const JobQuery = z.object({
  ...pageFields(200),
  state: z.enum(JOB_STATES).optional(),
  /** Only one's own, for those who may see more. */
  mine: z.enum(["true", "false"]).default("false"),
});

type ListJobsOutcome =
  | { kind: "listed"; jobs: JobView[]; nextCursor: string | null }
  | { kind: "forbidden" }
  | InvalidQuery;

const order = latestFirst("createdAt");

/** The jobs that `actor` may see, newest first. @throws {DatabaseUnavailable} */
export async function listJobs(actor: Actor, input: unknown): Promise<ListJobsOutcome> {
  if (!may(actor, "read", "User")) return { kind: "forbidden" };
  const page = readPage(JobQuery, order.Position, input);
  if (page.kind === "invalid") return page;
  const { state, mine } = page.asked;
  const rows = await query((db) =>
    db.job.findMany({
      where: {
        AND: [
          jobScope(actor),
          mine === "true" ? { creatorId: actor.userId } : {},
          state ? { state: state.toUpperCase() as JobRow["state"] } : {},
          order.behind(page.after),
        ],
      },
      orderBy: order.orderBy,
      take: page.take,
    }),
  );
  const { shown, nextCursor } = page.cut(rows, order.positionOf);
  return { kind: "listed", jobs: shown.map(toJobView), nextCursor };
}
