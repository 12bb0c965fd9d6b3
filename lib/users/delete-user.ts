import type { Actor } from "@/lib/access/actor";
import { record } from "@/lib/audit/record";
import { promiseBroken, transaction } from "@/lib/platform/db";
import { archiveUsers } from "./archive-users";
import { reachUser } from "./reach-user";

export type DeleteUserOutcome =
  | { kind: "deleted" }
  | { kind: "forbidden" }
  /** The person has to prove first who they are (lib/access/recently-confirmed.ts). */
  | { kind: "unconfirmed" }
  | { kind: "notFound" }
  | { kind: "lastAdmin" };

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
      const { email, role } = reached.row;
      await archiveUsers(tx, actor, [id]);
      await record(tx, actor, {
        action: "user.deleted",
        target: { type: "user", id, label: email },
        details: { role: role.slug },
      });
      return { kind: "deleted" };
    });
  } catch (error) {
    if (promiseBroken(error) === "LAST_ADMIN") return { kind: "lastAdmin" };
    throw error;
  }
}
