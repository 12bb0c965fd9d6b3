import type { Actor } from "@/lib/access/actor";
import type { Refusal } from "@/lib/access/refusal";
import { record } from "@/lib/audit/record";
import { transaction } from "@/lib/platform/db";
import { reachUser } from "@/lib/users/reach-user";
import { revokeLinks } from "./user-link";

type RevokeInvitationOutcome =
  | { kind: "revoked" }
  | Refusal<"forbidden" | "unconfirmed" | "notFound">
  | { kind: "notInvited" };

/**
 * Takes back the link of somebody who has not joined yet. The user stays, invited, and can be sent a new one or be
 * deleted. Doing it twice is fine.
 *
 * @throws {DatabaseUnavailable}
 */
export async function revokeInvitation(
  actor: Actor,
  userId: string,
): Promise<RevokeInvitationOutcome> {
  return transaction(async (tx): Promise<RevokeInvitationOutcome> => {
    const reached = await reachUser(tx, actor, "create", userId);
    if (reached.kind !== "reached") return reached;
    const { id, email, status } = reached.row;
    if (status !== "INVITED") return { kind: "notInvited" };
    if (await revokeLinks(tx, [id], "invitation")) {
      await record(tx, actor, {
        action: "user.invitationRevoked",
        target: { type: "user", id, label: email },
      });
    }
    return { kind: "revoked" };
  });
}
