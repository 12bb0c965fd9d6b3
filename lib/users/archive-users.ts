import type { Actor } from "@/lib/access/actor";
import type { Prisma, Tx } from "@/lib/platform/db";

/** How long a deleted user can be put back. */
export const RESTORE_DAYS = 30;

/**
 * Moves users out of the way: out of every other query, their e-mail free again, sessions, tokens and links gone
 * for good. The rows are kept to be restored. The caller has decided that `actor` may, and records it.
 *
 * @returns how many there were; fewer than asked when somebody else was quicker
 */
export async function archiveUsers(
  tx: Tx,
  actor: Pick<Actor, "userId" | "email">,
  ids: readonly string[],
): Promise<number> {
  await purgeDeletedUsers(tx);
  await tx.$queryRaw`SELECT 1 FROM "users" WHERE "id" = ANY(${[...ids]}::uuid[]) ORDER BY "id" FOR UPDATE`;
  const rows = await tx.user.findMany({ where: { id: { in: [...ids] } } });
  const now = Date.now();
  const kept = {
    deletedAt: new Date(now),
    deletedById: actor.userId,
    deletedByLabel: actor.email,
    purgeAt: new Date(now + RESTORE_DAYS * 24 * 60 * 60 * 1000),
  };
  await tx.deletedUser.createMany({
    data: rows.map((row) => ({
      ...row,
      metadata: row.metadata as Prisma.InputJsonObject,
      ...kept,
    })),
  });
  const { count } = await tx.user.deleteMany({ where: { id: { in: rows.map(({ id }) => id) } } });
  return count;
}

/** Forgets whoever can no longer be restored. */
export async function purgeDeletedUsers(tx: Tx): Promise<void> {
  await tx.deletedUser.deleteMany({ where: { purgeAt: { lte: new Date() } } });
}
