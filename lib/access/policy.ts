import { Ability, createAliasResolver, type ForcedSubject, subject as typed } from "@casl/ability";
import type { Actor } from "./actor";
import { type Comparison, comparisonsOf, listOf } from "./conditions";
import { type Conditions, type Policy, unmetBy } from "./schema";
import { type Action, type Subject, USER_CHANGES } from "./subjects";

type Asked = [Action, Subject | ForcedSubject<Subject>];

/** Who may do what stands first may do each of the others. */
const resolveAction = createAliasResolver({ update: [...USER_CHANGES] });

const judges = new WeakMap<object, Ability<Asked, Conditions>>();

/** The policies as CASL judges them, made once for a list of them: nobody may change one that is used. */
export function abilityOf(policies: readonly Policy[]): Ability<Asked, Conditions> {
  const known = judges.get(policies);
  if (known) return known;
  const judge = new Ability<Asked, Conditions>([...policies], {
    resolveAction,
    // Not CASL's own matcher, which knows all of MongoDB's operators: lists are queried by the same
    // conditions (lib/rows/scope-of.ts), and both have to mean the same.
    conditionsMatcher: (conditions: Conditions) => (resource: object) =>
      unmetBy(conditions, resource).length === 0,
  });
  judges.set(policies, judge);
  return judge;
}

/** A resource with its type, as CASL wants it. A copy, because CASL writes onto what it is given. */
export function resourceOf(subject: Subject, resource: object | undefined): Asked[1] {
  return resource ? typed(subject, { ...resource }) : subject;
}

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
  resource?: object,
): boolean {
  return boundsOf(actor).every((policies) =>
    abilityOf(policies).can(action, resourceOf(subject, resource)),
  );
}

/** Whether `actor` may do `action` to each `subject` there is, whatever it is like: who counts all of them has to. */
export function mayAll(
  actor: Pick<Actor, "role" | "limits">,
  action: Action,
  subject: Subject,
): boolean {
  return boundsOf(actor).every((policies) =>
    abilityOf(policies)
      .rulesFor(action, subject)
      .some(({ conditions }) => conditions === undefined),
  );
}

/** Every list of policies that has to allow what is done: the role's, and a limited token's. */
export function boundsOf(actor: Pick<Actor, "role" | "limits">): (readonly Policy[])[] {
  return actor.limits === null ? [actor.role.policies] : [actor.role.policies, actor.limits];
}

/** Whether whatever meets `narrow` meets `wide` as well. */
function isWithin(narrow: Conditions | undefined, wide: Conditions | undefined): boolean {
  if (wide === undefined) return true;
  const asked: Comparison[] = narrow === undefined ? [] : comparisonsOf(narrow);
  return comparisonsOf(wide).every(({ field, values }) =>
    asked.some((one) => one.field === field && one.values.every((value) => values.includes(value))),
  );
}

const EVERYTHING: Policy[] = [{ action: "manage", subject: "all" }];

/** Whether everything that `wanted` allows is allowed by `own` as well. */
export function covers(own: readonly Policy[], wanted: readonly Policy[]): boolean {
  const allows = (action: Action, subject: Subject, conditions: Conditions | undefined) =>
    own.some(
      (policy) =>
        resolveAction([...listOf(policy.action)]).some(
          (one) => one === "manage" || one === action,
        ) &&
        ["all", subject].some((one) => listOf(policy.subject).some((other) => other === one)) &&
        isWithin(conditions, policy.conditions),
    );
  return wanted.every(({ action, subject, conditions }) =>
    listOf(action).every((one) => listOf(subject).every((other) => allows(one, other, conditions))),
  );
}

/**
 * Whether `actor` may hand out a role with these policies, or touch somebody who has it. Nobody makes, changes
 * or removes somebody who may do more than they may, so no manager of users can climb that way.
 *
 * @param policies null: those of a row that cannot be read; what is not known to be less is taken for everything
 */
export function mayGovern(
  actor: Pick<Actor, "role" | "limits">,
  policies: readonly Policy[] | null,
): boolean {
  return boundsOf(actor).every((own) => covers(own, policies ?? EVERYTHING));
}

/** Whether a role with these policies allows everything there is, as an administrator's does. */
export function allowsEverything(policies: readonly Policy[]): boolean {
  return covers(policies, EVERYTHING);
}

/** Whether `actor` acts as the whole person: signed in, or with a token that has no bounds of its own. */
export function isUnlimited(actor: Pick<Actor, "limits">): boolean {
  return actor.limits === null;
}
