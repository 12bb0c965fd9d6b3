import type { Actor } from "@/lib/access/actor";
import { query } from "@/lib/platform/db";

/** How somebody signs in besides the password. Times are ISO 8601 in UTC. */
export type SecondFactorView = {
  /** When the authenticator app was added; null when there is none. */
  totpSince: string | null;
  recoveryCodesLeft: number;
};

/** One's own second factor. @throws {DatabaseUnavailable} */
export async function getSecondFactor(actor: Actor): Promise<SecondFactorView> {
  const { userId } = actor;
  const [totp, recoveryCodesLeft] = await query((db) =>
    Promise.all([
      db.totpFactor.findUnique({ where: { userId }, select: { confirmedAt: true } }),
      db.recoveryCode.count({ where: { userId, usedAt: null } }),
    ]),
  );
  return { totpSince: totp?.confirmedAt?.toISOString() ?? null, recoveryCodesLeft };
}
