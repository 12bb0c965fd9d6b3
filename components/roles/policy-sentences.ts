import type { useFormatter, useTranslations } from "next-intl";
import {
  type Comparison,
  type ConditionValue,
  comparisonsOf,
  conditionedSubject,
  isManaged,
  kindOf,
  listOf,
} from "@/lib/access/conditions";
import type { Policy } from "@/lib/access/schema";
import {
  ALL_ACTIONS,
  type FieldKind,
  type FieldName,
  type Option,
  type Subject,
} from "@/lib/access/subjects";

type Words = ReturnType<typeof useTranslations<"rolesPage">>;
type Lists = Pick<ReturnType<typeof useFormatter>, "list">;
/** What to call the role with this slug. */
type RoleNames = (slug: string) => string;

/** A sentence with a hundred values says nothing. */
const VALUES_SAID = 5;

/** What a policy allows, one whole sentence for each thing it is about. */
export function policySentences(
  t: Words,
  format: Lists,
  roleNames: RoleNames,
  policy: Policy,
): string[] {
  const conditioned = policy.conditions && conditionedSubject(listOf(policy.subject));
  const clauses =
    conditioned &&
    format.list(
      comparisonsOf(policy.conditions ?? {}).map((comparison) =>
        clause(t, format, roleNames, conditioned, comparison),
      ),
    );
  const named = listOf(policy.action);
  const verbs = ALL_ACTIONS.flatMap((action) =>
    action !== "manage" && named.includes(action) ? [t(`verb.${action}`)] : [],
  );
  const actions = format.list(verbs);
  const everything = named.includes("manage");
  if (conditioned && clauses) {
    const sentence = everything
      ? t(`may.${conditioned}ManageWhere`, { clauses })
      : t(`may.${conditioned}Where`, { actions, clauses });
    return [sentence];
  }
  return listOf(policy.subject).map((subject) =>
    everything && isManaged(subject) ? t(`may.${subject}Manage`) : t(`may.${subject}`, { actions }),
  );
}

/** What a field is called in the messages: as before its first dot. */
type FieldWord = FieldName extends infer Name
  ? Name extends `${infer Word}.${string}`
    ? Word
    : Name
  : never;

function wordsOf(field: string): { word: FieldWord; key: string } {
  const [word, ...key] = field.split(".");
  return { word: word as FieldWord, key: key.join(".") };
}

function clause(
  t: Words,
  format: Lists,
  roleNames: RoleNames,
  subject: Subject,
  { field, values }: Comparison,
): string {
  const kind = kindOf(subject, field);
  const said = values.slice(0, VALUES_SAID).map((value) => valueWord(t, roleNames, kind, value));
  if (values.length > VALUES_SAID)
    said.push(t("value.more", { count: values.length - VALUES_SAID }));
  const { word, key } = wordsOf(field);
  return t(`clause.${word}`, { key, values: format.list(said, { type: "disjunction" }) });
}

function valueWord(
  t: Words,
  roleNames: RoleNames,
  kind: FieldKind | null,
  value: ConditionValue,
): string {
  if (typeof value === "boolean") return t(value ? "value.true" : "value.false");
  if (typeof value === "number") return String(value);
  if (Array.isArray(kind)) return t(`value.${value as Option}`);
  if (kind === "email" || kind === "userId" || kind === "uuid") return value;
  return t("value.text", { text: kind === "role" ? roleNames(value) : value });
}

/** What to call a field that a condition asks for. */
export function fieldName(t: Words, subject: Subject, field: string): string {
  const { word, key } = wordsOf(field);
  return kindOf(subject, field) === "metadata"
    ? t("field.metadataKey", { key })
    : t(`field.${word}`);
}
