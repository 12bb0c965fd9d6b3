import type { Actor } from "@/lib/access/actor";
import { isUnlimited } from "@/lib/access/policy";
import { record } from "@/lib/audit/record";
import { databaseNow } from "@/lib/platform/database-now";
import { query, transaction } from "@/lib/platform/db";
import { userInReach } from "@/lib/users/reach-user";

type RevokeTokenOutcome =
  | { kind: "revoked" }
  | { kind: "forbidden" }
  /** There is none, it is revoked already, or it is somebody's out of the actor's reach. */
  | { kind: "notFound" };

/**
 * Revokes a token for good: one's own as the whole person, or that of a user one may update.
 *
 * @throws {DatabaseUnavailable}
 */
export async function revokeToken(actor: Actor, id: number): Promise<RevokeTokenOutcome> {
  if (!Number.isInteger(id) || id < 1 || id > 2_147_483_647) return { kind: "notFound" };
  const token = await query((db) =>
    db.apiToken.findUnique({
      where: { id },
      select: { name: true, userId: true, revokedAt: true, user: { select: { email: true } } },
    }),
  );
  if (token === null || token.revokedAt !== null) return { kind: "notFound" };
  if (token.userId === actor.userId) {
    if (!isUnlimited(actor)) return { kind: "forbidden" };
  } else {
    const reached = await query((db) => userInReach(db, actor, "endSessions", token.userId));
    // Not "forbidden": which tokens others have is nobody's business.
    if (reached.kind !== "reached") return { kind: "notFound" };
  }
  return transaction(async (tx): Promise<RevokeTokenOutcome> => {
    const { count } = await tx.apiToken.updateMany({
      where: { id, revokedAt: null },
      data: { revokedAt: databaseNow() },
    });
    if (count === 0) return { kind: "notFound" };
    await record(tx, actor, {
      action: "token.revoked",
      target: { type: "token", id: String(id), label: token.name },
      details: { owner: token.user.email },
    });
    return { kind: "revoked" };
  });
}
