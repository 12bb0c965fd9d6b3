import { z } from "zod";
import { WITHOUT_FACTOR } from "@/lib/factors/take-second-factor";
import { ask } from "@/lib/platform/ask";
import { Prisma } from "@/lib/platform/db";
import { type GrantedRole, toGrantedRole } from "@/lib/roles/granted-role";
import type { UserView } from "@/lib/users/user-view";

/** What somebody is told about their account once they are in. */
export type Account = Pick<
  UserView,
  "id" | "email" | "name" | "firstName" | "lastName" | "createdAt"
> & { role: GrantedRole };

/** An account, and what has to be shown to get in. */
export type AccountAtTheDoor = {
  account: Account;
  status: UserView["status"];
  passwordHash: string | null;
  hasSecondFactor: boolean;
};

/** What `selectAccounts` selects. */
export const AccountRow = z.object({
  id: z.string(),
  email: z.string(),
  name: z.string().nullable(),
  firstName: z.string().nullable(),
  lastName: z.string().nullable(),
  status: z.enum(["active", "disabled", "invited"]),
  passwordHash: z.string().nullable(),
  createdAt: z.date(),
  role: z.object({
    id: z.string(),
    slug: z.string(),
    name: z.string(),
    policies: z.custom<Prisma.JsonValue>(),
  }),
  roleCreatedAt: z.date(),
  roleUpdatedAt: z.date(),
  hasSecondFactor: z.boolean(),
});
export type AccountRow = z.output<typeof AccountRow>;

/**
 * Selects accounts in one statement; through the models it would be five, and signing in and refreshing are what a
 * server is asked for most.
 */
export function selectAccounts(where: Prisma.Sql): Prisma.Sql {
  return Prisma.sql`
    SELECT
      "users"."id", "users"."email", "users"."name", "users"."first_name" AS "firstName",
      "users"."last_name" AS "lastName", "users"."status"::text, "users"."password_hash" AS "passwordHash",
      "users"."created_at" AS "createdAt",
      jsonb_build_object(
        'id', "roles"."id", 'slug', "roles"."slug", 'name', "roles"."name", 'policies', "roles"."policies"
      ) AS "role",
      "roles"."created_at" AS "roleCreatedAt", "roles"."updated_at" AS "roleUpdatedAt",
      NOT ${WITHOUT_FACTOR} AS "hasSecondFactor"
    FROM "users" JOIN "roles" ON "roles"."id" = "users"."role_id"
    WHERE ${where}`;
}

export function toAccount(row: AccountRow): Account {
  const { id, email, name, firstName, lastName } = row;
  const times = { createdAt: row.roleCreatedAt, updatedAt: row.roleUpdatedAt };
  return {
    ...{ id, email, name, firstName, lastName },
    role: toGrantedRole({ ...row.role, ...times }),
    createdAt: row.createdAt.toISOString(),
  };
}

/** Whose account: by canonical e-mail or by id. */
export type Whose = { email: string } | { id: string };

export function selectAccount(whose: Whose): Prisma.Sql {
  return selectAccounts(
    "id" in whose
      ? Prisma.sql`"users"."id" = ${whose.id}::uuid`
      : Prisma.sql`"users"."email" = ${whose.email}`,
  );
}

/** Reads what `selectAccount` has found. */
export function readAccount([found]: readonly unknown[]): AccountAtTheDoor | null {
  if (found === undefined) return null;
  const row = AccountRow.parse(found);
  const { status, passwordHash, hasSecondFactor } = row;
  return { account: toAccount(row), status, passwordHash, hasSecondFactor };
}

/** Who wants to sign in. @throws {DatabaseUnavailable} */
export async function findAccount(whose: Whose): Promise<AccountAtTheDoor | null> {
  return readAccount(await ask(selectAccount(whose), (row) => row));
}
