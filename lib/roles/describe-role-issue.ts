import {
  actionsOn,
  conditionedSubject,
  fieldsOf,
  isManaged,
  SUBJECT_NAMES,
} from "@/lib/access/conditions";
import {
  CONDITIONS_MAX,
  POLICIES_MAX,
  POLICIES_MAX_BYTES,
  VALUE_MAX,
  VALUES_MAX,
} from "@/lib/access/schema";
import { ALL_ACTIONS, USER_CHANGES, USER_STATUSES } from "@/lib/access/subjects";
import { GRACE_DAYS_MAX, ROLE_NAME_MAX, ROLES_MAX, type RoleIssue, type RoleRule } from "./schema";

/** "a, b and c" */
function list(words: readonly string[], last: "and" | "or"): string {
  const joined = words.slice(0, -1).join(", ");
  return joined === "" ? words.join() : `${joined} ${last} ${words.at(-1)}`;
}

/** What can be done to those that are there once. */
const SINGLE = SUBJECT_NAMES.filter((one) => !isManaged(one)).map(
  (one) => `${one} takes ${list(actionsOn(one), "and")}`,
);

/** The subjects that conditions can be asked of, and what of each. */
const CONDITIONED = SUBJECT_NAMES.filter((one) => conditionedSubject([one]) !== null);
const FIELDS = CONDITIONED.map((subject) => {
  const names = Object.entries(fieldsOf(subject)).map(([name, kind]) =>
    kind === "metadata" ? `${name}.<key>` : name,
  );
  return list(names, "or") + (CONDITIONED.length > 1 ? ` of ${subject}` : "");
});

/** Each rule in plain English, for the native API. */
const ENGLISH: Record<RoleRule, string> = {
  required: "This field is required.",
  invalid: "This value is not allowed.",
  nameTooLong: `A name has at most ${ROLE_NAME_MAX} characters.`,
  nameCharacters: "A name has visible characters only.",
  nameTaken: "Another role has this name.",
  tooManyRoles: `There are ${ROLES_MAX} roles already. Delete one first.`,
  graceDaysInvalid: `Days of grace are a whole number from 0 to ${GRACE_DAYS_MAX}.`,
  policyInvalid:
    "Policies are a list of { action, subject, conditions? }; conditions are an object.",
  tooManyPolicies: `A role has at most ${POLICIES_MAX} policies.`,
  policiesTooLarge: `The policies of a role have at most ${POLICIES_MAX_BYTES / 1024} KiB as JSON.`,
  keyUnknown: "A policy has action, subject and conditions, and no other key.",
  actionMissing: "A policy names at least one action.",
  actionUnknown: `Actions are ${list(ALL_ACTIONS, "and")}.`,
  subjectMissing: "A policy names at least one subject.",
  subjectUnknown: `Subjects are ${list(SUBJECT_NAMES, "and")}.`,
  actionNotForSubject: `${SINGLE.join(", ")}; ${list(USER_CHANGES, "and")} are for User alone.`,
  conditionsNotForSubject: `Only a policy whose one subject is ${list(CONDITIONED, "or")} has conditions.`,
  conditionsEmpty: "Conditions name at least one field; leave them out for all users.",
  tooManyConditions: `A policy has at most ${CONDITIONS_MAX} conditions.`,
  fieldUnknown: `Conditions are on ${list(FIELDS, "or")}.`,
  operatorUnknown: "A condition is a plain value, { $eq: value } or { $in: [values] }.",
  valueMissing: "A list of values has at least one.",
  valueInvalid: `A value is a number, true, false or a visible text of at most ${VALUE_MAX} characters.`,
  tooManyValues: `A list of values has at most ${VALUES_MAX}.`,
  statusUnknown: `A status is one of ${USER_STATUSES.join(", ")}.`,
  slugInvalid: "This is not the slug of a role: a-z, 0-9, - and _.",
  idInvalid: "This is not the id of a user: a UUID in lower case.",
  emailInvalid:
    "This is not an e-mail address in lower case, its domain as the DNS has it (xn--…).",
  valueUnfit: "The field does not have such values.",
  valuesOfTwoKinds: "All values of a list are of one kind: texts, numbers or true and false.",
};

/** Messages by place (`policies.2.conditions.status`), in the order the issues were found. */
export function describeRoleIssues(issues: readonly RoleIssue[]): Record<string, string[]> {
  const errors = new Map<string, string[]>();
  for (const { path, rule } of issues) {
    const place = path.join(".") || "body";
    errors.set(place, [...(errors.get(place) ?? []), ENGLISH[rule]]);
  }
  return Object.fromEntries(errors);
}
