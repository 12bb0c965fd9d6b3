import { useTranslations } from "next-intl";
import { X } from "@/components/ui/icons/x";
import type { ConditionedSubject, Option } from "@/lib/access/subjects";
import type { RoleRule } from "@/lib/roles/schema";
import { Button } from "../ui/button";
import { Field } from "../ui/field";
import { Input, inputStyle } from "../ui/input";
import { Choices } from "./choices";
import {
  type ConditionDraft,
  emptyCondition,
  freeFields,
  linesOf,
  VALUE_KINDS,
} from "./policy-draft";
import { fieldName } from "./policy-sentences";
import { ProblemText } from "./problem-text";
import { type NamedRole, useRoleWords } from "./use-role-words";

/** One condition: a field of the subject, and the values of which it has to have one. */
export function ConditionFields({
  id,
  number,
  permission,
  subject,
  draft,
  used,
  roles,
  problem,
  onChange,
  onRemove,
}: {
  id: string;
  number: number;
  permission: number;
  subject: ConditionedSubject;
  draft: ConditionDraft;
  /** The other conditions of the same permission, on other fields. */
  used: readonly ConditionDraft[];
  roles: readonly NamedRole[];
  problem: RoleRule | undefined;
  onChange: (draft: ConditionDraft) => void;
  onRemove: () => void;
}) {
  const t = useTranslations("rolesPage");
  const problemId = problem && `${id}-problem`;
  return (
    <div
      id={id}
      tabIndex={-1}
      className="relative grid gap-4 border-s-2 border-line ps-4 sm:grid-cols-[12rem_minmax(0,1fr)_auto]"
    >
      <div className="space-y-4">
        <Field
          id={`${id}-field`}
          label={<span className="text-sm">{t("conditionField", { number })}</span>}
        >
          {(control) => (
            <select
              {...control}
              value={draft.field}
              onChange={(event) => {
                onChange({ ...emptyCondition(subject, event.target.value), id: draft.id });
              }}
              className={inputStyle}
            >
              {freeFields(subject, used).map((field) => (
                <option key={field} value={field}>
                  {fieldName(t, subject, field)}
                </option>
              ))}
            </select>
          )}
        </Field>
        {draft.of === "metadata" && (
          <>
            <Field id={`${id}-key`} label={<span className="text-sm">{t("metadataKey")}</span>}>
              {(control) => (
                <Input
                  {...control}
                  {...(problemId && { "aria-describedby": problemId })}
                  value={draft.key}
                  onChange={(event) => onChange({ ...draft, key: event.target.value })}
                  maxLength={64}
                  autoCapitalize="none"
                  autoComplete="off"
                  spellCheck={false}
                />
              )}
            </Field>
            <Field id={`${id}-kind`} label={<span className="text-sm">{t("valueKind")}</span>}>
              {(control) => (
                <select
                  {...control}
                  value={draft.kind}
                  onChange={(event) => {
                    const kind = VALUE_KINDS.find((one) => one === event.target.value);
                    if (kind) onChange({ ...draft, kind, text: "" });
                  }}
                  className={inputStyle}
                >
                  {VALUE_KINDS.map((kind) => (
                    <option key={kind} value={kind}>
                      {t(`kind.${kind}`)}
                    </option>
                  ))}
                </select>
              )}
            </Field>
          </>
        )}
      </div>
      <div className="min-w-0">
        <Values
          id={id}
          draft={draft}
          roles={roles}
          onChange={(text) => onChange({ ...draft, text })}
          describedBy={problemId}
        />
        <ProblemText id={`${id}-problem`} rule={problem} />
      </div>
      <Button
        look="quiet"
        size="sm"
        className="w-9 px-0 max-sm:absolute max-sm:-top-2 max-sm:end-0 sm:mt-9"
        aria-label={t("removeCondition", { number, permission })}
        onClick={onRemove}
      >
        <X className="size-5 shrink-0" aria-hidden="true" />
      </Button>
    </div>
  );
}

/** The values: boxes to tick where they are known, one on each line where they are not. */
function Values({
  id,
  draft,
  roles,
  onChange,
  describedBy,
}: {
  id: string;
  draft: ConditionDraft;
  roles: readonly NamedRole[];
  onChange: (text: string) => void;
  describedBy: string | undefined;
}) {
  const t = useTranslations("rolesPage");
  const { nameOf } = useRoleWords(roles);
  const chosen = linesOf(draft.text);
  const options = () => {
    if (Array.isArray(draft.of)) {
      return draft.of.map((value: string) => ({ value, label: t(`value.${value as Option}`) }));
    }
    if (draft.of === "role") {
      // A role that is gone stays to be seen, and to be taken out.
      const gone = chosen.filter((slug) => !roles.some((role) => role.slug === slug));
      const slugs = [...roles.map(({ slug }) => slug), ...gone];
      return slugs.map((slug) => ({ value: slug, label: nameOf(slug) }));
    }
    if (draft.of === "boolean" || (draft.of === "metadata" && draft.kind === "boolean")) {
      return (["true", "false"] as const).map((value) => ({
        value: value as string,
        label: t(`value.${value}`),
      }));
    }
    return null;
  };
  const known = options();
  if (known) {
    return (
      <Choices
        id={`${id}-values`}
        legend={t("values")}
        options={known}
        chosen={chosen}
        describedBy={describedBy}
        onChange={(value, on) => {
          const kept = chosen.filter((one) => one !== value);
          onChange((on ? [...kept, value] : kept).join("\n"));
        }}
      />
    );
  }
  return (
    <Field
      id={`${id}-values`}
      label={<span className="text-sm">{t("values")}</span>}
      hint={t("valuesHint")}
    >
      {(control) => (
        <textarea
          {...control}
          aria-describedby={[`${id}-values-hint`, describedBy].filter(Boolean).join(" ")}
          rows={Math.min(8, Math.max(2, draft.text.split("\n").length))}
          value={draft.text}
          onChange={(event) => onChange(event.target.value)}
          autoCapitalize="none"
          autoComplete="off"
          spellCheck={false}
          className={`${inputStyle} h-auto py-2`}
        />
      )}
    </Field>
  );
}
