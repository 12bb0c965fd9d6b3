import type { Actor } from "@/lib/access/actor";
import { listOf } from "@/lib/access/conditions";
import { may, mayGovern } from "@/lib/access/policy";
import { mustConfirmFor } from "@/lib/access/recently-confirmed";
import type { Refusal } from "@/lib/access/refusal";
import type { Policy } from "@/lib/access/schema";
import type { Action } from "@/lib/access/subjects";
import type { Tx } from "@/lib/platform/db";
import { lockRows } from "@/lib/platform/lock-rows";
import { findTarget, type Target } from "./find-target";
import { isUserId } from "./schema";

type Bounds = Pick<Actor, "role" | "limits">;

/** What is to be done: one thing, or several of which each has to be allowed. */
type Asked = Action | readonly Action[];

/**
 * Whether `actor` may do what is asked to a user: their role allows it for this very user, and the user's own role allows
 * no more than theirs.
 *
 * @param user as the view has one
 * @param policies of the user's role
 */
export function mayTouch(
  actor: Bounds,
  asked: Asked,
  user: object,
  policies: readonly Policy[] | null,
): boolean {
  return (
    listOf(asked).every((action) => may(actor, action, "User", user)) && mayGovern(actor, policies)
  );
}

/** The same for somebody who was looked up: whoever may not know of them is told that there is nobody. */
export function judgeReach(
  actor: Bounds,
  asked: Asked,
  { user, policies }: Pick<Target, "user" | "policies">,
): "reached" | "forbidden" | "notFound" {
  // Not "forbidden": whether somebody out of the actor's sight exists is none of their business.
  if (!may(actor, "read", "User", user)) return "notFound";
  return mayTouch(actor, asked, user, policies) ? "reached" : "forbidden";
}

type InReachOutcome = ({ kind: "reached" } & Target) | Refusal<"forbidden" | "notFound">;

/**
 * Looks up a user to whom, or to whose sessions and tokens, `actor` wants to do something.
 *
 * @param client a transaction, or the pool for what only reads
 * @param lock keeps the user as they are until the end of the transaction
 */
export async function userInReach(
  client: Tx,
  actor: Bounds,
  asked: Asked,
  id: string,
  { lock = false } = {},
): Promise<InReachOutcome> {
  if (!listOf(asked).every((action) => may(actor, action, "User"))) return { kind: "forbidden" };
  if (lock && isUserId(id)) await lockRows(client, "users", [id]);
  const target = await findTarget(client, id);
  if (target === null) return { kind: "notFound" };
  const kind = judgeReach(actor, asked, target);
  return kind === "reached" ? { kind, ...target } : { kind };
}

/**
 * Locks a user whose account somebody is going to take, or to hand out a key to. For the account of an administrator
 * that takes a confirmed session.
 */
export async function reachUser(
  tx: Tx,
  actor: Actor,
  action: Action,
  id: string,
): Promise<InReachOutcome | { kind: "unconfirmed" }> {
  const reached = await userInReach(tx, actor, action, id, { lock: true });
  return reached.kind === "reached" && mustConfirmFor(actor, reached.policies)
    ? { kind: "unconfirmed" }
    : reached;
}
