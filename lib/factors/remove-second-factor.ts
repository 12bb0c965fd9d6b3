import type { Actor } from "@/lib/access/actor";
import { type AuditActor, record } from "@/lib/audit/record";
import { query, type Tx, transaction } from "@/lib/platform/db";
import { Email } from "@/lib/users/schema";
import { recentlyConfirmed } from "./recently-confirmed";

export type RemoveSecondFactorOutcome =
  | { kind: "removed" }
  | { kind: "noFactor" }
  | { kind: "unconfirmed" };

async function removeFactors(tx: Tx, by: AuditActor, user: { id: string; email: string }) {
  const { count } = await tx.totpFactor.deleteMany({ where: { userId: user.id } });
  await tx.recoveryCode.deleteMany({ where: { userId: user.id } });
  if (count === 0) return false;
  const target = { type: "user", id: user.id, label: user.email } as const;
  await record(tx, by, { action: "factor.removed", target, details: { factor: "totp" } });
  return true;
}

/** Goes back to the password alone, for oneself. @throws {DatabaseUnavailable} */
export async function removeSecondFactor(actor: Actor): Promise<RemoveSecondFactorOutcome> {
  if (!(await recentlyConfirmed(actor))) return { kind: "unconfirmed" };
  const user = { id: actor.userId, email: actor.email };
  const removed = await transaction((tx) => removeFactors(tx, actor, user));
  return { kind: removed ? "removed" : "noFactor" };
}

/**
 * Takes the second factor off an account whose owner has lost it, and ends its sessions. For the command line
 * only: whoever can run it owns the server.
 *
 * @throws {DatabaseUnavailable}
 */
export async function removeSecondFactorOf(
  email: string,
): Promise<{ kind: "removed" | "noFactor" | "notFound"; email: string }> {
  const canonical = Email.safeParse(email);
  const user = canonical.success
    ? await query((db) =>
        db.user.findUnique({
          where: { email: canonical.data },
          select: { id: true, email: true },
        }),
      )
    : null;
  if (user === null) return { kind: "notFound", email };
  const removed = await transaction(async (tx) => {
    await tx.session.updateMany({
      where: { userId: user.id, endedAt: null },
      data: { endedAt: new Date() },
    });
    return removeFactors(tx, { system: "operator" }, user);
  });
  return { kind: removed ? "removed" : "noFactor", email: user.email };
}
