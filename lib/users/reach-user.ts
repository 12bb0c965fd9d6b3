import type { Actor } from "@/lib/access/actor";
import type { Action } from "@/lib/access/policy";
import type { Tx } from "@/lib/platform/db";
import { isUserId } from "./schema";
import { type InReachOutcome, userInReach } from "./user-in-reach";

/** Locks a user for the rest of the transaction, then asks whether they are in reach. */
export async function reachUser(
  tx: Tx,
  actor: Actor,
  action: Action,
  id: string,
): Promise<InReachOutcome> {
  if (isUserId(id)) {
    await tx.$queryRaw`SELECT 1 FROM "users" WHERE "id" = ${id}::uuid FOR UPDATE`;
  }
  return userInReach(tx, actor, action, id);
}
