import type { Actor } from "@/lib/access/actor";
import { record } from "@/lib/audit/record";
import { transaction } from "@/lib/platform/db";
import { recentlyConfirmed } from "./recently-confirmed";
import { hasSecondFactor } from "./take-second-factor";

export type RemovePasskeyOutcome =
  | { kind: "removed" }
  | { kind: "notFound" }
  | { kind: "unconfirmed" };

/** Removes one of one's own passkeys; with the last factor the recovery codes go too. @throws {DatabaseUnavailable} */
export async function removePasskey(actor: Actor, id: string): Promise<RemovePasskeyOutcome> {
  if (!(await recentlyConfirmed(actor))) return { kind: "unconfirmed" };
  const { userId, email } = actor;
  return transaction(async (tx): Promise<RemovePasskeyOutcome> => {
    const { count } = await tx.passkey.deleteMany({ where: { id, userId } });
    if (count === 0) return { kind: "notFound" };
    if (!(await hasSecondFactor(tx, userId)))
      await tx.recoveryCode.deleteMany({ where: { userId } });
    const target = { type: "user", id: userId, label: email } as const;
    await record(tx, actor, { action: "factor.removed", target, details: { factor: "passkey" } });
    return { kind: "removed" };
  });
}
