import { createMongoAbility } from "@casl/ability";
import type { Actor, Policy } from "./actor";

export type Action = "manage" | "create" | "read" | "update" | "delete";
export type Subject = "all" | "User" | "Role" | "AuditEvent" | "Installation";

/** Whether `actor`'s role allows `action` on `subject` (CASL: "manage" is any action, "all" any subject). */
export function may(actor: Actor, action: Action, subject: Subject): boolean {
  return createMongoAbility(actor.role.policies).can(action, subject);
}

/** Whether these policies are those of somebody who may do everything. */
function isAllPowerful(policies: Policy[]): boolean {
  return createMongoAbility(policies).can("manage", "all");
}

/**
 * Whether `actor` may hand out a role with these policies, or touch somebody who has it. Only who may do
 * everything may make, change or remove another who may; a lesser manager of users cannot climb that way.
 */
export function mayGovern(actor: Actor, policies: Policy[]): boolean {
  return isAllPowerful(actor.role.policies) || !isAllPowerful(policies);
}
