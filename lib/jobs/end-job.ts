import { type AuditActor, record } from "@/lib/audit/record";
import { databaseNow } from "@/lib/platform/database-now";
import type { Tx } from "@/lib/platform/db";
import type { JobRow, JobView } from "./job-view";

/** Writes how a job ended, and records it. The caller holds the row's lock. */
export async function endJob(
  tx: Tx,
  actor: AuditActor,
  id: string,
  state: "DONE" | "CANCELLED" | "STOPPED",
  stoppedBecause: JobView["stoppedBecause"] = null,
): Promise<JobRow> {
  const row = await tx.job.update({
    where: { id },
    data: { state, stoppedBecause, finishedAt: databaseNow() },
  });
  await record(tx, actor, {
    action: "job.finished",
    target: { type: "job", id, label: row.kind },
    details: {
      state: row.state.toLowerCase(),
      ...(stoppedBecause !== null && { because: stoppedBecause }),
      changed: row.changed,
      unchanged: row.unchanged,
      rejected: row.rejected,
    },
  });
  return row;
}
