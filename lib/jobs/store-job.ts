import type { Actor } from "@/lib/access/actor";
import { databaseNow } from "@/lib/platform/database-now";
import type { Prisma, Tx } from "@/lib/platform/db";
import { getRequestContext } from "@/lib/platform/request-context";
import type { ItemData } from "./job-item-view";
import type { JobOptions, JobRow, JobView, Outcome } from "./job-view";

export type NewItem = {
  position: number;
  userId?: string;
  label: string;
  outcome: Outcome;
  reason?: string;
  data?: ItemData;
};

/** So many items go into one statement. */
const PART = 5_000;

/** What a job keeps of the request that starts it: whose bounds hold, and from where it was asked for. */
export function startedBy(actor: Actor) {
  const request = getRequestContext();
  return {
    creatorId: actor.userId,
    creatorEmail: actor.email,
    tokenId: actor.via.kind === "apiToken" ? actor.via.id : null,
    address: request?.address ?? null,
    requestId: request?.id ?? null,
  };
}

/** Stores a job with all its items; those that are decided already are counted. */
export async function storeJob(
  tx: Tx,
  actor: Actor,
  job: { kind: JobView["kind"]; state: "DRAFT" | "RUNNING"; options: JobOptions },
  items: readonly NewItem[],
): Promise<JobRow> {
  const count = (outcome: Outcome) => items.filter((item) => item.outcome === outcome).length;
  const row = await tx.job.create({
    data: {
      ...startedBy(actor),
      kind: job.kind,
      state: job.state,
      options: job.options as Prisma.InputJsonObject,
      total: items.length,
      unchanged: count("unchanged"),
      rejected: count("rejected"),
      startedAt: job.state === "RUNNING" ? databaseNow() : null,
    },
  });
  for (let start = 0; start < items.length; start += PART) {
    const part = items.slice(start, start + PART);
    await tx.$executeRaw`
      INSERT INTO "job_items"
        ("job_id", "position", "user_id", "label", "outcome", "reason", "data")
      SELECT ${row.id}::uuid, * FROM unnest(
        ${part.map((item) => item.position)}::int[],
        ${part.map((item) => item.userId ?? null)}::uuid[],
        ${part.map((item) => item.label)}::text[],
        ${part.map((item) => item.outcome)}::job_outcome[],
        ${part.map((item) => item.reason ?? null)}::text[],
        ${part.map((item) => (item.data ? JSON.stringify(item.data) : null))}::jsonb[]
      )`;
  }
  return row;
}
