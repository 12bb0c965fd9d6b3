import type { Actor } from "@/lib/access/actor";
import type { Refusal } from "@/lib/access/refusal";
import { transaction } from "@/lib/platform/db";
import { lastAdminKept } from "./active-admin";
import { deleteUsers } from "./delete-users";
import { reachUser } from "./reach-user";

type DeleteUserOutcome =
  | { kind: "deleted" }
  | Refusal<"forbidden" | "unconfirmed" | "notFound" | "lastAdmin">;

/**
 * Removes a user with all sessions and tokens; restore-user.ts puts the user back within RESTORE_DAYS, and the audit
 * trail keeps who it was.
 *
 * @throws {DatabaseUnavailable}
 */
export async function deleteUser(actor: Actor, id: string): Promise<DeleteUserOutcome> {
  try {
    return await transaction(async (tx): Promise<DeleteUserOutcome> => {
      const reached = await reachUser(tx, actor, "delete", id);
      if (reached.kind !== "reached") return reached;
      await deleteUsers(tx, actor, [reached.row]);
      return { kind: "deleted" };
    });
  } catch (error) {
    if (lastAdminKept(error)) return { kind: "lastAdmin" };
    throw error;
  }
}
