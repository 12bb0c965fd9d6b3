"use client";

import {
  type FormEvent,
  type ReactNode,
  startTransition,
  useActionState,
  useCallback,
  useEffect,
  useMemo,
  useRef,
  useState,
} from "react";
import { type FieldErrors, type Resolver, useForm } from "react-hook-form";
import { AddressNotice } from "../address/wrong-address";
import { DoorFrame } from "../door-frame";
import { Button } from "../ui/button";
import { ErrorSummary } from "../ui/error-summary";
import { Field } from "../ui/field";
import { Input } from "../ui/input";
import { Notice } from "../ui/notice";
import { SubmitButton } from "../ui/submit-button";
import { useTokenFromLink } from "../use-token-from-link";
import { AdministratorFields } from "./administrator-fields";
import type { ClaimAction, ClaimState, SetupField, SetupRule } from "./claim-state";
import type { SetupWords, StepName } from "./setup-words";
import { Step } from "./step";
import { StepList } from "./step-list";
import { useStep } from "./use-step";

type SetupForm = Record<SetupField, string>;

const FIELDS: Record<StepName, SetupField[]> = {
  checks: [],
  token: ["setupToken"],
  administrator: ["name", "email", "password"],
};

/**
 * The first-run wizard. Sent by the server it is one form with one button; a script makes steps of it. Every
 * value stays in the form until the server has said yes.
 */
