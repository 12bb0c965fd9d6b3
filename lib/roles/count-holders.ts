import type { Actor } from "@/lib/access/actor";
import { may } from "@/lib/access/policy";
import type { Tx } from "@/lib/platform/db";
import { scopeOf } from "@/lib/rows/scope-of";
import { COUNT_CAP } from "@/lib/users/list/find-users";
import { type Holders, toHolders } from "./role-view";

/** How many users have the role, among those whom `actor` may read; null when that is nobody. */
export async function countHolders(
  client: Tx,
  actor: Actor,
  roleId: string,
  status?: "ACTIVE",
): Promise<Holders | null> {
  if (!may(actor, "read", "User")) return null;
  const counted = await client.user.count({
    where: { AND: [scopeOf(actor, "read", "User"), { roleId, ...(status && { status }) }] },
    take: COUNT_CAP + 1,
  });
  return toHolders(counted);
}
