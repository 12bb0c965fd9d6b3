"use client";

import {
  type ReactNode,
  startTransition,
  useActionState,
  useCallback,
  useEffect,
  useRef,
  useState,
} from "react";
import { problemsOf } from "../form/problems-of";
import { Message } from "../message";
import { PasswordGuide } from "../password/password-guide";
import { PasswordInput } from "../password/password-input";
import { buttonStyle } from "../ui/button-style";
import { ErrorSummary } from "../ui/error-summary";
import { Field } from "../ui/field";
import { Input } from "../ui/input";
import { Notice } from "../ui/notice";
import { Spinner } from "../ui/spinner";
import { SubmitButton } from "../ui/submit-button";
import { useTokenFromLink } from "../use-token-from-link";
import type { JoinAction, JoinState } from "./join-state";
import type { JoinWords } from "./join-words";

/**
 * Where a link ends: takes the token out of the address, asks the server what it is for, then for a password.
 * Without JavaScript the link is pasted, and all else is the same.
 */
export function JoinForm({
  join,
  minLength,
  words,
}: {
  join: JoinAction;
  minLength: number;
  words: JoinWords;
}) {
  const [state, send, sending] = useActionState(join, { kind: "idle" });
  // Nobody but a script can see whether there is a token in the address.
  const [looked, setLooked] = useState(false);
  const fromLink = useTokenFromLink(
    useCallback(
      (token: string) => {
        const form = new FormData();
        form.set("token", token);
        startTransition(() => send(form));
      },
      [send],
    ),
  );
  useEffect(() => setLooked(true), []);

  switch (state.kind) {
    case "open":
      return <PasswordStep {...{ state, send, minLength, words }} key={state.token} />;
    case "waiting":
      return (
        <Arrival attempt={state}>
          <Message title={words.waitingTitle} text={words.waitingText}>
            <a href="/login" className={buttonStyle()}>
              {words.signIn}
            </a>
          </Message>
        </Arrival>
      );
    case "dead":
      return (
        <Arrival attempt={state}>
          <Message title={words.deadTitle} text={words.deadText}>
            <div className="flex flex-wrap gap-3">
              {/* Not Links: the page begins anew. */}
              <a href="/join" className={buttonStyle()}>
                {words.deadAgain}
              </a>
              <a href="/login" className={buttonStyle({ look: "quiet" })}>
                {words.signIn}
              </a>
            </div>
          </Message>
        </Arrival>
      );
    default: {
      const opening = !looked || (fromLink && sending);
      return (
        <>
          {opening && (
            <p role="status" className="flex items-center gap-3 text-lg text-soft noscript:hidden">
              <Spinner />
              {words.opening}
            </p>
          )}
          <div className={opening ? "hidden noscript:block" : ""}>
            <PasteStep {...{ state, send, words }} />
          </div>
        </>
      );
    }
  }
}

/** Takes the focus when it appears, so that who cannot see the page hears what came of the link. */
function Arrival({ attempt, children }: { attempt: unknown; children: ReactNode }) {
  const here = useRef<HTMLDivElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: each answer takes the focus again
  useEffect(() => here.current?.focus(), [attempt]);
  return (
    <div ref={here} tabIndex={-1}>
      {children}
    </div>
  );
}

function PasteStep({
  state,
  send,
  words,
}: {
  state: JoinState & { kind: "idle" | "wait" };
  send: (form: FormData) => void;
  words: JoinWords;
}) {
  return (
    <>
      <h1 className="text-2xl font-semibold">{words.pasteTitle}</h1>
      <p className="mt-3 text-lg text-soft text-pretty">{words.pasteIntro}</p>
      <form action={send} className="mt-8 max-w-md space-y-6">
        {state.kind === "wait" && (
          <Arrival attempt={state}>
            <Notice tone="danger" role="alert">
              {state.message}
            </Notice>
          </Arrival>
        )}
        <Field id="token" label={words.code}>
          {(field) => (
            <Input
              {...field}
              name="token"
              required
              defaultValue={state.kind === "wait" ? state.token : ""}
              maxLength={1_000}
              data-secret=""
              autoComplete="off"
              autoCapitalize="none"
              spellCheck={false}
              className="font-mono"
            />
          )}
        </Field>
        <SubmitButton working={words.continuing} className="min-w-40">
          {words.continue}
        </SubmitButton>
      </form>
    </>
  );
}

function PasswordStep({
  state,
  send,
  minLength,
  words,
}: {
  state: JoinState & { kind: "open" };
  send: (form: FormData) => void;
  minLength: number;
  words: JoinWords;
}) {
  const invited = state.purpose !== "passwordReset";
  const forMany = state.purpose === "many";
  const [email, setEmail] = useState(state.email);
  const [name, setName] = useState(state.name);
  const [password, setPassword] = useState("");
  const { problems, errorOf } = problemsOf(
    state,
    ["email", "name", "password"],
    (field) => words[field],
    (rule) => words.rules[rule] ?? words.rules.invalid,
  );
  return (
    <>
      <Arrival attempt={state.token}>
        <h1 className="text-2xl font-semibold text-balance wrap-anywhere">{state.title}</h1>
        <p className="mt-3 text-lg text-soft text-pretty wrap-anywhere">{state.intro}</p>
      </Arrival>
      <form
        action={send}
        // React empties a form after its action; what is judged follows.
        onReset={() => {
          setEmail(state.email);
          setName(state.name);
          setPassword("");
        }}
        noValidate
        className="mt-8 max-w-md space-y-6"
      >
        {state.otherAccount && <Notice tone="warning">{state.otherAccount}</Notice>}
        {state.message && (
          <Arrival attempt={state}>
            <Notice tone="danger" role="alert">
              {state.message}
            </Notice>
          </Arrival>
        )}
        <ErrorSummary problems={problems} attempt={state} headlines={words.summary} />
        <input type="hidden" name="step" value="password" />
        <input type="hidden" name="token" value={state.token} />
        {forMany ? (
          <Field
            id="email"
            label={words.email}
            hint={state.emailHint ?? undefined}
            error={errorOf("email")}
          >
            {(field) => (
              <Input
                {...field}
                name="email"
                type="email"
                defaultValue={state.email}
                autoComplete="username"
                autoCapitalize="none"
                spellCheck={false}
                onChange={(event) => setEmail(event.target.value)}
              />
            )}
          </Field>
        ) : (
          // For password managers: whose password this is.
          <input type="text" autoComplete="username" value={state.email} readOnly hidden />
        )}
        {invited && (
          <Field id="name" label={words.name} hint={words.nameHint} error={errorOf("name")}>
            {(field) => (
              <Input
                {...field}
                name="name"
                defaultValue={state.name}
                autoComplete="name"
                onChange={(event) => setName(event.target.value)}
              />
            )}
          </Field>
        )}
        <div>
          <Field id="password" label={words.password} error={errorOf("password")}>
            {(field) => (
              <PasswordInput
                {...field}
                name="password"
                autoComplete="new-password"
                words={words.guide.toggle}
                onChange={(event) => setPassword(event.target.value)}
              />
            )}
          </Field>
          <PasswordGuide {...{ name, password, minLength }} email={email} words={words.guide} />
        </div>
        <div className="space-y-4">
          <SubmitButton working={invited ? words.joining : words.resetting} className="min-w-40">
            {invited ? words.join : words.reset}
          </SubmitButton>
          <p className="text-sm text-soft">{state.until}</p>
        </div>
      </form>
    </>
  );
}
