import type { Tx } from "@/lib/platform/db";
import type { NewUser } from "@/lib/users/insert-user";

/**
 * Begins the rows of many invited users at once, in SQL for speed. One whose e-mail is taken is left out, also
 * when somebody takes it in the same moment; those that were stored are returned.
 */
export async function insertUsers(
  tx: Tx,
  users: readonly Pick<NewUser, "email" | "name" | "roleId">[],
): Promise<{ id: string; email: string }[]> {
  return tx.$queryRaw`
    INSERT INTO "users" ("email", "name", "role_id", "status")
    SELECT "email", "name", "role_id", 'invited' FROM unnest(
      ${users.map(({ email }) => email)}::text[],
      ${users.map(({ name }) => name)}::text[],
      ${users.map(({ roleId }) => roleId)}::uuid[]
    ) AS invited("email", "name", "role_id")
    ON CONFLICT ("email") DO NOTHING
    RETURNING "id", "email"`;
}
