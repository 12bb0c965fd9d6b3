import {
  actionsOn,
  type ConditionValue,
  comparisonsOf,
  conditionedSubject,
  fieldsOf,
  listOf,
} from "@/lib/access/conditions";
import type { Policy } from "@/lib/access/schema";
import {
  type Action,
  ALL_ACTIONS,
  type ConditionedSubject,
  type FieldKind,
  type FieldName,
  type Subject,
  USER_CHANGES,
} from "@/lib/access/subjects";

export const VALUE_KINDS = ["string", "number", "boolean"] as const;
type ValueKind = (typeof VALUE_KINDS)[number];

/**
 * A condition as it is being written: `of` is the kind of its field, `key` and `kind` are for metadata, and `text` has
 * one value on each line.
 */
export type ConditionDraft = {
  id: number;
  field: FieldName;
  of: FieldKind;
  key: string;
  kind: ValueKind;
  text: string;
};

/** A policy as it is being written; it may still lack anything. `id` is for React alone. */
export type PolicyDraft = {
  id: number;
  actions: readonly Action[];
  subjects: readonly Subject[];
  conditions: readonly ConditionDraft[];
};

let lastId = 0;
const newId = () => {
  lastId += 1;
  return lastId;
};

export function emptyPolicy(): PolicyDraft {
  return { id: newId(), actions: ["read"], subjects: ["User"], conditions: [] };
}

/** A condition on a field of a subject; on `metadata.<key>` where it has none of the name. */
export function emptyCondition(subject: Subject, name: string): ConditionDraft {
  const [first = "", ...rest] = name.split(".");
  const field = Object.hasOwn(fieldsOf(subject), name) ? name : first;
  const of = fieldsOf(subject)[field] ?? "metadata";
  const key = field === name ? "" : rest.join(".");
  return { id: newId(), field: field as FieldName, of, key, kind: "string", text: "" };
}

/** The fields that another condition may be about: each once, but metadata, which has many keys. */
export function freeFields(
  subject: ConditionedSubject,
  used: readonly ConditionDraft[],
): FieldName[] {
  const names = Object.keys(fieldsOf(subject)) as FieldName[];
  return names.filter(
    (name) => fieldsOf(subject)[name] === "metadata" || !used.some(({ field }) => field === name),
  );
}

/** The policies in the form in which they are edited. */
export function draftsOf(policies: readonly Policy[]): PolicyDraft[] {
  return policies.map(({ action, subject, conditions }) => ({
    id: newId(),
    actions: listOf(action),
    subjects: listOf(subject),
    conditions: comparisonsOf(conditions ?? {}).map(({ field, values }) => {
      const first = typeof values[0];
      return {
        ...emptyCondition(listOf(subject)[0] ?? "all", field),
        kind: VALUE_KINDS.find((kind) => kind === first) ?? "string",
        text: values.map(String).join("\n"),
      };
    }),
  }));
}

/** The lines that hold something. */
export function linesOf(text: string): string[] {
  return text.split(/\r?\n/).filter((line) => line.trim() !== "");
}

/** An e-mail address as it is stored. The rules know better (judge-role.ts), once they are there. */
type EmailOf = (typed: string) => string;
const plainEmail: EmailOf = (typed) => typed.trim().toLowerCase();

function valuesOf({ of, kind, text }: ConditionDraft, emailOf: EmailOf): ConditionValue[] {
  const type = of === "metadata" ? kind : of;
  return linesOf(text).map((line) => {
    switch (type) {
      case "userId":
      case "uuid":
        return line.trim().toLowerCase();
      case "email":
        return emailOf(line);
      case "number":
      case "integer":
        return Number(line);
      case "boolean":
        return line.trim() === "true";
      default:
        return line;
    }
  });
}

/** The field that a condition asks for, as it is called in the policy. */
export function conditionField({ of, field, key }: ConditionDraft): string {
  return of === "metadata" ? `${field}.${key.trim()}` : field;
}

const oneOr = <T>(list: readonly T[]): T | readonly T[] => {
  const [first] = list;
  return list.length === 1 && first !== undefined ? first : list;
};

/** What the drafts stand for as policies, as far as they are written. */
export function policiesOf(
  drafts: readonly PolicyDraft[],
  emailOf: EmailOf = plainEmail,
): unknown[] {
  return drafts.map((draft) => {
    const asked = new Map<string, ConditionValue[]>();
    for (const condition of conditionsOf(draft)) {
      const name = conditionField(condition);
      asked.set(name, [...(asked.get(name) ?? []), ...valuesOf(condition, emailOf)]);
    }
    const entries = [...asked].map(([name, values]) => {
      const value = oneOr(values);
      return [name, Array.isArray(value) ? { $in: value } : value] as const;
    });
    return {
      action: oneOr(draft.actions),
      subject: oneOr(draft.subjects),
      ...(entries.length > 0 && { conditions: Object.fromEntries(entries) }),
    };
  });
}

/** Those of its conditions that its subject knows: on anything else they would ask for fields that are not there. */
export function conditionsOf({ subjects, conditions }: PolicyDraft): readonly ConditionDraft[] {
  const subject = conditionedSubject(subjects);
  if (subject === null) return [];
  return conditions.filter(({ field, of }) => fieldsOf(subject)[field] === of);
}

/** What can be allowed on all of these. */
export function actionsFor(subjects: readonly Subject[]): readonly Action[] {
  return ALL_ACTIONS.filter((action) => subjects.every((one) => actionsOn(one).includes(action)));
}

/** The draft with other subjects, and no action that they do not know. */
export function withSubjects(draft: PolicyDraft, subjects: readonly Subject[]): PolicyDraft {
  const offered = actionsFor(subjects);
  const kept = draft.actions.filter((action) => offered.includes(action));
  const actions = kept.length > 0 ? kept : offered.filter((action) => action === "read");
  return { ...draft, subjects, actions };
}

/** Whether who may do one thing may do the other anyway. */
const includes = (one: Action, other: Action) =>
  one === "manage" || (one === "update" && USER_CHANGES.some((part) => part === other));

/** The draft with an action chosen or not. What stands for others as well goes without them, and they without it. */
export function withAction(draft: PolicyDraft, action: Action, chosen: boolean): PolicyDraft {
  const others = draft.actions.filter(
    (one) => one !== action && !includes(one, action) && !includes(action, one),
  );
  if (!chosen) return { ...draft, actions: draft.actions.filter((one) => one !== action) };
  return { ...draft, actions: ALL_ACTIONS.filter((one) => one === action || others.includes(one)) };
}
