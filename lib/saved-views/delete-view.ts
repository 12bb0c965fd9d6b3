import type { Actor } from "@/lib/access/actor";
import { isUnlimited, may, mayAll } from "@/lib/access/policy";
import type { Refusal } from "@/lib/access/refusal";
import { record } from "@/lib/audit/record";
import { transaction } from "@/lib/platform/db";
import { lockRows } from "@/lib/platform/lock-rows";
import { isUserId } from "@/lib/users/schema";

type DeleteViewOutcome = { kind: "deleted" } | Refusal<"forbidden" | "notFound">;

/**
 * Forgets one of the actor's own saved views; or one that somebody else shares, for who may do everything. The trail tells
 * of one that was shared.
 *
 * @throws {DatabaseUnavailable}
 */
export async function deleteView(actor: Actor, id: string): Promise<DeleteViewOutcome> {
  if (!isUnlimited(actor) || !may(actor, "read", "User")) return { kind: "forbidden" };
  if (!isUserId(id)) return { kind: "notFound" };
  return transaction(async (tx) => {
    await lockRows(tx, "saved_views", [id]);
    const row = await tx.savedView.findUnique({
      where: { id },
      select: { userId: true, name: true, query: true, shared: true },
    });
    const mayTake = row && (row.userId === actor.userId || (row.shared && mayTidy(actor)));
    if (!mayTake) return { kind: "notFound" };
    await tx.savedView.delete({ where: { id }, select: { id: true } });
    if (row.shared) {
      await record(tx, actor, {
        action: "view.unshared",
        target: { type: "view", id, label: row.name },
        details: { query: row.query },
      });
    }
    return { kind: "deleted" };
  });
}

/** Whether somebody may take away what others share. */
export const mayTidy = (actor: Pick<Actor, "role" | "limits">) => mayAll(actor, "manage", "all");
