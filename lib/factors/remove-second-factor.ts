import type { Actor } from "@/lib/access/actor";
import { recentlyConfirmed } from "@/lib/access/recently-confirmed";
import type { Refusal } from "@/lib/access/refusal";
import { type AuditActor, record } from "@/lib/audit/record";
import type { DoorName } from "@/lib/audit/schema";
import { databaseNow } from "@/lib/platform/database-now";
import { query, type Tx, transaction } from "@/lib/platform/db";
import { reachUser } from "@/lib/users/reach-user";
import { Email } from "@/lib/users/schema";

/**
 * Takes every second factor off somebody who has lost it, and ends their sessions; who had none stays as they are. One's
 * own takes a confirmed session.
 *
 * @throws {DatabaseUnavailable}
 */
export async function removeSecondFactor(
  actor: Actor,
  userId: string,
): Promise<{ kind: "removed" } | Refusal<"forbidden" | "notFound" | "unconfirmed">> {
  return transaction(async (tx) => {
    const reached = await reachUser(tx, actor, "removeFactor", userId);
    if (reached.kind !== "reached") return reached;
    const { id, email } = reached.row;
    if (id === actor.userId && !recentlyConfirmed(actor)) return { kind: "unconfirmed" };
    await removeAll(tx, actor, { id, email });
    return { kind: "removed" };
  });
}

/** The same for the command line: whoever can run it owns the server. @throws {DatabaseUnavailable} */
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
  const removed = await transaction((tx) =>
    removeAll(tx, { system: "operator" }, user, "command line"),
  );
  return { kind: removed ? "removed" : "noFactor", email: user.email };
}

/** Returns whether there was a factor. */
async function removeAll(
  tx: Tx,
  actor: AuditActor,
  user: { id: string; email: string },
  door?: DoorName,
): Promise<boolean> {
  const where = { userId: user.id };
  const apps = await tx.totpFactor.deleteMany({ where });
  const passkeys = await tx.passkey.deleteMany({ where });
  await tx.recoveryCode.deleteMany({ where });
  if (apps.count + passkeys.count === 0) return false;
  await tx.session.updateMany({
    where: { ...where, endedAt: null },
    data: { endedAt: databaseNow() },
  });
  await record(tx, actor, {
    action: "factor.removed",
    target: { type: "user", id: user.id, label: user.email },
    ...(door && { door }),
    details: { apps: apps.count, passkeys: passkeys.count },
  });
  return true;
}
