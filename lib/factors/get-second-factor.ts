import { z } from "zod";
import type { Actor } from "@/lib/access/actor";
import { query } from "@/lib/platform/db";
import { PASSKEYS_MOST } from "./add-passkey";

/** How somebody signs in besides the password. Times are ISO 8601 in UTC. */
export const SecondFactorView = z.object({
  /** When the authenticator app was added; null when there is none. */
  totpSince: z.iso.datetime().nullable(),
  recoveryCodesLeft: z.int(),
  /** Oldest first. `synced`: the person's other devices have it too. */
  passkeys: z.array(
    z.object({
      id: z.string(),
      name: z.string(),
      synced: z.boolean(),
      createdAt: z.iso.datetime(),
      lastUsedAt: z.iso.datetime().nullable(),
    }),
  ),
});
export type SecondFactorView = z.output<typeof SecondFactorView>;

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
