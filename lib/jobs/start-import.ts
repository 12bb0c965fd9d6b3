import type { Actor } from "@/lib/access/actor";
import { may } from "@/lib/access/policy";
import { mustConfirm, mustConfirmFor } from "@/lib/access/recently-confirmed";
import type { Refusal } from "@/lib/access/refusal";
import type { Policy } from "@/lib/access/schema";
import { record } from "@/lib/audit/record";
import { databaseNow } from "@/lib/platform/database-now";
import { type Tx, transaction } from "@/lib/platform/db";
import { readPolicies } from "@/lib/roles/read-policies";
import { findJob } from "./find-job";
import { jobBell } from "./job-bell";
import { type JobOptions, type JobView, toJobView } from "./job-view";
import { startedBy } from "./store-job";

type StartImportOutcome =
  /** Now, or by an earlier call: starting twice is starting once. */
  | { kind: "started"; job: JobView }
  | Refusal<"forbidden" | "unconfirmed" | "notFound">
  /** It was cancelled. */
  | { kind: "over" };

/** Lets an import that was drafted begin. Only who drafted it may. @throws {DatabaseUnavailable} */
export async function startImport(actor: Actor, id: string): Promise<StartImportOutcome> {
  if (!may(actor, "create", "User")) return { kind: "forbidden" };
  const outcome = await transaction(async (tx): Promise<StartImportOutcome> => {
    const found = await findJob(tx, actor, id);
    if (found.kind !== "found") return found;
    if (found.row.creatorId !== actor.userId) return { kind: "forbidden" };
    if (mustConfirm(actor) && mustConfirmFor(actor, ...(await rolesOf(tx, id)))) {
      return { kind: "unconfirmed" };
    }
    const now = databaseNow();
    const { count } = await tx.job.updateMany({
      where: { id, state: "DRAFT" },
      data: { ...startedBy(actor), state: "RUNNING", startedAt: now, touchedAt: now },
    });
    const row = await tx.job.findUniqueOrThrow({ where: { id } });
    if (row.state === "CANCELLED") return { kind: "over" };
    if (count > 0) {
      await record(tx, actor, {
        action: "job.started",
        target: { type: "job", id, label: row.kind },
        details: {
          users: row.total - row.unchanged - row.rejected,
          ...shownInTrail(row.options as JobOptions),
        },
      });
    }
    return { kind: "started", job: toJobView(row) };
  });
  if (outcome.kind === "started") jobBell().ring();
  return outcome;
}

/** Of how a file was read, what somebody may ask about later. */
function shownInTrail({ file, ignored }: JobOptions): JobOptions {
  return { ...(file !== undefined && { file }), ...(ignored && { ignored }) };
}

/** The policies of the roles that an import would hand out. */
async function rolesOf(tx: Tx, id: string): Promise<(readonly Policy[] | null)[]> {
  const roles = await tx.$queryRaw<{ slug: string; policies: unknown }[]>`
    SELECT "slug", "policies" FROM "roles" WHERE "slug" IN (
      SELECT "data"->>'role' FROM "job_items"
      WHERE "job_id" = ${id}::uuid AND "outcome" = 'pending'
    )`;
  return roles.map(readPolicies);
}
