import type { Actor } from "@/lib/access/actor";
import { recentlyConfirmed } from "@/lib/access/recently-confirmed";
import { record } from "@/lib/audit/record";
import { databaseNow } from "@/lib/platform/database-now";
import { transaction } from "@/lib/platform/db";
import { guarded, type Limit } from "@/lib/platform/limits/rate-limit";
import { mintRecoveryCodes } from "./recovery-codes";
import { hasSecondFactor } from "./take-second-factor";
import { newTotpSecret, sealTotpSecret, takeTotpCode, totpUri, unsealTotpSecret } from "./totp";

export type StartTotpOutcome =
  /** `secret` in Base32 and as an `otpauth:` address, for the authenticator app. Not a factor yet. */
  | { kind: "started"; secret: string; uri: string }
  | { kind: "alreadyOn" }
  /** The person has to prove who they are first (recentlyConfirmed). */
  | { kind: "unconfirmed" };

/**
 * Begins to add an authenticator app to one's own account. Asked again before it is confirmed, the same secret
 * comes back, so that a reload does not make the app's entry worthless.
 *
 * @throws {DatabaseUnavailable}
 */
export async function startTotp(actor: Actor): Promise<StartTotpOutcome> {
  if (!recentlyConfirmed(actor)) return { kind: "unconfirmed" };
  const { userId, email } = actor;
  return transaction(async (tx): Promise<StartTotpOutcome> => {
    const known = await tx.totpFactor.findUnique({
      where: { userId },
      select: { secret: true, confirmedAt: true },
    });
    if (known !== null && known.confirmedAt !== null) return { kind: "alreadyOn" };
    const begun = known && unsealTotpSecret(userId, known.secret);
    if (begun !== null) return { kind: "started", secret: begun, uri: totpUri(begun, email) };
    const made = newTotpSecret(email);
    const secret = sealTotpSecret(userId, made.secret);
    await tx.totpFactor.upsert({
      where: { userId },
      create: { userId, secret },
      update: { secret },
      select: { userId: true },
    });
    return { kind: "started", ...made };
  });
}

export type ConfirmTotpOutcome =
  /** The codes are shown this once; null when there was a factor before, and codes with it. */
  | { kind: "on"; recoveryCodes: string[] | null }
  | { kind: "wrongCode" }
  | { kind: "notStarted" }
  | { kind: "unconfirmed" }
  | { kind: "rateLimited"; retryAfter: number };

const GUESSES: Limit = { name: "enrol-totp", points: 10, seconds: 300 };

/** Makes the app a factor, by a code that shows it works. @throws {DatabaseUnavailable} */
export async function confirmTotp(actor: Actor, code: string): Promise<ConfirmTotpOutcome> {
  if (!recentlyConfirmed(actor)) return { kind: "unconfirmed" };
  const guess = await guarded([[GUESSES, actor.userId]], () => confirmCode(actor, code), {
    isRight: ({ kind }) => kind === "on",
  });
  return guess.kind === "rateLimited" ? guess : guess.result;
}

async function confirmCode({ userId, email }: Actor, code: string): Promise<ConfirmTotpOutcome> {
  return transaction(async (tx): Promise<ConfirmTotpOutcome> => {
    const begun = await tx.totpFactor.findUnique({
      where: { userId },
      select: { confirmedAt: true },
    });
    if (begun === null || begun.confirmedAt !== null) return { kind: "notStarted" };
    const taken = await takeTotpCode(tx, userId, code.replace(/\s/g, ""), { confirmed: false });
    // Sealed with a secret that is gone: the enrolment has to begin again.
    if (taken === "sealed") return { kind: "notStarted" };
    if (taken === "wrong") return { kind: "wrongCode" };
    const first = !(await hasSecondFactor(tx, userId));
    await tx.totpFactor.update({
      where: { userId },
      data: { confirmedAt: databaseNow() },
      select: { userId: true },
    });
    const recoveryCodes = first ? await mintRecoveryCodes(tx, userId) : null;
    const target = { type: "user", id: userId, label: email } as const;
    await record(
      tx,
      { userId, email },
      { action: "factor.added", target, details: { factor: "totp" } },
    );
    return { kind: "on", recoveryCodes };
  });
}
