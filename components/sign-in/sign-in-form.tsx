"use client";

import { useActionState, useEffect, useRef } from "react";
import { PasswordInput } from "../password/password-input";
import type { PasswordToggleWords } from "../password/password-words";
import { Field } from "../ui/field";
import { Input } from "../ui/input";
import { Notice } from "../ui/notice";
import { SubmitButton } from "../ui/submit-button";

/** What the server said to the last attempt, in the reader's language. */
export type SignInState = { message: string | null; email: string };

/** E-mail and password. One answer for every failure; the e-mail stays, the password goes. */
export function SignInForm({
  signIn,
  next,
  words,
}: {
  signIn: (before: SignInState, form: FormData) => Promise<SignInState>;
  next: string;
  words: Record<"email" | "password" | "submit" | "submitting", string> & {
    toggle: PasswordToggleWords;
  };
}) {
  const [state, send] = useActionState(signIn, { message: null, email: "" });
  const notice = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (state.message !== null) notice.current?.focus();
  }, [state]);
  return (
    <form action={send} className="mt-8 max-w-sm space-y-6">
      {state.message !== null && (
        <Notice ref={notice} tone="danger" role="alert" tabIndex={-1}>
          {state.message}
        </Notice>
      )}
      <input type="hidden" name="next" value={next} />
      <Field id="email" label={words.email}>
        {(field) => (
          <Input
            {...field}
            name="email"
            type="email"
            required
            defaultValue={state.email}
            autoComplete="username"
            autoCapitalize="none"
            spellCheck={false}
          />
        )}
      </Field>
      <Field id="password" label={words.password}>
        {(field) => (
          <PasswordInput
            {...field}
            name="password"
            required
            autoComplete="current-password"
            words={words.toggle}
          />
        )}
      </Field>
      <SubmitButton working={words.submitting} className="w-full">
        {words.submit}
      </SubmitButton>
    </form>
  );
}
