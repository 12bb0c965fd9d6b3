import {
  type Action,
  type ConditionedSubject,
  type FieldKind,
  type ManagedSubject,
  SUBJECTS,
  type Subject,
  type SubjectEntry,
} from "./subjects";

export const SUBJECT_NAMES = Object.keys(SUBJECTS) as Subject[];

/** The slug of a role. */
export const SLUG = /^[a-z0-9_-]{1,64}$/;
const METADATA_KEY = /^(?!(?:__proto__|constructor|prototype)$)[A-Za-z0-9_-]{1,64}$/;

export type ConditionValue = string | number | boolean;
/** What may be allowed on a subject. */
export function actionsOn(subject: Subject): readonly Action[] {
  return SUBJECTS[subject].actions;
}

/** The fields of a subject that a condition may ask for, those of metadata as one. */
export function fieldsOf(subject: Subject): Readonly<Record<string, FieldKind>> {
  return SUBJECTS[subject].fields;
}

/** The tables behind fields like `role.slug`, by what stands before the dot. */
export function relationsOf(subject: Subject): Readonly<Record<string, string>> {
  const { relations = {} }: SubjectEntry = SUBJECTS[subject];
  return relations;
}

/** Of what kind a field is, of which `metadata.<key>` is one as well; null where the subject has none of the name. */
export function kindOf(subject: Subject, field: string): FieldKind | null {
  const fields = fieldsOf(subject);
  const [name = "", ...rest] = field.split(".");
  const kind = [field, name].map((one) => (Object.hasOwn(fields, one) ? fields[one] : undefined));
  if (kind[1] === "metadata") return METADATA_KEY.test(rest.join(".")) ? "metadata" : null;
  return kind[0] ?? null;
}

export function listOf<T>(value: T | readonly T[]): readonly T[] {
  return Array.isArray(value) ? value : [value as T];
}

/** Whether "everything" can be said of a subject. */
export function isManaged(subject: Subject): subject is ManagedSubject {
  return actionsOn(subject).includes("manage");
}

function hasConditions(subject: Subject): subject is ConditionedSubject {
  return Object.keys(fieldsOf(subject)).length > 0;
}

/** The one that a policy about these can ask conditions of; null where there are several, or it has no fields. */
export function conditionedSubject(subjects: readonly Subject[]): ConditionedSubject | null {
  const [subject, ...others] = new Set(subjects);
  return subject !== undefined && others.length === 0 && hasConditions(subject) ? subject : null;
}

/** What a condition asks of a field, as policies write it. */
type AskedValue = ConditionValue | { $eq: ConditionValue } | { $in: ConditionValue[] };

/** A field and the values of which it has to have one. */
export type Comparison = { field: string; values: readonly ConditionValue[] };

/** Conditions in the one form that everything reads them in: the check, the query and the words. */
export function comparisonsOf(conditions: Record<string, AskedValue>): Comparison[] {
  return Object.entries(conditions).map(([field, asked]) => {
    if (typeof asked !== "object") return { field, values: [asked] };
    return { field, values: "$in" in asked ? asked.$in : [asked.$eq] };
  });
}
