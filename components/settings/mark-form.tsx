"use client";

import { type FormEvent, type ReactNode, useState } from "react";
import { FormRefusal } from "../form/form-refusal";
import { problemsOf } from "../form/problems-of";
import { useScriptSent } from "../form/use-script-sent";
import { ErrorSummary } from "../ui/error-summary";
import { Field } from "../ui/field";
import { SubmitButton } from "../ui/submit-button";
import type { SettingsFormState } from "./settings-form-state";
import type { SettingsWords } from "./settings-words";

const TOO_LARGE: SettingsFormState = {
  kind: "problems",
  problems: [{ field: "mark", rule: "imageTooLarge" }],
};

/** The image that stands for the installation: shown as it is, chosen anew, or taken away. */
export function MarkForm({
  plate,
  save,
  etag,
  types,
  maxBytes,
  removable,
  words,
}: {
  plate: ReactNode;
  save: (before: SettingsFormState, form: FormData) => Promise<SettingsFormState>;
  etag: string;
  types: readonly string[];
  /** What the server takes at most: a larger one is not sent. */
  maxBytes: number;
  removable: boolean;
  words: SettingsWords & { label: string; hint: string; remove: string; removing: string };
}) {
  const { state, send, sending, submit } = useScriptSent(save, { kind: "idle" });
  const [unsent, setUnsent] = useState<SettingsFormState | null>(null);
  const told = unsent ?? state;
  const { problems, errorOf } = problemsOf(
    told,
    ["mark"],
    () => words.label,
    (rule) => words.rules[rule],
    () => "mark-file",
  );
  const judge = (event: FormEvent<HTMLFormElement>) => {
    const file = new FormData(event.currentTarget).get("mark");
    const large = file instanceof File && file.size > maxBytes;
    setUnsent(large ? TOO_LARGE : null);
    if (large) event.preventDefault();
    else void submit()(event);
  };
  return (
    <div className="max-w-md space-y-6">
      <p className="flex items-center gap-3 text-lg font-semibold">{plate}</p>
      <form action={send} noValidate className="space-y-6" onSubmit={judge}>
        <input type="hidden" name="etag" value={etag} />
        <FormRefusal state={told} words={(reason) => words.refused[reason]} />
        <ErrorSummary problems={problems} attempt={told} headlines={words.summary} />
        <Field id="mark-file" label={words.label} hint={words.hint} error={errorOf("mark")}>
          {(control) => (
            <input
              {...control}
              type="file"
              name="mark"
              accept={types.join(",")}
              className="block w-full min-w-0 rounded border border-edge bg-surface p-2 text-sm file:me-3 file:rounded file:border-0 file:bg-sunken file:px-3 file:py-1.5 file:text-ink hover:border-ink"
            />
          )}
        </Field>
        <SubmitButton
          look="secondary"
          working={words.saving}
          pending={sending}
          className="min-w-36"
        >
          {words.save}
        </SubmitButton>
      </form>
      {removable && (
        <form action={send}>
          <input type="hidden" name="etag" value={etag} />
          <input type="hidden" name="remove" value="mark" />
          <SubmitButton look="quiet" size="sm" working={words.removing}>
            {words.remove}
          </SubmitButton>
        </form>
      )}
    </div>
  );
}
