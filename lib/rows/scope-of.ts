import type { Actor } from "@/lib/access/actor";
import { type ConditionValue, comparisonsOf, kindOf } from "@/lib/access/conditions";
import { abilityOf, boundsOf } from "@/lib/access/policy";
import type { Conditions, Policy } from "@/lib/access/schema";
import type { Action, Subject } from "@/lib/access/subjects";
import type { Prisma } from "@/lib/platform/db";

/** A subject whose rows are a table. */
export type RowSubject = Subject & keyof Prisma.TypeMap["model"];

/** A condition on the rows of a subject, as Prisma takes it. */
export type Where<S extends RowSubject> = NonNullable<
  Prisma.TypeMap["model"][S]["operations"]["findMany"]["args"]["where"]
>;

/** Every subject's in one: what is built here knows of columns only what lib/access/subjects.ts says of them. */
type AnyWhere = { [key: string]: unknown };

/** Not an empty OR, which Prisma leaves out. */
const NOTHING: AnyWhere = { id: { in: [] } };

/**
 * The rows of `subject` to which `actor` may do `action`, as a condition of the query: authorization at the data, the
 * same rule that `may` applies to a single one.
 */
export function scopeOf<S extends RowSubject>(
  actor: Pick<Actor, "role" | "limits">,
  action: Action,
  subject: S,
): Where<S> {
  return { AND: boundsOf(actor).map((policies) => allowed(policies, action, subject)) } as Where<S>;
}

function allowed(policies: readonly Policy[], action: Action, subject: Subject): AnyWhere {
  const rules = abilityOf(policies).rulesFor(action, subject);
  if (rules.some((rule) => rule.conditions === undefined)) return {};
  if (rules.length === 0) return NOTHING;
  return { OR: rules.map((rule) => ({ AND: conditionsOf(subject, rule.conditions ?? {}) })) };
}

/** A policy's conditions in the terms of the query. */
function conditionsOf(subject: Subject, conditions: Conditions): AnyWhere[] {
  return comparisonsOf(conditions).map(({ field, values }) => ({
    OR: values.map((value) => equals(subject, field, value)),
  }));
}

/** @throws {Error} at a field that is not the subject's: a condition must not be left out */
function equals(subject: Subject, field: string, value: ConditionValue): AnyWhere {
  const kind = kindOf(subject, field);
  if (kind === null) throw new Error(`${subject} has no field ${field}`);
  const [column = "", ...rest] = field.split(".");
  if (kind === "metadata") return { [column]: { path: rest, equals: value } };
  // The names of an enum in prisma/schema.prisma are the words that everybody else knows, in upper case.
  const stored = Array.isArray(kind) ? String(value).toUpperCase() : value;
  return { [column]: rest.reduceRight<unknown>((inner, name) => ({ [name]: inner }), stored) };
}
