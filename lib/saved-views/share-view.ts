import { z } from "zod";
import type { Actor } from "@/lib/access/actor";
import { isUnlimited, mayAll } from "@/lib/access/policy";
import type { Refusal } from "@/lib/access/refusal";
import { record } from "@/lib/audit/record";
import { transaction } from "@/lib/platform/db";
import { type InvalidQuery, readQuery } from "@/lib/platform/keyset-page";
import { lockRows } from "@/lib/platform/lock-rows";
import { isUserId } from "@/lib/users/schema";
import { type SavedView, toSavedView, viewColumns } from "./view-view";

type ShareViewOutcome =
  | { kind: "changed"; view: SavedView }
  | Refusal<"forbidden" | "notFound">
  | InvalidQuery;

export const ViewChanges = z.object({ shared: z.boolean() });

/**
 * Shares one of the actor's own views with everybody who may list users, or takes it back. For who may read every user:
 * a view says by its name and filter what there is to find.
 *
 * @param input ViewChanges, as sent by a client
 * @throws {DatabaseUnavailable}
 */
export async function shareView(
  actor: Actor,
  id: string,
  input: unknown,
): Promise<ShareViewOutcome> {
  if (!isUnlimited(actor) || !mayAll(actor, "read", "User")) return { kind: "forbidden" };
  const read = readQuery(ViewChanges, input, "body");
  if (read.kind === "invalid") return read;
  if (!isUserId(id)) return { kind: "notFound" };
  const { shared } = read.asked;
  return transaction(async (tx) => {
    await lockRows(tx, "saved_views", [id]);
    const row = await tx.savedView.findUnique({ where: { id }, select: viewColumns });
    if (row === null || row.user.id !== actor.userId) return { kind: "notFound" };
    if (row.shared === shared) return { kind: "changed", view: toSavedView(row) };
    await tx.savedView.update({ where: { id }, data: { shared }, select: { id: true } });
    await record(tx, actor, {
      action: shared ? "view.shared" : "view.unshared",
      target: { type: "view", id, label: row.name },
      details: { query: row.query },
    });
    return { kind: "changed", view: toSavedView({ ...row, shared }) };
  });
}
