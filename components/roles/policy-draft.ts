import {
  ACTIONS,
  type Action,
  actionsOn,
  type ConditionValue,
  comparisonsOf,
  listOf,
  type Policy,
  type Subject,
} from "@/lib/access/schema";
import { Email } from "@/lib/users/schema";

export const DRAFT_FIELDS = ["status", "role.slug", "email", "id", "metadata"] as const;
export type DraftField = (typeof DRAFT_FIELDS)[number];
export const VALUE_KINDS = ["string", "number", "boolean"] as const;
export type ValueKind = (typeof VALUE_KINDS)[number];

/** A condition as it is being written; `key` and `kind` are for metadata, and `text` has one value on each line. */
export type ConditionDraft = {
  id: number;
  field: DraftField;
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

export function emptyCondition(field: DraftField): ConditionDraft {
  return { id: newId(), field, key: "", kind: "string", text: "" };
}

/** The policies in the form in which they are edited. */
export function draftsOf(policies: readonly Policy[]): PolicyDraft[] {
  return policies.map(({ action, subject, conditions }) => ({
    id: newId(),
    actions: listOf(action),
    subjects: listOf(subject),
    conditions: comparisonsOf(conditions ?? {}).map(({ field, values }) => {
      const known = DRAFT_FIELDS.find((one) => one === field);
      const first = typeof values[0];
      return {
        id: newId(),
        field: known ?? "metadata",
        key: known ? "" : field.replace("metadata.", ""),
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

function valuesOf({ field, kind, text }: ConditionDraft): ConditionValue[] {
  return linesOf(text).map((line) => {
    if (field === "id") return line.trim().toLowerCase();
    if (field === "email") return Email.safeParse(line).data ?? line.trim().toLowerCase();
    if (field !== "metadata" || kind === "string") return line;
    return kind === "number" ? Number(line) : line.trim() === "true";
  });
}

/** The field that a condition asks for, as it is called in the policy. */
export function conditionField({ field, key }: ConditionDraft): string {
  return field === "metadata" ? `metadata.${key.trim()}` : field;
}

const oneOr = <T>(list: readonly T[]): T | readonly T[] => {
  const [first] = list;
  return list.length === 1 && first !== undefined ? first : list;
};

/** What the drafts stand for as policies, as far as they are written. */
export function policiesOf(drafts: readonly PolicyDraft[]): unknown[] {
  return drafts.map(({ actions, subjects, conditions }) => {
    const asked = new Map<string, ConditionValue[]>();
    for (const condition of conditions) {
      const name = conditionField(condition);
      asked.set(name, [...(asked.get(name) ?? []), ...valuesOf(condition)]);
    }
    const entries = [...asked].map(([name, values]) => {
      const value = oneOr(values);
      return [name, Array.isArray(value) ? { $in: value } : value] as const;
    });
    return {
      action: oneOr(actions),
      subject: oneOr(subjects),
      ...(mayHaveConditions(subjects) &&
        entries.length > 0 && { conditions: Object.fromEntries(entries) }),
    };
  });
}

/** Conditions are about users; on anything else they would ask for fields that are not there. */
export function mayHaveConditions(subjects: readonly Subject[]): boolean {
  return subjects.length === 1 && subjects[0] === "User";
}

/** What can be allowed on all of these. */
export function actionsFor(subjects: readonly Subject[]): readonly Action[] {
  return ACTIONS.filter((action) => subjects.every((one) => actionsOn(one).includes(action)));
}

/** The draft with other subjects, and no action that they do not know. */
export function withSubjects(draft: PolicyDraft, subjects: readonly Subject[]): PolicyDraft {
  const offered = actionsFor(subjects);
  const kept = draft.actions.filter((action) => offered.includes(action));
  const actions = kept.length > 0 ? kept : offered.filter((action) => action === "read");
  return { ...draft, subjects, actions };
}

/** The draft with an action chosen or not: "everything" stands for the others and so alone. */
export function withAction(draft: PolicyDraft, action: Action, chosen: boolean): PolicyDraft {
  const others = draft.actions.filter((one) => one !== action && one !== "manage");
  if (!chosen) return { ...draft, actions: draft.actions.filter((one) => one !== action) };
  if (action === "manage") return { ...draft, actions: ["manage"] };
  return { ...draft, actions: ACTIONS.filter((one) => one === action || others.includes(one)) };
}
