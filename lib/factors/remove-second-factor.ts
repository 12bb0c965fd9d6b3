import type { Actor } from "@/lib/access/actor";
import { record } from "@/lib/audit/record";
import { query, transaction } from "@/lib/platform/db";
import { Email } from "@/lib/users/schema";
import { recentlyConfirmed } from "./recently-confirmed";
import { hasSecondFactor } from "./take-second-factor";

export type RemoveSecondFactorOutcome =
  | { kind: "removed" }
  | { kind: "noFactor" }
  | { kind: "unconfirmed" };

/** Takes the authenticator app off one's own account; with the last factor the recovery codes go too. */
export async function removeTotp(actor: Actor): Promise<RemoveSecondFactorOutcome> {
  if (!(await recentlyConfirmed(actor))) return { kind: "unconfirmed" };
  const { userId, email } = actor;
  return transaction(async (tx): Promise<RemoveSecondFactorOutcome> => {
    const { count } = await tx.totpFactor.deleteMany({ where: { userId } });
    if (count === 0) return { kind: "noFactor" };
    if (!(await hasSecondFactor(tx, userId)))
      await tx.recoveryCode.deleteMany({ where: { userId } });
    const target = { type: "user", id: userId, label: email } as const;
    await record(tx, actor, { action: "factor.removed", target, details: { factor: "totp" } });
    return { kind: "removed" };
  });
}

/**
 * Takes every second factor off an account whose owner has lost it, and ends its sessions. For the command line
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
    const [apps, passkeys] = [
      await tx.totpFactor.deleteMany({ where: { userId: user.id } }),
      await tx.passkey.deleteMany({ where: { userId: user.id } }),
    ];
    await tx.recoveryCode.deleteMany({ where: { userId: user.id } });
    if (apps.count + passkeys.count === 0) return false;
    await record(
      tx,
      { system: "operator" },
      {
        action: "factor.removed",
        target: { type: "user", id: user.id, label: user.email },
        door: "command line",
        details: { apps: apps.count, passkeys: passkeys.count },
      },
    );
    return true;
  });
  return { kind: removed ? "removed" : "noFactor", email: user.email };
}
