"use client";

import { Fragment, type ReactNode, useActionState, useEffect, useRef } from "react";
import { PasswordInput } from "../password/password-input";
import type { PasswordToggleWords } from "../password/password-words";
import { Field } from "../ui/field";
import { Input } from "../ui/input";
import { Notice } from "../ui/notice";
import { SubmitButton } from "../ui/submit-button";
import { textLinkStyle } from "../ui/text-link-style";
import { PasskeyButton, type PasskeySignIn } from "./passkey-button";
import { useCountdown } from "./use-countdown";

/**
 * What the server said to the last attempt, in the reader's language, and what was typed that may be shown again. With
 * a `ticket` the proof was right and a code is asked for.
 */
export type SignInState = {
  message: string | null;
  by: string;
  typed: Record<string, string>;
  ticket: string | null;
  /** In how many seconds it may be tried again, where it has to be waited for. */
  retryAfter: number | null;
};

/** A way of signing in (lib/sessions/providers) in the reader's language. */
type WayIn =
  | {
      kind: "form";
      by: string;
      fields: {
        name: string;
        label: string;
        type: "text" | "email" | "password";
        autoComplete: string;
      }[];
      submit: string;
    }
  | { kind: "passkeyButton"; by: string };

const NOTHING_SAID: SignInState = {
  message: null,
  by: "",
  typed: {},
  ticket: null,
  retryAfter: null,
};

/** Minutes and seconds, as on a clock. */
const clock = (seconds: number) =>
  `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;

/**
 * A form or a button for each way of signing in, then a code where the account has a second factor. One answer for every
 * failure; what was typed stays, but for passwords.
 */
export function SignInForm({
  ways,
  signIn,
  passkey,
  next,
  words,
}: {
  ways: WayIn[];
  signIn: (before: SignInState, form: FormData) => Promise<SignInState>;
  passkey: PasskeySignIn;
  next: string;
  words: Record<
    | "submitting"
    | "again"
    | "mayTryAgain"
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
  const [state, send, sending] = useActionState(signIn, NOTHING_SAID);
  const { left, release } = useCountdown(state);
  const notice = useRef<HTMLDivElement>(null);
  const code = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (state.message !== null) notice.current?.focus();
    else if (state.ticket !== null) code.current?.focus();
  }, [state]);
  const form = (children: ReactNode, submit: string, said: boolean) => (
    <form action={send} className="mt-8 max-w-sm space-y-6">
      {said && state.message !== null && (
        <Notice ref={notice} tone={left === 0 ? "ok" : "danger"} role="alert" tabIndex={-1}>
          {left === 0 ? words.mayTryAgain : state.message}
        </Notice>
      )}
      <input type="hidden" name="next" value={next} />
      {children}
      <SubmitButton
        working={words.submitting}
        className="w-full"
        held={said && left ? words.again.replace("%time%", clock(left)) : null}
      >
        {submit}
      </SubmitButton>
      {state.ticket !== null && (
        <p>
          {/* A new document: this one keeps what was begun. */}
          <a href="/login" className={textLinkStyle}>
            {words.startAgain}
          </a>
        </p>
      )}
    </form>
  );
  const firstStep = ({ by, fields, submit }: WayIn & { kind: "form" }, isFirst: boolean) =>
    form(
      <>
        <input type="hidden" name="by" value={by} />
        {fields.map(({ name, label, type, autoComplete }, place) => (
          <Field key={name} id={isFirst ? name : `${by}-${name}`} label={label}>
            {(field) =>
              type === "password" ? (
                <PasswordInput
                  {...field}
                  name={name}
                  required
                  autoComplete={autoComplete}
                  words={words.toggle}
                />
              ) : (
                <Input
                  {...field}
                  name={name}
                  type={type}
                  required
                  defaultValue={state.by === by ? state.typed[name] : ""}
                  autoFocus={isFirst && place === 0 && state.message === null}
                  // What is waited for is about this account, perhaps not about another one.
                  onInput={release}
                  autoComplete={autoComplete}
                  autoCapitalize="none"
                  spellCheck={false}
                />
              )
            }
          </Field>
        ))}
      </>,
      submit,
      state.by === by || (state.by === "" && isFirst),
    );
  const secondStep = (ticket: string) =>
    form(
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
      </>,
      words.codeSubmit,
      true,
    );
  return (
    <>
      {state.ticket !== null && secondStep(state.ticket)}
      {ways.map((way, i) =>
        way.kind === "passkeyButton" ? (
          <PasskeyButton
            key={way.by}
            passkey={passkey}
            offered={state.ticket === null && !sending}
            next={next}
            words={words}
          />
        ) : (
          state.ticket === null && <Fragment key={way.by}>{firstStep(way, i === 0)}</Fragment>
        ),
      )}
    </>
  );
}
