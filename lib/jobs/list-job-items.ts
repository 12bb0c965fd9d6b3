import { z } from "zod";
import type { Actor } from "@/lib/access/actor";
import type { Refusal } from "@/lib/access/refusal";
import { DatabaseInt } from "@/lib/platform/bounds";
import { type Prisma, query } from "@/lib/platform/db";
import { type InvalidQuery, pageFields, pieces, readPage } from "@/lib/platform/keyset-page";
import { findJob } from "./find-job";
import { itemColumns, type JobItemView, toJobItemView } from "./job-item-view";
import { type JobView, OUTCOMES, toJobView } from "./job-view";

export const JobItemQuery = z.object({
  ...pageFields(200),
  outcome: z.enum(OUTCOMES).optional(),
});
type JobItemFilter = Pick<z.output<typeof JobItemQuery>, "outcome">;

type ListJobItemsOutcome =
  | { kind: "listed"; items: JobItemView[]; nextCursor: string | null }
  | Refusal<"forbidden" | "notFound">
  | InvalidQuery;

const Position = z.object({ position: DatabaseInt });

function itemWhere(jobId: string, { outcome }: JobItemFilter, after = 0): Prisma.JobItemWhereInput {
  return {
    jobId,
    position: { gt: after },
    ...(outcome && { outcome: outcome.toUpperCase() as Uppercase<typeof outcome> }),
  };
}

/** What came of each user of a job, in the order of work. @throws {DatabaseUnavailable} */
export async function listJobItems(
  actor: Actor,
  id: string,
  input: unknown,
): Promise<ListJobItemsOutcome> {
  const page = readPage(JobItemQuery, Position, input);
  if (page.kind === "invalid") return page;
  return query(async (db): Promise<ListJobItemsOutcome> => {
    const found = await findJob(db, actor, id);
    if (found.kind !== "found") return found;
    const rows = await db.jobItem.findMany({
      where: itemWhere(id, page.asked, page.after?.position),
      select: itemColumns,
      orderBy: { position: "asc" },
      take: page.take,
    });
    const { shown, nextCursor } = page.cut(rows, ({ position }) => ({ position }));
    return { kind: "listed", items: shown.map(toJobItemView), nextCursor };
  });
}

type AllJobItemsOutcome =
  | { kind: "found"; job: JobView; pieces: AsyncGenerator<JobItemView[]> }
  | Refusal<"forbidden" | "notFound">;

const PIECE = 1_000;

/** Every item of a job, a piece at a time as it is asked for. @throws {DatabaseUnavailable} at once, or from `pieces` */
export async function allJobItems(
  actor: Actor,
  id: string,
  filter: JobItemFilter,
): Promise<AllJobItemsOutcome> {
  const found = await query((db) => findJob(db, actor, id));
  if (found.kind !== "found") return found;
  return { kind: "found", job: toJobView(found.row), pieces: piecesOf(id, filter) };
}

async function* piecesOf(jobId: string, filter: JobItemFilter): AsyncGenerator<JobItemView[]> {
  const read = (last: { position: number } | undefined) =>
    query((db) =>
      db.jobItem.findMany({
        where: itemWhere(jobId, filter, last?.position),
        select: itemColumns,
        orderBy: { position: "asc" },
        take: PIECE,
      }),
    );
  for await (const rows of pieces(PIECE, read)) yield rows.map(toJobItemView);
}
