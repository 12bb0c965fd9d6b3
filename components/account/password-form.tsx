"use client";

import { useTranslations } from "next-intl";
import { useActionState, useState } from "react";
import type { Rule } from "@/lib/users/schema";
import { PasswordGuide } from "../password/password-guide";
import { PasswordInput } from "../password/password-input";
import type { PasswordWords } from "../password/password-words";
import { ErrorSummary } from "../ui/error-summary";
import { Field } from "../ui/field";
import { Notice } from "../ui/notice";
import { SubmitButton } from "../ui/submit-button";
import { type WaitReason, waitText } from "../wait-text";

const FIELDS = ["current", "next"] as const;

/** What the server said to the last attempt that did not succeed. */
export type PasswordState =
  | { kind: "idle" }
  | { kind: "problems"; problems: { field: string; rule: Rule | "wrongPassword" }[] }
  | { kind: "wait"; reason: WaitReason; retryAfter: number };

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
  const waiting = useTranslations("waiting");
  const [state, send] = useActionState(change, { kind: "idle" });
  const [next, setNext] = useState("");

  const problems = FIELDS.flatMap((id) => {
    const found = state.kind === "problems" && state.problems.find(({ field }) => field === id);
    if (!found) return [];
    const text =
      found.rule === "wrongPassword" ? t("wrongPassword") : rules(found.rule, { min: minLength });
    return [{ id, label: t(id), text }];
  });
  const errorOf = (id: string) => problems.find((problem) => problem.id === id)?.text;

  return (
    <form action={send} onSubmit={() => setNext("")} noValidate className="max-w-md space-y-6">
      {state.kind === "wait" && (
        <Notice tone="danger" role="alert">
          {waitText(waiting, state.reason, state.retryAfter)}
        </Notice>
      )}
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
