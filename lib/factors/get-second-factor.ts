import type { Actor } from "@/lib/access/actor";
import { query } from "@/lib/platform/db";
import { PASSKEYS_MOST } from "./add-passkey";

/** How somebody signs in besides the password. Times are ISO 8601 in UTC. */
export type SecondFactorView = {
  /** When the authenticator app was added; null when there is none. */
  totpSince: string | null;
  recoveryCodesLeft: number;
  /** Oldest first. `synced`: the person's other devices have it too. */
  passkeys: {
    id: string;
    name: string;
    synced: boolean;
    createdAt: string;
    lastUsedAt: string | null;
  }[];
};

/** One's own second factor. @throws {DatabaseUnavailable} */
export async function getSecondFactor(actor: Actor): Promise<SecondFactorView> {
  const { userId } = actor;
  const [totp, recoveryCodesLeft, passkeys] = await query((db) =>
    Promise.all([
      db.totpFactor.findUnique({ where: { userId }, select: { confirmedAt: true } }),
      db.recoveryCode.count({ where: { userId, usedAt: null } }),
      db.passkey.findMany({
        where: { userId },
        select: { id: true, name: true, synced: true, createdAt: true, lastUsedAt: true },
        orderBy: { createdAt: "asc" },
        take: PASSKEYS_MOST,
      }),
    ]),
  );
  return {
    totpSince: totp?.confirmedAt?.toISOString() ?? null,
    recoveryCodesLeft,
    passkeys: passkeys.map((passkey) => ({
      ...passkey,
      createdAt: passkey.createdAt.toISOString(),
      lastUsedAt: passkey.lastUsedAt?.toISOString() ?? null,
    })),
  };
}
