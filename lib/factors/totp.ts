import { Secret, TOTP } from "otpauth";
import { databaseNow } from "@/lib/platform/database-now";
import type { Tx } from "@/lib/platform/db";
import { seal, unseal } from "@/lib/platform/secrets/seal";
import { settings } from "@/lib/settings/settings";

const PURPOSE = "authenticator app";
/** Seconds of one code, RFC 6238 and what every authenticator app assumes. */
const PERIOD = 30;
/** Steps before and after the present one that are taken too, for clocks that differ. */
const WINDOW = 1;

/** An app names a code by `issuer:account`, so that neither may have a colon (Key Uri Format, "label"). */
function totp(secret: Secret, account: string): TOTP {
  const issuer = settings().name.replaceAll(":", " ");
  return new TOTP({ issuer, label: account, secret, digits: 6, period: PERIOD });
}

/** A new secret of 160 bits (RFC 4226, 4) and how an authenticator app is told it. */
export function newTotpSecret(account: string): { secret: string; uri: string } {
  const secret = new Secret({ size: 20 });
  return { secret: secret.base32, uri: totp(secret, account).toString() };
}

/** How an app is told a secret that was already made. */
export function totpUri(secret: string, account: string): string {
  return totp(Secret.fromBase32(secret), account).toString();
}

/** The secret as the database keeps it, for this user alone. */
export function sealTotpSecret(userId: string, secret: string): string {
  return Buffer.from(seal(PURPOSE, secret, userId)).toString("base64url");
}

/** The secret behind `sealed`, or null when no configured AUTH_SECRET opens it. */
export function unsealTotpSecret(userId: string, sealed: string): string | null {
  return unseal(PURPOSE, Buffer.from(sealed, "base64url"), userId);
}

/** The time step whose code this is, or null for a wrong one. */
export function totpStep(secret: string, code: string, now: Date): number | null {
  const timestamp = now.getTime();
  const delta = totp(Secret.fromBase32(secret), "").validate({
    token: code,
    timestamp,
    window: WINDOW,
  });
  return delta === null ? null : Math.floor(timestamp / 1000 / PERIOD) + delta;
}

/**
 * Takes a code of the user's authenticator app, once: a step that was used, or one before it, is refused
 * (RFC 6238, 5.2), also when two requests bring the same code at the same moment.
 *
 * @param confirmed whether the app has to be a confirmed factor; false for its enrolment
 * @returns "sealed" when no configured AUTH_SECRET opens the app's secret, so that nobody can tell
 */
export async function takeTotpCode(
  tx: Tx,
  userId: string,
  code: string,
  { confirmed = true }: { confirmed?: boolean } = {},
): Promise<"taken" | "wrong" | "sealed"> {
  if (!/^\d{6}$/.test(code)) return "wrong";
  const factor = await tx.totpFactor.findUnique({
    where: { userId },
    select: { secret: true, confirmedAt: true },
  });
  if (factor === null || (confirmed && factor.confirmedAt === null)) return "wrong";
  const secret = unsealTotpSecret(userId, factor.secret);
  if (secret === null) return "sealed";
  const step = totpStep(secret, code, databaseNow());
  if (step === null) return "wrong";
  const { count } = await tx.totpFactor.updateMany({
    where: { userId, lastStep: { lt: step } },
    data: { lastStep: step },
  });
  return count === 1 ? "taken" : "wrong";
}