export function Wizard({
  claim,
  minLength,
  words,
  checks,
  tokenHelp,
  alreadySetUp,
  preferences,
}: {
  claim: ClaimAction;
  minLength: number;
  /** Its `steps` say which steps there are. */
  words: SetupWords;
  checks: ReactNode;
  tokenHelp: ReactNode;
  alreadySetUp: ReactNode;
  preferences: ReactNode;
}) {
  const steps = useMemo(() => words.steps.map(({ step }) => step), [words]);
  const [state, send, sending] = useActionState(claim, { kind: "idle" });
  const [step, go] = useStep(steps);
  const [arrived, setArrived] = useState(false);
  /** The step of each attempt to go on that failed. Errors are told from the first one on, not while typing. */
  const [failures, setFailures] = useState<StepName[]>([]);
  const fail = useCallback((at: StepName) => setFailures((before) => [...before, at]), []);

  const tokenNeeded = steps.includes("token");
  const form = useForm<SetupForm>({
    resolver: useMemo(() => lazyResolver(minLength, tokenNeeded), [minLength, tokenNeeded]),
    errors: useMemo(() => fieldErrors(state), [state]),
    defaultValues: { ...typed(state), password: "", setupToken: "" },
    mode: "onChange",
  });
  const { setValue } = form;
  const fromLink = useTokenFromLink(
    useCallback((token: string) => setValue("setupToken", token), [setValue]),
  );

  // The server's answer leads to the step it is about; the summary or the notice there takes the focus.
  useEffect(() => {
    if (state.kind === "idle") return;
    setArrived(false);
    const about = state.kind === "problems" && state.problems[0]?.field === "setupToken";
    const to = about ? "token" : "administrator";
    go(to);
    fail(to);
  }, [state, go, fail]);

  const { errors } = form.formState;
  const told = (name: StepName) =>
    failures.length === 0 ? state.kind === "problems" : failures.includes(name);
  const errorOf = (field: SetupField) => {
    const rule = errors[field]?.message as SetupRule | undefined;
    const at = field === "setupToken" ? "token" : "administrator";
    return rule && told(at) ? (words.rules[rule] ?? words.rules.invalid) : undefined;
  };
  // Sent without a script, the form comes back whole, and so does its summary.
  const summed = failures.length === 0 ? steps : [step];
  const problems = summed
    .flatMap((name) => FIELDS[name])
    .flatMap((id) => {
      const text = errorOf(id);
      return text ? [{ id, label: words.labels[id], text }] : [];
    });

  const index = steps.indexOf(step);
  const move = (to: StepName | undefined) => {
    if (!to) return;
    setArrived(true);
    go(to);
  };
  const advance = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    if (sending) return;
    const data = new FormData(event.currentTarget);
    const next = steps[index + 1];
    if (await form.trigger(next ? FIELDS[step] : undefined)) {
      if (next) return move(next);
      return startTransition(() => send(data));
    }
    const to = form.getFieldState("setupToken").invalid ? "token" : step;
    go(to);
    fail(to);
  };

  const fields: Record<StepName, ReactNode> = {
    checks,
    token: (
      <>
        <Field
          id="setupToken"
          label={words.labels.setupToken}
          hint={fromLink && words.tokenFromLink}
          error={errorOf("setupToken")}
        >
          {(field) => (
            <Input
              {...field}
              {...form.register("setupToken")}
              className="font-mono"
              data-secret=""
              autoComplete="off"
              autoCapitalize="none"
              autoCorrect="off"
              spellCheck={false}
            />
          )}
        </Field>
        {tokenHelp}
      </>
    ),
    administrator: (
      <AdministratorFields {...{ form, errorOf, minLength, words }} typed={typed(state)} />
    ),
  };

  return (
    <DoorFrame
      claimed={false}
      preferences={preferences}
      aside={<StepList names={words.stepNames} current={index} words={words.stepList} />}
    >
      <h1 className="sr-only">{words.title}</h1>
      <AddressNotice className="mb-10" />
      <form action={send} onSubmit={advance} noValidate>
        <div className="mb-8 empty:hidden">
          {state.kind === "refused" && <Refusal state={state}>{state.message}</Refusal>}
          {state.kind === "alreadySetUp" && <Refusal state={state}>{alreadySetUp}</Refusal>}
          <ErrorSummary problems={problems} attempt={failures} headlines={words.summary} />
        </div>
        <div className="grid noscript:block">
          {words.steps.map((stepWords) => (
            <Step
              key={stepWords.step}
              active={stepWords.step === step}
              arrived={arrived}
              words={stepWords}
            >
              {fields[stepWords.step]}
            </Step>
          ))}
        </div>
        <div className="mt-10 flex gap-3">
          <SubmitButton
            working={words.creating}
            pending={sending}
            className="max-sm:flex-1 sm:min-w-56"
          >
            {step === "administrator" ? (
              words.create
            ) : (
              <>
                <span className="noscript:hidden">{words.continue}</span>
                <span className="hidden noscript:inline">{words.create}</span>
              </>
            )}
          </SubmitButton>
          {index > 0 && (
            <Button look="quiet" onClick={() => move(steps[index - 1])}>
              {words.back}
            </Button>
          )}
        </div>
      </form>
    </DoorFrame>
  );
}

/** Why the server did not even look at the form. */
function Refusal({ state, children }: { state: ClaimState; children: ReactNode }) {
  const notice = useRef<HTMLDivElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: each answer takes the focus again
  useEffect(() => notice.current?.focus(), [state]);
  return (
    <Notice ref={notice} tone="danger" role="alert" tabIndex={-1}>
      {children}
    </Notice>
  );
}

/** zod is large, and nothing needs it before the first field is filled in. */
function lazyResolver(minLength: number, tokenNeeded: boolean): Resolver<SetupForm> {
  return async (...form) => {
    const rules = await import("./wizard-resolver").catch(() => null);
    // The server of another build has no such script, and rules of its own that count anyway.
    return (
      rules?.wizardResolver(minLength, tokenNeeded)(...form) ?? { values: form[0], errors: {} }
    );
  };
}

function typed(state: ClaimState) {
  return state.kind === "idle" ? { name: "", email: "" } : state.typed;
}

function fieldErrors(state: ClaimState): FieldErrors<SetupForm> {
  if (state.kind !== "problems") return {};
  // The first problem of each field is the one told.
  const lastFirst = [...state.problems].reverse();
  return Object.fromEntries(
    lastFirst.map(({ field, rule }) => [field, { type: "server", message: rule }]),
  );
}
