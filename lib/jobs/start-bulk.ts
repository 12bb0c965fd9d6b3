import type { Actor } from "@/lib/access/actor";
import { mustConfirm, mustConfirmFor } from "@/lib/access/recently-confirmed";
import type { Refusal } from "@/lib/access/refusal";
import { record } from "@/lib/audit/record";
import { BulkInput, type BulkSelection } from "@/lib/bulk/bulk-request";
import { type BulkTargets, bulkTargets } from "@/lib/bulk/bulk-targets";
import {
  type BulkPreview,
  previewChange,
  selectionWhere,
  selectUsers,
} from "@/lib/bulk/preview-change";
import { query, transaction } from "@/lib/platform/db";
import { type InvalidQuery, readQuery } from "@/lib/platform/keyset-page";
import { readPolicies } from "@/lib/roles/read-policies";
import { jobBell } from "./job-bell";
import { type JobOptions, type JobView, toJobView } from "./job-view";
import { storeJob } from "./store-job";

export type StartBulkOutcome =
  | { kind: "started"; job: JobView }
  | { kind: "previewed"; preview: BulkPreview }
  /** The selection is not what it was when it was previewed. */
  | { kind: "selectionChanged"; preview: BulkPreview }
  | Refusal<"forbidden" | "unconfirmed">
  | { kind: "roleUnknown" }
  | { kind: "tooMany"; max: number }
  | InvalidQuery;

/**
 * Previews a bulk action, or starts it: whom it means is fixed now, what may be done to each is decided when it
 * is done. Returns before the work does.
 *
 * @param input `{ action, reason?, role?, ids | filter, dryRun?, expected? }` as sent by a client
 * @throws {DatabaseUnavailable}
 */
export async function startBulk(actor: Actor, input: unknown): Promise<StartBulkOutcome> {
  const read = readQuery(BulkInput, input, "body");
  if (read.kind === "invalid") return read;
  const { dryRun, expected, ids = [], filter, ...request } = read.asked;
  const selection: BulkSelection = filter === undefined ? { ids } : { filter };

  const targets = await query((db) => bulkTargets(db, actor, request));
  if (targets.kind !== "targets") return targets;
  // Also of a preview: what is asked for first is not asked for in the middle of it.
  if (request.action !== "signOut" && (await mustConfirmBulk(actor, selection, targets))) {
    return { kind: "unconfirmed" };
  }
  if (dryRun) return previewChange(actor, targets, selection);
  const selected = await selectUsers(actor, selection, targets.seen);
  if (selected.kind !== "selected") return selected;
  if (expected !== undefined && selected.users.length !== expected) {
    const previewed = await previewChange(actor, targets, selection);
    return previewed.kind === "previewed" ? { ...previewed, kind: "selectionChanged" } : previewed;
  }

  const { action, ...details } = request;
  const options: JobOptions = {
    ...details,
    ...(filter && { filter }),
  };
  const items = selected.users.map(({ id, email }, index) => ({
    position: index + 1,
    userId: id,
    label: email,
    outcome: "pending" as const,
  }));
  const row = await transaction(async (tx) => {
    const stored = await storeJob(tx, actor, { kind: action, state: "RUNNING", options }, items);
    await record(tx, actor, {
      action: "job.started",
      target: { type: "job", id: stored.id, label: action },
      details: { users: items.length, ...options },
    });
    return stored;
  });
  jobBell().ring();
  return { kind: "started", job: toJobView(row) };
}

/** Whether it would give or take the role of an administrator, or the account of one. */
async function mustConfirmBulk(
  actor: Actor,
  selection: BulkSelection,
  { allowed, differs, role }: BulkTargets,
): Promise<boolean> {
  if (!mustConfirm(actor)) return false;
  const changing = { AND: [selectionWhere(selection), allowed, differs] };
  const touched = await query((db) =>
    db.role.findMany({
      where: { users: { some: changing } },
      select: { slug: true, policies: true },
    }),
  );
  return mustConfirmFor(actor, ...touched.map(readPolicies), role?.policies ?? []);
}
