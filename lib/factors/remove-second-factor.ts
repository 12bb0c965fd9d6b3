import { record } from "@/lib/audit/record";
import { databaseNow } from "@/lib/platform/database-now";
import { query, transaction } from "@/lib/platform/db";
import { Email } from "@/lib/users/schema";

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
    const [apps, passkeys] = [
      await tx.totpFactor.deleteMany({ where: { userId: user.id } }),
      await tx.passkey.deleteMany({ where: { userId: user.id } }),
    ];
    await tx.recoveryCode.deleteMany({ where: { userId: user.id } });
    if (apps.count + passkeys.count === 0) return false;
    await tx.session.updateMany({
      where: { userId: user.id, endedAt: null },
      data: { endedAt: databaseNow() },
    });
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
