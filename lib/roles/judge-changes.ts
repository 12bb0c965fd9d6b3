import type { Actor } from "@/lib/access/actor";
import { mayGovern } from "@/lib/access/policy";
import { readPolicies } from "./read-policies";
import type { RoleRow } from "./role-view";
import type { RoleChanges } from "./schema";

export type BarredChanges =
  /** A predefined role allows the same everywhere, and stays so; only its second factor can be changed. */
  | { kind: "fixed" }
  /** It allows, or would allow, more than the actor may. */
  | { kind: "beyondOwn" };

/** Why nobody who may no more than `actor` changes this role like that; null where they may. */
export function judgeChanges(
  actor: Actor,
  before: RoleRow,
  asked: RoleChanges,
): BarredChanges | null {
  if (before.predefined && (asked.name !== undefined || asked.policies !== undefined)) {
    return { kind: "fixed" };
  }
  const governed =
    mayGovern(actor, readPolicies(before)) &&
    (asked.policies === undefined || mayGovern(actor, asked.policies));
  return governed ? null : { kind: "beyondOwn" };
}
