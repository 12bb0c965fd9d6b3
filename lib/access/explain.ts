import { abilityOf, resourceOf } from "./policy";
import { type Policy, unmetBy } from "./schema";
import type { Action, Subject } from "./subjects";

/** Why policies allow something or do not. `index` counts the policies from 0. */
type Explanation =
  /** "allowedForSome": the policy has conditions, and no resource was named that could meet them. */
  | { allowed: true; reason: "allowed" | "allowedForSome"; index: number }
  | { allowed: false; reason: "noPolicy" }
  | { allowed: false; reason: "conditionsNotMet"; unmet: { index: number; fields: string[] }[] };

/** The answer of `may` for these policies, by the same engine, with the policy that gives it. */
export function explain(
  policies: readonly Policy[],
  action: Action,
  subject: Subject,
  resource?: object,
): Explanation {
  const ability = abilityOf(policies);
  const index = (rule: { origin: (typeof ability.rules)[number] }) =>
    ability.rules.indexOf(rule.origin);
  const rules = ability.rulesFor(action, subject);
  const relevant = ability.relevantRuleFor(action, resourceOf(subject, resource));
  if (relevant) {
    // Of two that allow it, the one without conditions says more.
    const rule = rules.find(({ conditions }) => conditions === undefined) ?? relevant;
    const some = rule.conditions !== undefined && resource === undefined;
    return { allowed: true, reason: some ? "allowedForSome" : "allowed", index: index(rule) };
  }
  if (rules.length === 0) return { allowed: false, reason: "noPolicy" };
  const unmet = rules.map((rule) => ({
    index: index(rule),
    fields: unmetBy(rule.conditions ?? {}, resource ?? {}),
  }));
  return { allowed: false, reason: "conditionsNotMet", unmet };
}
