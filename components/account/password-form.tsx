"use client";

import { useTranslations } from "next-intl";
import { useActionState, useState } from "react";
import type { Rule } from "@/lib/users/schema";
import { FormRefusal } from "../form/form-refusal";
import type { Problems, Refused } from "../form/form-state";
import { problemsOf } from "../form/problems-of";
import { PasswordGuide } from "../password/password-guide";
import { PasswordInput } from "../password/password-input";
import type { PasswordWords } from "../password/password-words";
import { ErrorSummary } from "../ui/error-summary";
import { Field } from "../ui/field";
import { SubmitButton } from "../ui/submit-button";

const FIELDS = ["current", "next"] as const;

/** What the server said to the last attempt that did not succeed. */
export type PasswordState = { kind: "idle" } | Problems<Rule | "wrongPassword"> | Refused;

/** Changes one's own password; asks for the current one. */
export function PasswordForm({
  change,
  person,
  minLength,
  words,
  headlines,
}: {
  change: (before: PasswordState, form: FormData) => Promise<PasswordState>;
  person: { name: string; email: string };
  minLength: number;
  words: PasswordWords;
  headlines: readonly string[];
}) {
  const t = useTranslations("accountPage");
  const rules = useTranslations("rules");
  const [state, send] = useActionState(change, { kind: "idle" });
  const [next, setNext] = useState("");

  const { problems, errorOf } = problemsOf(state, FIELDS, t, (rule) =>
    rule === "wrongPassword" ? t(rule) : rules(rule, { min: minLength }),
  );

  return (
    <form action={send} onSubmit={() => setNext("")} noValidate className="max-w-md space-y-6">
      <FormRefusal state={state} />
      <ErrorSummary problems={problems} attempt={state} headlines={headlines} />
      {/* For password managers: whose password this is. */}
      <input type="text" autoComplete="username" value={person.email} readOnly hidden />
      <Field id="current" label={t("current")} error={errorOf("current")}>
        {(field) => (
          <PasswordInput
            {...field}
            name="current"
            autoComplete="current-password"
            words={words.toggle}
          />
        )}
      </Field>
      <div>
        <Field id="next" label={t("next")} error={errorOf("next")}>
          {(field) => (
            <PasswordInput
              {...field}
              name="next"
              autoComplete="new-password"
              words={words.toggle}
              onChange={(event) => setNext(event.target.value)}
            />
          )}
        </Field>
        <PasswordGuide {...person} password={next} minLength={minLength} words={words} />
      </div>
      <SubmitButton working={t("changing")} className="min-w-40">
        {t("change")}
      </SubmitButton>
    </form>
  );
}
