"use client";

import type { ReactNode } from "react";
import { FormRefusal } from "../form/form-refusal";
import { problemsOf } from "../form/problems-of";
import { useScriptSent } from "../form/use-script-sent";
import { ErrorSummary } from "../ui/error-summary";
import { SubmitButton } from "../ui/submit-button";
import { SettingField, type SettingFieldOf } from "./setting-field";
import type { SettingsFormState } from "./settings-form-state";
import type { SettingsWords } from "./settings-words";

/** A few settings that are saved together. Those that the environment fixes are shown, and not sent. */
export function SettingsForm({
  save,
  etag,
  fields,
  words,
  children,
}: {
  save: (before: SettingsFormState, form: FormData) => Promise<SettingsFormState>;
  etag: string;
  fields: readonly SettingFieldOf[];
  words: SettingsWords;
  /** Below the fields. */
  children?: ReactNode;
}) {
  const { state, send, sending, submit } = useScriptSent(save, { kind: "idle" });
  const { problems, errorOf } = problemsOf(
    state,
    fields.map(({ name }) => name),
    (name) => fields.find((field) => field.name === name)?.label ?? name,
    (rule) => words.rules[rule],
  );
  return (
    <form action={send} noValidate className="max-w-md space-y-6" onSubmit={submit()}>
      <input type="hidden" name="etag" value={etag} />
      <FormRefusal state={state} words={(reason) => words.refused[reason]} />
      <ErrorSummary problems={problems} attempt={state} headlines={words.summary} />
      {fields.map((field) => (
        <SettingField key={field.name} field={field} error={errorOf(field.name)} />
      ))}
      {children}
      {fields.some(({ fixed }) => fixed === null) && (
        <SubmitButton
          look="secondary"
          working={words.saving}
          pending={sending}
          className="min-w-36"
        >
          {words.save}
        </SubmitButton>
      )}
    </form>
  );
}
