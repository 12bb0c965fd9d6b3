import type { Actor } from "@/lib/access/actor";
import { recentlyConfirmed } from "@/lib/access/recently-confirmed";
import type { Refusal } from "@/lib/access/refusal";
import { record } from "@/lib/audit/record";
import { type Tx, transaction } from "@/lib/platform/db";
import { hasSecondFactor } from "./take-second-factor";

type RemoveOwnFactorOutcome = { kind: "removed" } | Refusal<"notFound" | "unconfirmed">;

/** Takes the authenticator app off one's own account. @throws {DatabaseUnavailable} */
export function removeTotp(actor: Actor): Promise<RemoveOwnFactorOutcome> {
  return removeOwnFactor(actor, "totp", (tx) =>
    tx.totpFactor.deleteMany({ where: { userId: actor.userId } }),
  );
}

/** Removes one of one's own passkeys. @throws {DatabaseUnavailable} */
export function removePasskey(actor: Actor, id: string): Promise<RemoveOwnFactorOutcome> {
  return removeOwnFactor(actor, "passkey", (tx) =>
    tx.passkey.deleteMany({ where: { id, userId: actor.userId } }),
  );
}

/** With the last factor the recovery codes go too. */
async function removeOwnFactor(
  actor: Actor,
  factor: "totp" | "passkey",
  remove: (tx: Tx) => Promise<{ count: number }>,
): Promise<RemoveOwnFactorOutcome> {
  if (!recentlyConfirmed(actor)) return { kind: "unconfirmed" };
  const { userId, email } = actor;
  return transaction(async (tx): Promise<RemoveOwnFactorOutcome> => {
    const { count } = await remove(tx);
    if (count === 0) return { kind: "notFound" };
    if (!(await hasSecondFactor(tx, userId))) {
      await tx.recoveryCode.deleteMany({ where: { userId } });
    }
    const target = { type: "user", id: userId, label: email } as const;
    await record(tx, actor, { action: "factor.removed", target, details: { factor } });
    return { kind: "removed" };
  });
}
