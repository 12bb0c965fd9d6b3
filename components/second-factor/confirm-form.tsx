"use client";

import { useTranslations } from "next-intl";
import { useActionState } from "react";
import { FormRefusal } from "../form/form-refusal";
import type { Refused } from "../form/form-state";
import { PasswordInput } from "../password/password-input";
import type { PasswordToggleWords } from "../password/password-words";
import { Field } from "../ui/field";
import { SubmitButton } from "../ui/submit-button";

export type ConfirmState = { kind: "idle" | "wrongPassword" } | Refused;

/** The password once more, before something that matters. */
export function ConfirmForm({
  confirm,
  next,
  email,
  toggle,
}: {
  confirm: (before: ConfirmState, form: FormData) => Promise<ConfirmState>;
  /** Where to go on. */
  next: string;
  email: string;
  toggle: PasswordToggleWords;
}) {
  const t = useTranslations("secondFactor");
  const [state, send] = useActionState(confirm, { kind: "idle" });
  return (
    <form action={send} className="mt-8 max-w-sm space-y-6">
      <FormRefusal state={state} />
      <input type="hidden" name="next" value={next} />
      {/* For password managers: whose password this is. */}
      <input type="text" autoComplete="username" value={email} readOnly hidden />
      <Field
        id="password"
        label={t("password")}
        error={state.kind === "wrongPassword" ? t("wrongPassword") : undefined}
      >
        {(field) => (
          <PasswordInput
            {...field}
            name="password"
            required
            autoComplete="current-password"
            words={toggle}
          />
        )}
      </Field>
      <SubmitButton working={t("checking")} className="min-w-40">
        {t("continue")}
      </SubmitButton>
    </form>
  );
}
