"use client";

import { useActionState, useEffect, useRef } from "react";
import { PasswordInput } from "../password/password-input";
import type { PasswordToggleWords } from "../password/password-words";
import { Field } from "../ui/field";
import { Input } from "../ui/input";
import { Notice } from "../ui/notice";
import { SubmitButton } from "../ui/submit-button";
import { TextLink } from "../ui/text-link";
import { PasskeyButton, type PasskeySignIn } from "./passkey-button";

/**
 * What the server said to the last attempt, in the reader's language. With a `ticket` the password was right and
 * a code is asked for.
 */
export type SignInState = { message: string | null; email: string; ticket: string | null };

/**
 * E-mail and password, then a code where the account has a second factor. One answer for every failure; the
 * e-mail stays, the password goes.
 */
export function SignInForm({
  signIn,
  passkey,
  next,
  words,
}: {
  signIn: (before: SignInState, form: FormData) => Promise<SignInState>;
  passkey: PasskeySignIn;
  next: string;
  words: Record<
    | "email"
    | "password"
    | "submit"
    | "submitting"
    | "codeText"
    | "code"
    | "codeSubmit"
    | "startAgain"
    | "passkey"
    | "passkeyFailed",
    string
  > & {
    toggle: PasswordToggleWords;
  };
}) {
  const [state, send] = useActionState(signIn, { message: null, email: "", ticket: null });
  const notice = useRef<HTMLDivElement>(null);
  const code = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (state.message !== null) notice.current?.focus();
    else if (state.ticket !== null) code.current?.focus();
  }, [state]);
  const credentials = (
    <>
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
    </>
  );
  const secondStep = (ticket: string) => (
    <>
      <p>{words.codeText}</p>
      <input type="hidden" name="ticket" value={ticket} />
      <Field id="code" label={words.code}>
        {(field) => (
          <Input
            {...field}
            ref={code}
            name="code"
            required
            data-secret=""
            autoComplete="one-time-code"
            autoCapitalize="none"
            spellCheck={false}
            maxLength={100}
            className="tabular-nums"
          />
        )}
      </Field>
    </>
  );
  return (
    <>
      <form action={send} className="mt-8 max-w-sm space-y-6">
        {state.message !== null && (
          <Notice ref={notice} tone="danger" role="alert" tabIndex={-1}>
            {state.message}
          </Notice>
        )}
        <input type="hidden" name="next" value={next} />
        {state.ticket === null ? credentials : secondStep(state.ticket)}
        <SubmitButton working={words.submitting} className="w-full">
          {state.ticket === null ? words.submit : words.codeSubmit}
        </SubmitButton>
        {state.ticket !== null && (
          <p>
            <TextLink href="/login">{words.startAgain}</TextLink>
          </p>
        )}
      </form>
      <PasskeyButton passkey={passkey} next={next} words={words} />
    </>
  );
}
