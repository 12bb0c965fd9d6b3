import { createMongoAbility } from "@casl/ability";
import type { Actor, Policy } from "@/lib/access/actor";
import { type Action, boundsOf } from "@/lib/access/policy";
import type { Prisma } from "@/lib/platform/db";
import { isUserId } from "./schema";

const NOBODY: Prisma.UserWhereInput = { id: { in: [] } };

/**
 * The users on whom `actor` may do `action`, as a condition of the query: authorization at the data, the same
 * rule that `may` applies to a single one.
 */
export function userScope(actor: Pick<Actor, "role" | "limits">, action: Action) {
  return { AND: boundsOf(actor).map((policies) => allowed(policies, action)) };
}

function allowed(policies: Policy[], action: Action): Prisma.UserWhereInput {
  const rules = createMongoAbility(policies).rulesFor(action, "User");
  if (rules.some((rule) => rule.conditions === undefined)) return {};
  if (rules.length === 0) return NOBODY;
  return { OR: rules.map((rule) => ({ AND: conditionsOf(rule.conditions ?? {}) })) };
}

/** A policy's conditions in the terms of the query; one that is not known allows nobody. */
function conditionsOf(conditions: object): Prisma.UserWhereInput[] {
  return Object.entries(conditions).map(([field, condition]) => {
    const operators: [string, unknown][] =
      typeof condition === "object" && condition !== null
        ? Object.entries(condition)
        : [["$eq", condition]];
    return { AND: operators.map(([operator, value]) => comparison(field, operator, value)) };
  });
}

function comparison(field: string, operator: string, value: unknown): Prisma.UserWhereInput {
  switch (operator) {
    case "$eq":
      return equals(field, value);
    case "$in":
      return Array.isArray(value) ? { OR: value.map((one) => equals(field, one)) } : NOBODY;
    default:
      return NOBODY;
  }
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
