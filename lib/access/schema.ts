import { z } from "zod";
import {
  actionsOn,
  type Comparison,
  type ConditionValue,
  comparisonsOf,
  conditionedSubject,
  kindOf,
  listOf,
  SLUG,
  SUBJECT_NAMES,
} from "./conditions";
import { ALL_ACTIONS, type FieldKind, type Subject, USER_STATUSES } from "./subjects";

/** Each way a policy can be wrong; every door and language has its own words for them. */
export const POLICY_RULES = [
  "policyInvalid",
  "tooManyPolicies",
  "policiesTooLarge",
  "keyUnknown",
  "actionMissing",
  "actionUnknown",
  "subjectMissing",
  "subjectUnknown",
  "actionNotForSubject",
  "conditionsNotForSubject",
  "conditionsEmpty",
  "tooManyConditions",
  "fieldUnknown",
  "operatorUnknown",
  "valueMissing",
  "valueInvalid",
  "tooManyValues",
  "statusUnknown",
  "slugInvalid",
  "idInvalid",
  "emailInvalid",
  "valueUnfit",
  "valuesOfTwoKinds",
] as const;
type PolicyRule = (typeof POLICY_RULES)[number];

export const POLICIES_MAX = 50;
export const POLICIES_MAX_BYTES = 16 * 1024;
export const CONDITIONS_MAX = 10;
export const VALUES_MAX = 100;
export const VALUE_MAX = 255;

const rule = (key: PolicyRule) => key;
/** Inside a union every check aborts, so that the union is what says what is wrong. */
const ABORT = { abort: true };
/** Nothing there, or an empty list, is `missing`; anything else that does not fit is `unknown`. */
const missingOr = (missing: PolicyRule, unknown: PolicyRule) => ({
  error: ({ input }: { input?: unknown }) =>
    input === undefined || (Array.isArray(input) && input.length === 0) ? missing : unknown,
});
const oneOrMany = <T extends z.ZodType>(
  one: T,
  most: number,
  error: ReturnType<typeof missingOr>,
) => z.union([one, z.array(one).min(1, ABORT).max(most, ABORT)], error);

