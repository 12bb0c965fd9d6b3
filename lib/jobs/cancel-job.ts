import type { Actor } from "@/lib/access/actor";
import { may } from "@/lib/access/policy";
import { BULK_ACTIONS } from "@/lib/bulk/bulk-targets";
import { transaction } from "@/lib/platform/db";
import { lockRows } from "@/lib/platform/lock-rows";
import { endJob } from "./end-job";
import { findJob } from "./find-job";
import { type JobView, toJobView } from "./job-view";

type CancelJobOutcome =
  /** As it stands: cancelled, or at an end that came before. */
  { kind: "over"; job: JobView } | { kind: "forbidden" } | { kind: "notFound" };

/**
 * Ends a job after the chunk it is at. What is done stays done and is listed; the rest stays as it was. Needs the
 * right that starting it needed: a token that was made for reading must not end what its owner began.
 *
 * @throws {DatabaseUnavailable}
 */
export async function cancelJob(actor: Actor, id: string): Promise<CancelJobOutcome> {
  return transaction(async (tx): Promise<CancelJobOutcome> => {
    const found = await findJob(tx, actor, id);
    if (found.kind !== "found") return found;
    const { kind } = toJobView(found.row);
    const needed = kind === "import" ? "create" : BULK_ACTIONS[kind].needs;
    if (!may(actor, needed, "User")) return { kind: "forbidden" };
    // Waits for the chunk that is being worked, and keeps the next from beginning.
    await lockRows(tx, "jobs", [id]);
    const row = await tx.job.findUniqueOrThrow({ where: { id } });
    if (row.state !== "DRAFT" && row.state !== "RUNNING") {
      return { kind: "over", job: toJobView(row) };
    }
    return { kind: "over", job: toJobView(await endJob(tx, actor, id, "CANCELLED")) };
  });
}
