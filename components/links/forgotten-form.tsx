"use client";

import { useActionState, useEffect, useRef } from "react";
import { Field } from "../ui/field";
import { Input } from "../ui/input";
import { Notice } from "../ui/notice";
import { SubmitButton } from "../ui/submit-button";

export type ForgottenState =
  | { kind: "idle" }
  /** Whatever the address, this is what is said. */
  | { kind: "asked"; text: string }
  | { kind: "again"; email: string; message: string };

/** One field: where the link to a new password is to be sent. */
export function ForgottenForm({
  ask,
  words,
}: {
  ask: (before: ForgottenState, form: FormData) => Promise<ForgottenState>;
  words: Record<"email" | "submit" | "submitting", string>;
}) {
  const [state, send] = useActionState(ask, { kind: "idle" });
  const notice = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (state.kind !== "idle") notice.current?.focus();
  }, [state]);
  if (state.kind === "asked") {
    return (
      <div className="mt-8 max-w-md">
        <Notice ref={notice} tone="ok" role="status" tabIndex={-1}>
          {state.text}
        </Notice>
      </div>
    );
  }
  return (
    <form action={send} className="mt-8 max-w-sm space-y-6">
      {state.kind === "again" && (
        <Notice ref={notice} tone="danger" role="alert" tabIndex={-1}>
          {state.message}
        </Notice>
      )}
      <Field id="email" label={words.email}>
        {(field) => (
          <Input
            {...field}
            name="email"
            type="email"
            required
            defaultValue={state.kind === "again" ? state.email : ""}
            autoComplete="username"
            autoCapitalize="none"
            spellCheck={false}
          />
        )}
      </Field>
      <SubmitButton working={words.submitting} className="w-full">
        {words.submit}
      </SubmitButton>
    </form>
  );
}
