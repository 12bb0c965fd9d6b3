import { type AuditActor, recordAll } from "@/lib/audit/record";
import type { Tx } from "@/lib/platform/db";

/**
 * Removes users with all their sessions and tokens, and records each: what deleteUser does to one, for many. Says
 * nothing about who may.
 */
export async function deleteUsers(
  tx: Tx,
  actor: AuditActor,
  users: readonly { id: string; email: string; role: { slug: string } }[],
  details: Record<string, unknown>,
): Promise<void> {
  await tx.user.deleteMany({ where: { id: { in: users.map(({ id }) => id) } } });
  await recordAll(
    tx,
    actor,
    users.map(({ id, email, role }) => ({
      action: "user.deleted",
      target: { type: "user", id, label: email },
      details: { role: role.slug, ...details },
    })),
  );
}
