import type { Actor } from "@/lib/access/actor";
import { isUnlimited } from "@/lib/access/policy";
import { recentlyConfirmed } from "@/lib/access/recently-confirmed";
import type { Refusal } from "@/lib/access/refusal";
import { transaction } from "@/lib/platform/db";
import { lockRows } from "@/lib/platform/lock-rows";
import { lastAdminKept } from "./active-admin";
import { deleteUsers } from "./delete-users";

type DeleteOwnAccountOutcome =
  | { kind: "deleted" }
  /** `forbidden`: the caller acts by a bounded token, not as the whole person. */
  | Refusal<"forbidden" | "unconfirmed" | "lastAdmin">;

/**
 * Deletes one's own account, whatever one's role allows, with all its sessions and tokens. An administrator can restore
 * it for as long as any other that was deleted.
 *
 * @throws {DatabaseUnavailable}
 */
export async function deleteOwnAccount(actor: Actor): Promise<DeleteOwnAccountOutcome> {
  if (!isUnlimited(actor)) return { kind: "forbidden" };
  if (!recentlyConfirmed(actor)) return { kind: "unconfirmed" };
  const id = actor.userId;
  try {
    return await transaction(async (tx): Promise<DeleteOwnAccountOutcome> => {
      await lockRows(tx, "users", [id]);
      const role = { select: { slug: true } };
      const row = await tx.user.findUnique({ where: { id }, select: { id: true, role } });
      if (row === null) return { kind: "forbidden" }; // deleted since the request began
      await deleteUsers(tx, actor, [row]);
      return { kind: "deleted" };
    });
  } catch (error) {
    if (lastAdminKept(error)) return { kind: "lastAdmin" };
    throw error;
  }
}
