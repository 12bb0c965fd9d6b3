import type { Actor } from "@/lib/access/actor";
import { type Action, may } from "@/lib/access/policy";
import type { Tx } from "@/lib/platform/db";
import { isUserId } from "./schema";
import { type InReachOutcome, userInReach } from "./user-in-reach";

/**
 * Locks one user for the rest of the transaction, if `actor` may do `action` to them: somebody out of sight is not
 * found, and nobody acts on somebody who may do more than they may.
 */
export async function reachUser(
  tx: Tx,
  actor: Actor,
  action: Action,
  id: string,
): Promise<InReachOutcome> {
  // Nobody holds up others on somebody whom they may not touch at all.
  if (may(actor, action, "User") && isUserId(id)) {
    await tx.$queryRaw`SELECT 1 FROM "users" WHERE "id" = ${id}::uuid FOR UPDATE`;
  }
  return userInReach(tx, actor, action, id);
}
