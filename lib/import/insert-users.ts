import { type AuditActor, insertEventAboutUsers } from "@/lib/audit/record";
import { Prisma, type Tx } from "@/lib/platform/db";
import type { NewUser } from "@/lib/users/insert-user";

/**
 * Begins the rows of many invited users of one role, and records each, in one statement. One whose e-mail is taken is
 * left out, also when somebody takes it in the same moment; those that were stored are returned.
 */
export async function insertUsers(
  tx: Tx,
  actor: AuditActor,
  users: readonly Pick<NewUser, "email" | "name">[],
  roleId: string,
  details: Record<string, unknown>,
): Promise<{ id: string; email: string }[]> {
  const event = { action: "user.imported", details } as const;
  return tx.$queryRaw`
    WITH "created" AS (
      INSERT INTO "users" ("email", "name", "role_id", "status")
      SELECT "email", "name", ${roleId}::uuid, 'invited' FROM unnest(
        ${users.map(({ email }) => email)}::text[],
        ${users.map(({ name }) => name)}::text[]
      ) AS invited("email", "name")
      ON CONFLICT ("email") DO NOTHING
      RETURNING "id", "email"
    ), "recorded" AS (
      ${insertEventAboutUsers(actor, event, Prisma.sql`"created"`)}
    )
    SELECT "id", "email" FROM "created"`;
}
