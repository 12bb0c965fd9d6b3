import type { Actor, Policy } from "@/lib/access/actor";
import { type Action, abilityOf, boundsOf } from "@/lib/access/policy";
import { type Conditions, comparisonsOf } from "@/lib/access/schema";
import type { Prisma } from "@/lib/platform/db";
import { isUserId } from "../schema";

const NOBODY: Prisma.UserWhereInput = { id: { in: [] } };

/**
 * The users on whom `actor` may do `action`, as a condition of the query: authorization at the data, the same
 * rule that `may` applies to a single one.
 */
export function userScope(actor: Pick<Actor, "role" | "limits">, action: Action) {
  return { AND: boundsOf(actor).map((policies) => allowed(policies, action)) };
}

function allowed(policies: Policy[], action: Action): Prisma.UserWhereInput {
  const rules = abilityOf(policies).rulesFor(action, "User");
  if (rules.some((rule) => rule.conditions === undefined)) return {};
  if (rules.length === 0) return NOBODY;
  return { OR: rules.map((rule) => ({ AND: conditionsOf(rule.conditions ?? {}) })) };
}

/** A policy's conditions in the terms of the query. */
function conditionsOf(conditions: Conditions): Prisma.UserWhereInput[] {
  return comparisonsOf(conditions).map(({ field, values }) => ({
    OR: values.map((value) => equals(field, value)),
  }));
}

const STATUS = { active: "ACTIVE", disabled: "DISABLED", invited: "INVITED" } as const;

function equals(field: string, value: unknown): Prisma.UserWhereInput {
  const text = typeof value === "string" ? value : "";
  if (field === "id") return isUserId(text) ? { id: text } : NOBODY;
  if (field === "email") return { email: text };
  if (field === "role.slug") return { role: { slug: text } };
  if (field === "status") {
    return Object.hasOwn(STATUS, text) ? { status: STATUS[text as keyof typeof STATUS] } : NOBODY;
  }
  if (field.startsWith("metadata.")) {
    return {
      metadata: { path: field.split(".").slice(1), equals: value as Prisma.InputJsonValue },
    };
  }
  return NOBODY;
}
