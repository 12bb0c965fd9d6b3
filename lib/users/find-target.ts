import type { Policy } from "@/lib/access/schema";
import type { Prisma, Tx } from "@/lib/platform/db";
import { readPolicies } from "@/lib/roles/read-policies";
import { isUserId } from "./schema";
import { toUserView, type UserRow, type UserView, userColumns } from "./user-view";

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
