import type { Actor } from "@/lib/access/actor";
import { recentlyConfirmed } from "@/lib/access/recently-confirmed";
import { record } from "@/lib/audit/record";
import { transaction } from "@/lib/platform/db";
import { mintRecoveryCodes } from "./recovery-codes";
import { hasSecondFactor } from "./take-second-factor";

type RenewRecoveryCodesOutcome =
  | { kind: "renewed"; recoveryCodes: string[] }
  | { kind: "noFactor" }
  | { kind: "unconfirmed" };

/** Ten new recovery codes for oneself; the old ones are void. @throws {DatabaseUnavailable} */
export async function renewRecoveryCodes(actor: Actor): Promise<RenewRecoveryCodesOutcome> {
  if (!recentlyConfirmed(actor)) return { kind: "unconfirmed" };
  return transaction(async (tx): Promise<RenewRecoveryCodesOutcome> => {
    if (!(await hasSecondFactor(tx, actor.userId))) return { kind: "noFactor" };
    const recoveryCodes = await mintRecoveryCodes(tx, actor.userId);
    const target = { type: "user", id: actor.userId, label: actor.email } as const;
    await record(tx, actor, { action: "factor.recoveryCodesRenewed", target });
    return { kind: "renewed", recoveryCodes };
  });
}
