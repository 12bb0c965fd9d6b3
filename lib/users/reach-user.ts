import type { Actor } from "@/lib/access/actor";

import { mustConfirmFor } from "@/lib/access/recently-confirmed";
import type { Action } from "@/lib/access/schema";
import type { Tx } from "@/lib/platform/db";
import { isUserId } from "./schema";
import { type InReachOutcome, userInReach } from "./user-in-reach";

/**
 * Locks a user for the rest of the transaction, then asks whether they are in reach: of somebody who is going to take
 * their account, or to hand out a key to it. For the account of an administrator that takes a confirmed session.
 */
export async function reachUser(
  tx: Tx,
  actor: Actor,
  action: Action,
  id: string,
): Promise<InReachOutcome | { kind: "unconfirmed" }> {
  if (isUserId(id)) {
    await tx.$queryRaw`SELECT 1 FROM "users" WHERE "id" = ${id}::uuid FOR UPDATE`;
  }
  const reached = await userInReach(tx, actor, action, id);
  return reached.kind === "reached" && mustConfirmFor(actor, reached.policies)
    ? { kind: "unconfirmed" }
    : reached;
}
