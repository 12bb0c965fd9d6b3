import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Field } from "../ui/field";
import { Input } from "../ui/input";
import type { FactorDraft } from "./factor-draft";

/** Whether a role requires a second factor, and after how many days. The days are hidden by the style sheet alone. */
export function FactorFields({
  draft,
  onChange,
  error,
  children,
}: {
  draft: FactorDraft;
  onChange: (draft: FactorDraft) => void;
  error?: string | undefined;
  /** How many have none yet. */
  children?: ReactNode;
}) {
  const t = useTranslations("rolesPage.factor");
  return (
    <section aria-labelledby="second-factor" className="group">
      <h2 id="second-factor" className="text-xl font-semibold">
        {t("title")}
      </h2>
      <p className="mt-1 mb-4 max-w-[70ch] text-soft text-pretty">{t("intro")}</p>
      <label className="inline-flex min-h-11 items-center gap-2 rounded border border-edge bg-surface px-3 py-1.5 hover:border-ink has-checked:border-ink has-checked:bg-sunken">
        <input
          type="checkbox"
          name="secondFactor"
          checked={draft.required}
          onChange={(event) => onChange({ ...draft, required: event.target.checked })}
          className="size-4 shrink-0 accent-ink"
        />
        {t("require")}
      </label>
      <div className="mt-4 hidden max-w-md group-has-checked:block">
        <Field id="graceDays" label={t("days")} hint={t("daysHint")} error={error}>
          {(control) => (
            <Input
              {...control}
              name="graceDays"
              inputMode="numeric"
              maxLength={3}
              value={draft.days}
              onChange={(event) => onChange({ ...draft, days: event.target.value })}
              autoComplete="off"
              className="max-w-24 tabular-nums"
            />
          )}
        </Field>
      </div>
      {children}
    </section>
  );
}
