import type { useFormatter, useTranslations } from "next-intl";
import {
  ACTIONS,
  type Comparison,
  type ConditionValue,
  comparisonsOf,
  listOf,
  type Policy,
  type Subject,
} from "@/lib/access/schema";

type Words = ReturnType<typeof useTranslations<"rolesPage">>;
type Lists = Pick<ReturnType<typeof useFormatter>, "list">;
/** What to call the role with this slug. */
export type RoleNames = (slug: string) => string;

/** A sentence with a hundred values says nothing. */
const VALUES_SAID = 5;

/** What a policy allows, one whole sentence for each thing it is about. */
export function policySentences(
  t: Words,
  format: Lists,
  roleNames: RoleNames,
  policy: Policy,
): string[] {
  const comparisons = policy.conditions === undefined ? [] : comparisonsOf(policy.conditions);
  const clauses = format.list(
    comparisons.map((comparison) => clause(t, format, roleNames, comparison)),
  );
  const named = listOf(policy.action);
  const verbs = ACTIONS.flatMap((action) =>
    action !== "manage" && named.includes(action) ? [t(`verb.${action}`)] : [],
  );
  const actions = format.list(verbs);
  const sentence = (subject: Subject): string => {
    const everything = named.includes("manage");
    switch (subject) {
      case "all":
        return everything ? t("may.allManage") : t("may.all", { actions });
      case "User":
        if (clauses === "") return everything ? t("may.UserManage") : t("may.User", { actions });
        return everything
          ? t("may.UserManageWhere", { clauses })
          : t("may.UserWhere", { actions, clauses });
      case "Role":
        return everything ? t("may.RoleManage") : t("may.Role", { actions });
      case "AuditEvent":
      case "Installation":
        return t(`may.${subject}`, { actions });
    }
  };
  return listOf(policy.subject).map(sentence);
}

function clause(
  t: Words,
  format: Lists,
  roleNames: RoleNames,
  { field, values }: Comparison,
): string {
  const said = values.slice(0, VALUES_SAID).map((value) => valueWord(t, roleNames, field, value));
  if (values.length > VALUES_SAID)
    said.push(t("value.more", { count: values.length - VALUES_SAID }));
  const list = format.list(said, { type: "disjunction" });
  switch (field) {
    case "status":
    case "email":
    case "id":
      return t(`clause.${field}`, { values: list });
    case "role.slug":
      return t("clause.role", { values: list });
    default:
      return t("clause.metadata", { key: field.replace("metadata.", ""), values: list });
  }
}

function valueWord(t: Words, roleNames: RoleNames, field: string, value: ConditionValue): string {
  if (typeof value === "boolean") return t(value ? "value.true" : "value.false");
  if (typeof value === "number") return String(value);
  if (field === "role.slug") return t("value.text", { text: roleNames(value) });
  if (field === "email" || field === "id") return value;
  if (field === "status" && (value === "active" || value === "disabled" || value === "invited")) {
    return t(`value.${value}`);
  }
  return t("value.text", { text: value });
}

/** What to call a field that a condition asks for. */
export function fieldName(t: Words, field: string): string {
  switch (field) {
    case "status":
    case "email":
    case "id":
      return t(`field.${field}`);
    case "role.slug":
      return t("field.role");
    default:
      return t("field.metadataKey", { key: field.replace("metadata.", "") });
  }
}
