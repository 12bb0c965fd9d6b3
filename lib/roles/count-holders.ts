import type { Actor } from "@/lib/access/actor";
import { may } from "@/lib/access/policy";
import type { Tx } from "@/lib/platform/db";
import { scopeOf } from "@/lib/rows/scope-of";
import type { Holders } from "./role-view";

/** Above this a number is "more than"; nobody waits for a million rows to be counted. */
const HOLDERS_CAP = 10_000;

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
    take: HOLDERS_CAP + 1,
  });
  return { value: Math.min(counted, HOLDERS_CAP), exact: counted <= HOLDERS_CAP };
}
