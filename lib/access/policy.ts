import { isDeepStrictEqual } from "node:util";
import { createMongoAbility, subject as typed } from "@casl/ability";
import type { Actor, Policy } from "./actor";

export const ACTIONS = ["manage", "create", "read", "update", "delete"] as const;
export type Action = (typeof ACTIONS)[number];
export const SUBJECTS = ["all", "User", "Role", "AuditEvent", "Installation"] as const;
export type Subject = (typeof SUBJECTS)[number];

/**
 * Whether `actor`'s role, and the token they came with, allow `action` on `subject` (CASL: "manage" is any
 * action, "all" any subject).
 *
 * @param resource the one in question, as its view; without it the answer is whether it may be done to any
 */
export function may(
  actor: Pick<Actor, "role" | "limits">,
  action: Action,
  subject: Subject,
  resource?: Record<string, unknown>,
): boolean {
  // A copy, because CASL writes the type onto what it is given.
  const what = () => (resource ? typed(subject, { ...resource }) : subject);
  return boundsOf(actor).every((policies) => createMongoAbility(policies).can(action, what()));
}

/** Every list of policies that has to allow what is done: the role's, and a limited token's. */
export function boundsOf(actor: Pick<Actor, "role" | "limits">): Policy[][] {
  return actor.limits === null ? [actor.role.policies] : [actor.role.policies, actor.limits];
}

const listOf = (value: string | string[]) => (Array.isArray(value) ? value : [value]);

/** Whether everything that `wanted` allows is allowed by `own` as well. */
function covers(own: Policy[], wanted: Policy[]): boolean {
  const allows = (action: string, subject: string, conditions: Policy["conditions"]) =>
    own.some(
      (policy) =>
        ["manage", action].some((one) => listOf(policy.action).includes(one)) &&
        ["all", subject].some((one) => listOf(policy.subject).includes(one)) &&
        (policy.conditions === undefined || isDeepStrictEqual(policy.conditions, conditions)),
    );
  return wanted.every(({ action, subject, conditions }) =>
    listOf(action).every((one) => listOf(subject).every((other) => allows(one, other, conditions))),
  );
}

/**
 * Whether `actor` may hand out a role with these policies, or touch somebody who has it. Nobody makes, changes
 * or removes somebody who may do more than they may, so no manager of users can climb that way.
 */
export function mayGovern(actor: Pick<Actor, "role" | "limits">, policies: Policy[]): boolean {
  return boundsOf(actor).every((own) => covers(own, policies));
}

/** Whether `actor` acts as the whole person: signed in, or with a token that has no bounds of its own. */
export function isUnlimited(actor: Pick<Actor, "limits">): boolean {
  return actor.limits === null;
}
