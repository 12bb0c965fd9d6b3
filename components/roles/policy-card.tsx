import { useTranslations } from "next-intl";
import { Plus } from "@/components/ui/icons/plus";
import { Trash2 } from "@/components/ui/icons/trash-2";
import { conditionedSubject, SUBJECT_NAMES } from "@/lib/access/conditions";
import type { Policy } from "@/lib/access/schema";
import type { Subject } from "@/lib/access/subjects";
import type { RoleIssue, RoleRule } from "@/lib/roles/schema";
import { Button } from "../ui/button";
import { Field } from "../ui/field";
import { inputStyle } from "../ui/input";
import { Choices } from "./choices";
import { ConditionFields } from "./condition-fields";
import {
  actionsFor,
  type ConditionDraft,
  conditionField,
  conditionsOf,
  emptyCondition,
  freeFields,
  type PolicyDraft,
  withAction,
  withSubjects,
} from "./policy-draft";
import { ProblemText } from "./problem-text";
import { type NamedRole, useRoleWords } from "./use-role-words";

/** The element that an issue of a policy is about, as an id that the card below gives out. */
export function policyElementId([, index, part, field]: RoleIssue["path"], draft?: PolicyDraft) {
  const card = `permission-${index}`;
  if (part === "action" || part === "subject") return `${card}-${part}`;
  const place =
    draft && conditionsOf(draft).findIndex((condition) => conditionField(condition) === field);
  return part === "conditions" && place !== undefined && place >= 0
    ? `${card}-condition-${place}`
    : card;
}

/** One permission: the sentence that it makes, and the controls that make it. */
export function PolicyCard({
  index,
  draft,
  policy,
  roles,
  issues,
  onChange,
  onRemove,
}: {
  index: number;
  draft: PolicyDraft;
  /** What it stands for; null while it lacks something. */
  policy: Policy | null;
  roles: readonly NamedRole[];
  /** Those of this permission. */
  issues: readonly RoleIssue[];
  onChange: (draft: PolicyDraft) => void;
  onRemove: () => void;
}) {
  const t = useTranslations("rolesPage");
  const format = useRoleWords(roles);
  const number = index + 1;
  const card = `permission-${index}`;
  const problemAt = (id: string): RoleRule | undefined =>
    issues.find(({ path }) => policyElementId(path, draft) === id)?.rule;
  const describedBy = (id: string) => (problemAt(id) ? `${id}-problem` : undefined);

  const single: readonly (readonly Subject[])[] = SUBJECT_NAMES.map((subject) => [subject]);
  const subjects = draft.subjects.length > 1 ? [...single, draft.subjects] : single;
  const joined = (list: readonly Subject[]) => list.join(" ");
  const setCondition = (changed: ConditionDraft) =>
    onChange({
      ...draft,
      conditions: draft.conditions.map((one) => (one.id === changed.id ? changed : one)),
    });
  const conditioned = conditionedSubject(draft.subjects);
  const shown = conditionsOf(draft);

  return (
    <li id={card} tabIndex={-1} className="rounded border border-line bg-surface">
      <div className="flex items-start justify-between gap-3 border-b border-line px-4 py-3">
        <div className="min-w-0">
          <h3 className="text-sm text-soft">{t("permission", { number })}</h3>
          <p className="font-medium text-pretty wrap-anywhere">
            {policy ? format.sentencesOf(policy).join(" ") : t("incomplete")}
          </p>
          <ProblemText id={`${card}-problem`} rule={problemAt(card)} />
        </div>
        <Button
          look="quiet"
          size="sm"
          className="w-9 shrink-0 px-0"
          aria-label={t("removePermission", { number })}
          onClick={onRemove}
        >
          <Trash2 className="size-5 shrink-0" aria-hidden="true" />
        </Button>
      </div>
      <div className="space-y-5 p-4">
        <div className="grid gap-5 sm:grid-cols-[12rem_minmax(0,1fr)]">
          <div>
            <Field id={`${card}-subject`} label={<span className="text-sm">{t("subject")}</span>}>
              {(control) => (
                <select
                  {...control}
                  {...(problemAt(`${card}-subject`) && { "aria-invalid": true })}
                  aria-describedby={describedBy(`${card}-subject`)}
                  value={joined(draft.subjects)}
                  onChange={(event) => {
                    const chosen = subjects.find((one) => joined(one) === event.target.value);
                    if (chosen) onChange(withSubjects(draft, chosen));
                  }}
                  className={inputStyle}
                >
                  {subjects.map((list) => (
                    <option key={joined(list)} value={joined(list)}>
                      {list.map((subject) => t(`subjects.${subject}`)).join(", ")}
                    </option>
                  ))}
                </select>
              )}
            </Field>
            <ProblemText id={`${card}-subject-problem`} rule={problemAt(`${card}-subject`)} />
          </div>
          <Choices
            id={`${card}-action`}
            legend={t("actions")}
            options={actionsFor(draft.subjects).map((action) => ({
              value: action,
              label: t(`action.${action}`),
            }))}
            chosen={draft.actions}
            onChange={(action, chosen) => onChange(withAction(draft, action, chosen))}
            describedBy={describedBy(`${card}-action`)}
          >
            <ProblemText id={`${card}-action-problem`} rule={problemAt(`${card}-action`)} />
          </Choices>
        </div>
        {conditioned && (
          <fieldset className="min-w-0 space-y-5">
            <legend className="sr-only">{t(`which.${conditioned}`)}</legend>
            {shown.length > 0 && (
              <p className="text-sm font-medium" aria-hidden="true">
                {t(`which.${conditioned}`)}
              </p>
            )}
            {shown.map((condition, place) => (
              <ConditionFields
                key={condition.id}
                id={`${card}-condition-${place}`}
                number={place + 1}
                permission={number}
                subject={conditioned}
                draft={condition}
                used={shown.filter(({ field }) => field !== condition.field)}
                roles={roles}
                problem={problemAt(`${card}-condition-${place}`)}
                onChange={setCondition}
                onRemove={() =>
                  onChange({
                    ...draft,
                    conditions: draft.conditions.filter(({ id }) => id !== condition.id),
                  })
                }
              />
            ))}
            <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
              <Button
                size="sm"
                onClick={() => {
                  const [free] = freeFields(conditioned, shown);
                  const added = free ? [emptyCondition(conditioned, free)] : [];
                  onChange({ ...draft, conditions: [...draft.conditions, ...added] });
                }}
              >
                <Plus className="size-4" aria-hidden="true" />
                {t("addCondition")}
              </Button>
              {shown.length === 0 && (
                <p className="text-sm text-soft">{t(`unconditional.${conditioned}`)}</p>
              )}
            </div>
          </fieldset>
        )}
      </div>
    </li>
  );
}
