import type { Actor } from "@/lib/access/actor";
import { tell } from "@/lib/platform/ask";
import { databaseNow } from "@/lib/platform/database-now";
import { Prisma, type Tx } from "@/lib/platform/db";
import { lockRows } from "@/lib/platform/lock-rows";

/** How long a deleted user can be put back. */
export const RESTORE_DAYS = 30;

/** What `users` and `deleted_users` have in common, but for the role. */
const COLUMNS = Prisma.raw(
  [
    ...["id", "number", "email", "name", "first_name", "last_name", "password_hash", "status"],
    ...["disabled_reason", "email_verified_at", "last_login_at", "metadata", "version"],
    ...["created_at", "updated_at"],
  ].join(", "),
);

/** So many rows go into one statement, which is cut when it takes too long. */
const PART = 50_000;

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
  await lockRows(tx, "users", ids);
  const which = Prisma.sql`"id" = ANY(${[...ids]}::uuid[])`;
  const by = { id: actor.userId, label: actor.email };
  await keepRows(tx, { by, roleId: Prisma.sql`"role_id"`, which });
  return tx.$executeRaw`DELETE FROM "users" WHERE ${which}`;
}

/**
 * Moves everybody out of the way, for the operator who opens setup again. Whoever is restored has the role `roleId`
 * then. The caller has locked the table.
 *
 * @returns how many there were
 */
export async function archiveEverybody(tx: Tx, operator: string, roleId: string): Promise<number> {
  await purgeDeletedUsers(tx);
  let total = 0;
  for (let after = 0; ; ) {
    const { count, last } = await keepRows(tx, {
      by: { id: null, label: operator },
      roleId: Prisma.sql`${roleId}::uuid`,
      which: Prisma.sql`"number" > ${after} ORDER BY "number" LIMIT ${PART}`,
    });
    if (last === null) break;
    total += count;
    after = last;
  }
  // Not DELETE, which would look into every table that hangs on users once for each of them. They all cascade.
  await tx.$executeRaw`TRUNCATE "users" CASCADE`;
  return total;
}

/** Copies users into `deleted_users`. `last` is the highest number among them. */
async function keepRows(
  tx: Tx,
  {
    by,
    roleId,
    which,
  }: { by: { id: string | null; label: string }; roleId: Prisma.Sql; which: Prisma.Sql },
): Promise<{ count: number; last: number | null }> {
  const [kept] = await tx.$queryRaw<[{ count: number; last: number | null }]>`
    WITH kept AS (
      INSERT INTO "deleted_users"
        (${COLUMNS}, "role_id", "deleted_at", "deleted_by_id", "deleted_by_label", "purge_at")
      SELECT ${COLUMNS}, ${roleId}, now(), ${by.id}::uuid, ${by.label},
        now() + make_interval(days => ${RESTORE_DAYS}::int)
      FROM "users" WHERE ${which}
      RETURNING "number"
    )
    SELECT count(*)::int AS "count", max("number") AS "last" FROM kept`;
  return kept;
}

const forgetting = () =>
  Prisma.sql`DELETE FROM "deleted_users" WHERE "purge_at" <= ${databaseNow()}`;

/** Forgets whoever can no longer be restored; at a start. @throws {DatabaseUnavailable} */
export async function forgetDeletedUsers(): Promise<void> {
  await tell(forgetting());
}

/** The same as part of a transaction. */
export async function purgeDeletedUsers(tx: Tx): Promise<void> {
  await tx.$executeRaw(forgetting());
}
