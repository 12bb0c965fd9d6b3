import type { Actor } from "@/lib/access/actor";
import { may } from "@/lib/access/policy";
import type { Refusal } from "@/lib/access/refusal";
import { type Prisma, query, type Tx } from "@/lib/platform/db";
import { isUserId } from "@/lib/users/schema";
import { type JobRow, type JobView, toJobView } from "./job-view";

/** The jobs that `actor` may see: one's own; all of them for whoever may do everything. */
export function jobScope(actor: Actor): Prisma.JobWhereInput {
  return may(actor, "manage", "all") ? {} : { creatorId: actor.userId };
}

type GetJobOutcome = { kind: "found"; job: JobView } | Refusal<"forbidden" | "notFound">;

/** One job with its progress. @throws {DatabaseUnavailable} */
export async function getJob(actor: Actor, id: string): Promise<GetJobOutcome> {
  return query(async (db) => {
    const found = await findJob(db, actor, id);
    return found.kind === "found" ? { kind: "found", job: toJobView(found.row) } : found;
  });
}

/** The row of a job that `actor` may see. A job shows users, so whoever may not read any sees none. */
export async function findJob(
  tx: Tx,
  actor: Actor,
  id: string,
): Promise<{ kind: "found"; row: JobRow } | { kind: "forbidden" } | { kind: "notFound" }> {
  if (!may(actor, "read", "User")) return { kind: "forbidden" };
  if (!isUserId(id)) return { kind: "notFound" };
  const row = await tx.job.findFirst({ where: { AND: [{ id }, jobScope(actor)] } });
  return row === null ? { kind: "notFound" } : { kind: "found", row };
}
