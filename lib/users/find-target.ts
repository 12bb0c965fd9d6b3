import { z } from "zod";
import type { Policy } from "@/lib/access/schema";
import { ask } from "@/lib/platform/ask";
import { Prisma, type Tx } from "@/lib/platform/db";
import { readPolicies } from "@/lib/roles/read-policies";
import { isUserId } from "./schema";
import { toUserView, USER_SQL, UserRow, type UserView, userColumns } from "./user-view";

/** The columns that decide what may be done to a user, and what may be told of one. */
export const targetColumns = {
  ...userColumns,
  disabledReason: true,
  role: { select: { id: true, slug: true, name: true, policies: true } },
} satisfies Prisma.UserSelect;

type TargetRow = Prisma.UserGetPayload<{ select: typeof targetColumns }>;

/** A user to whom something is to be done. */
export type Target = {
  row: UserRow;
  user: UserView;
  /** Of the user's role; null when they cannot be read. */
  policies: readonly Policy[] | null;
  disabledReason: string | null;
};

export function toTarget({ disabledReason, ...found }: TargetRow): Target {
  const { policies: _, ...role } = found.role;
  const row = { ...found, role };
  return { row, user: toUserView(row), policies: readPolicies(found.role), disabledReason };
}

/** The user of this id, whoever asks; null when there is none. */
export async function findTarget(client: Tx, id: string): Promise<Target | null> {
  if (!isUserId(id)) return null;
  const found = await client.user.findUnique({ where: { id }, select: targetColumns });
  return found && toTarget(found);
}

const TargetRow = UserRow.extend({
  disabledReason: z.string().nullable(),
  policies: z.custom<Prisma.JsonValue>(),
});

/** The same outside a transaction. @throws {DatabaseUnavailable} */
export async function askTarget(id: string): Promise<Target | null> {
  if (!isUserId(id)) return null;
  const [found] = await ask(
    Prisma.sql`
      SELECT ${USER_SQL}, "users"."disabled_reason" AS "disabledReason", "roles"."policies"
      FROM "users" JOIN "roles" ON "roles"."id" = "users"."role_id" WHERE "users"."id" = ${id}::uuid`,
    TargetRow.parse,
  );
  if (found === undefined) return null;
  const { policies, role, ...rest } = found;
  return toTarget({ ...rest, role: { ...role, policies } });
}