/** As it is stored: in lower case and ASCII. */
const STORED_EMAIL = /^[!-?[-~]+@[!-?[-~]+$/;
const UNSEEN = /[\u0000-\u001F\u007F-\u009F]/;

const OneValue = z.union(
  [
    z
      .string()
      .min(1, ABORT)
      .max(VALUE_MAX, ABORT)
      .refine((text) => text.isWellFormed() && !UNSEEN.test(text), ABORT),
    z.number(),
    z.boolean(),
  ],
  { error: rule("valueInvalid") },
);

/** What is wrong with one value that is asked of a field of this kind, if anything. */
function valueRule(kind: FieldKind, value: ConditionValue): PolicyRule | null {
  const text = typeof value === "string" ? value : "";
  const isId = z.guid().safeParse(text).success && text === text.toLowerCase();
  switch (kind) {
    case "metadata":
      return null;
    case "role":
      return SLUG.test(text) ? null : "slugInvalid";
    case "userId":
      return isId ? null : "idInvalid";
    case "email":
      return STORED_EMAIL.test(text) ? null : "emailInvalid";
    case "uuid":
      return isId ? null : "valueUnfit";
    case "text":
      return text === value ? null : "valueUnfit";
    case "boolean":
      return typeof value === "boolean" ? null : "valueUnfit";
    case "integer":
      return z.int32().safeParse(value).success ? null : "valueUnfit";
    default:
      if (kind.includes(text)) return null;
      return kind === USER_STATUSES ? "statusUnknown" : "valueUnfit";
  }
}

/** What is wrong with a comparison for each of these subjects, if something is for all of them. */
function comparisonRule(subjects: readonly Subject[], { field, values }: Comparison) {
  const rules = subjects.flatMap((subject) => {
    const kind = kindOf(subject, field);
    if (kind === null) return [];
    return [values.map((value) => valueRule(kind, value)).find((one) => one !== null) ?? null];
  });
  return rules.includes(null) ? null : (rules[0] ?? "fieldUnknown");
}

const Condition = z.union(
  [
    OneValue,
    z.strictObject({ $eq: OneValue }, rule("operatorUnknown")),
    z.strictObject(
      { $in: z.array(OneValue).min(1, ABORT).max(VALUES_MAX, ABORT) },
      rule("operatorUnknown"),
    ),
  ],
  {
    error: ({ input }) => {
      if (typeof input !== "object" || input === null) return rule("valueInvalid");
      const operators = Object.keys(input);
      if (Array.isArray(input) || operators.some((one) => one !== "$in" && one !== "$eq")) {
        return rule("operatorUnknown");
      }
      const values = "$in" in input && operators.length === 1 ? input.$in : null;
      if (!Array.isArray(values)) return rule("valueInvalid");
      if (values.length === 0) return rule("valueMissing");
      return rule(values.length > VALUES_MAX ? "tooManyValues" : "valueInvalid");
    },
  },
);

/** What has to hold of the one in question, all of it: a field and its value, or the values it may have. */
export const Conditions = z
  .preprocess(
    (given, context) => {
      // z.record passes over this one key in silence.
      if (typeof given === "object" && given !== null && Object.hasOwn(given, "__proto__")) {
        context.addIssue({ code: "custom", path: ["__proto__"], message: rule("fieldUnknown") });
      }
      return given;
    },
    z.record(z.string(), Condition, { error: rule("policyInvalid") }),
  )
  .superRefine((conditions, context) => {
    const issue = (path: string[], message: PolicyRule) =>
      context.addIssue({ code: "custom", path, message });
    const comparisons = comparisonsOf(conditions);
    if (comparisons.length === 0) issue([], "conditionsEmpty");
    if (comparisons.length > CONDITIONS_MAX) issue([], "tooManyConditions");
    for (const comparison of comparisons) {
      const { field, values } = comparison;
      const broken = comparisonRule(SUBJECT_NAMES, comparison);
      if (broken) issue([field], broken);
      else if (new Set(values.map((value) => typeof value)).size > 1) {
        issue([field], "valuesOfTwoKinds");
      }
    }
  });
export type Conditions = z.output<typeof Conditions>;

/** One CASL rule: what may be done to what, under which conditions. */
export const Policy = z
  .strictObject(
    {
      action: oneOrMany(
        z.enum(ALL_ACTIONS),
        ALL_ACTIONS.length,
        missingOr("actionMissing", "actionUnknown"),
      ),
      subject: oneOrMany(
        z.enum(SUBJECT_NAMES),
        SUBJECT_NAMES.length,
        missingOr("subjectMissing", "subjectUnknown"),
      ),
      conditions: Conditions.exactOptional(),
    },
    { error: ({ code }) => rule(code === "unrecognized_keys" ? "keyUnknown" : "policyInvalid") },
  )
  .superRefine((policy, context) => {
    const issue = (path: string[], message: PolicyRule) =>
      context.addIssue({ code: "custom", path, message });
    const subjects = listOf(policy.subject);
    const fits = subjects.every((subject) =>
      listOf(policy.action).every((action) => actionsOn(subject).includes(action)),
    );
    if (!fits) issue(["action"], "actionNotForSubject");
    if (policy.conditions === undefined) return;
    const subject = conditionedSubject(subjects);
    if (subject === null) return issue(["conditions"], "conditionsNotForSubject");
    for (const comparison of comparisonsOf(policy.conditions)) {
      const broken = comparisonRule([subject], comparison);
      // What no subject takes was found above.
      if (broken && !comparisonRule(SUBJECT_NAMES, comparison)) {
        issue(["conditions", comparison.field], broken);
      }
    }
  });
export type Policy = z.output<typeof Policy>;

/** What a role allows: any of these. */
export const Policies = z
  .array(Policy, { error: rule("policyInvalid") })
  .max(POLICIES_MAX, rule("tooManyPolicies"))
  .refine(
    (policies) => new TextEncoder().encode(JSON.stringify(policies)).length <= POLICIES_MAX_BYTES,
    { error: rule("policiesTooLarge") },
  );

/** The fields of `resource` that are not as the conditions ask. */
export function unmetBy(conditions: Conditions, resource: object): string[] {
  return comparisonsOf(conditions)
    .filter(({ field, values }) => !values.some((value) => value === valueAt(resource, field)))
    .map(({ field }) => field);
}

/** The value behind `status`, `role.slug` or `metadata.<key>`; undefined where there is none. */
function valueAt(resource: object, field: string): unknown {
  let value: unknown = resource;
  for (const key of field.split(".")) {
    if (typeof value !== "object" || value === null || !Object.hasOwn(value, key)) return undefined;
    value = (value as Record<string, unknown>)[key];
  }
  return value;
}
