"use client";

import { useTranslations } from "next-intl";
import { useActionState } from "react";
import { PasswordInput } from "../password/password-input";
import type { PasswordToggleWords } from "../password/password-words";
import { Field } from "../ui/field";
import { Notice } from "../ui/notice";
import { SubmitButton } from "../ui/submit-button";
import { type WaitReason, waitText } from "../wait-text";

export type ConfirmState =
  | { kind: "idle" | "wrongPassword" }
  | { kind: "wait"; reason: WaitReason; retryAfter: number };

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
  const waiting = useTranslations("waiting");
  const [state, send] = useActionState(confirm, { kind: "idle" });
  return (
    <form action={send} className="mt-8 max-w-sm space-y-6">
      {state.kind === "wait" && (
        <Notice tone="danger" role="alert">
          {waitText(waiting, state.reason, state.retryAfter)}
        </Notice>
      )}
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
