import { z } from "zod";
import type { Actor } from "@/lib/access/actor";
import { DatabaseInt } from "@/lib/platform/bounds";
import { type Prisma, query } from "@/lib/platform/db";
import { decodeCursor, encodeCursor, PageLimit } from "@/lib/platform/page";
import { findJob } from "./find-job";
import { itemColumns, type JobItemView, toJobItemView } from "./job-item-view";
import { type JobView, OUTCOMES, toJobView } from "./job-view";

export const JobItemQuery = z.object({
  limit: PageLimit,
  cursor: z.string().max(200).optional(),
  outcome: z.enum(OUTCOMES).optional(),
});
export type JobItemFilter = Pick<z.output<typeof JobItemQuery>, "outcome">;

export type ListJobItemsOutcome =
  | { kind: "listed"; items: JobItemView[]; nextCursor: string | null }
  | { kind: "forbidden" }
  | { kind: "notFound" }
  | { kind: "invalid"; field: string };

const Cursor = z.object({ position: DatabaseInt });

function itemWhere(
  jobId: string,
  { outcome }: JobItemFilter,
  after: number,
): Prisma.JobItemWhereInput {
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
  const parsed = JobItemQuery.safeParse(input);
  if (!parsed.success) {
    return { kind: "invalid", field: String(parsed.error.issues[0]?.path[0] ?? "query") };
  }
  const { limit, cursor } = parsed.data;
  const after = cursor === undefined ? { position: 0 } : decodeCursor(Cursor, cursor);
  if (after === null) return { kind: "invalid", field: "cursor" };
  return query(async (db): Promise<ListJobItemsOutcome> => {
    const found = await findJob(db, actor, id);
    if (found.kind !== "found") return found;
    const rows = await db.jobItem.findMany({
      where: itemWhere(id, parsed.data, after.position),
      select: itemColumns,
      orderBy: { position: "asc" },
      take: limit + 1,
    });
    const items = rows.slice(0, limit).map(toJobItemView);
    const last = items.at(-1);
    const more = rows.length > limit && last !== undefined;
    return {
      kind: "listed",
      items,
      nextCursor: more ? encodeCursor({ position: last.position }) : null,
    };
  });
}

export type AllJobItemsOutcome =
  | { kind: "found"; job: JobView; pieces: AsyncGenerator<JobItemView[]> }
  | { kind: "forbidden" }
  | { kind: "notFound" };

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
  for (let last = 0; ; ) {
    const rows = await query((db) =>
      db.jobItem.findMany({
        where: itemWhere(jobId, filter, last),
        select: itemColumns,
        orderBy: { position: "asc" },
        take: PIECE,
      }),
    );
    if (rows.length > 0) yield rows.map(toJobItemView);
    last = rows.at(-1)?.position ?? last;
    if (rows.length < PIECE) return;
  }
}
