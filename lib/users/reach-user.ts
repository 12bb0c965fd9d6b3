import type { Actor, Policy } from "@/lib/access/actor";
import { type Action, may, mayGovern } from "@/lib/access/policy";
import type { Tx } from "@/lib/platform/db";
import { isUserId } from "./schema";
import { toUserView, type UserRow, type UserView, userColumns } from "./user-view";

export type ReachUserOutcome =
  | { kind: "reached"; row: UserRow; user: UserView }
  | { kind: "forbidden" }
  | { kind: "notFound" };

/**
 * Locks one user for the rest of the transaction, if `actor` may do `action` to them: somebody out of sight is not
 * found, and nobody acts on somebody who may do more than they may.
 */
export async function reachUser(
  tx: Tx,
  actor: Actor,
  action: Action,
  id: string,
): Promise<ReachUserOutcome> {
  if (!may(actor, action, "User")) return { kind: "forbidden" };
  if (!isUserId(id)) return { kind: "notFound" };
  await tx.$queryRaw`SELECT 1 FROM "users" WHERE "id" = ${id}::uuid FOR UPDATE`;
  const found = await tx.user.findUnique({
    where: { id },
    select: {
      ...userColumns,
      role: { select: { id: true, slug: true, name: true, policies: true } },
    },
  });
  if (found === null) return { kind: "notFound" };
  const { policies, ...role } = found.role;
  const row = { ...found, role };
  const user = toUserView(row);
  if (!may(actor, "read", "User", user)) return { kind: "notFound" };
  if (!may(actor, action, "User", user)) return { kind: "forbidden" };
  if (!mayGovern(actor, policies as Policy[])) return { kind: "forbidden" };
  return { kind: "reached", row, user };
}
