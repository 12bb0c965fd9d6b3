"use client";

import { type ReactNode, useCallback, useEffect, useMemo, useState } from "react";
import { PRODUCT } from "@/product";
import { AddressNotice } from "../address/address-notice";
import { DoorFrame } from "../door-frame";
import { serverErrors } from "../form/server-errors";
import { useLazyForm } from "../form/use-lazy-form";
import { useScriptSent } from "../form/use-script-sent";
import { NamePlate } from "../name-plate";
import { Alert } from "../ui/alert";
import { Button } from "../ui/button";
import { ErrorSummary } from "../ui/error-summary";
import { Field } from "../ui/field";
import { Input } from "../ui/input";
import { SubmitButton } from "../ui/submit-button";
import { useTokenFromLink } from "../use-token-from-link";
import { AdministratorFields } from "./administrator-fields";
import type { ClaimAction, ClaimState, SetupField, SetupRule } from "./claim-state";
import type { SetupWords, StepName } from "./setup-words";
import { Step } from "./step";
import { StepList } from "./step-list";
import { useStep } from "./use-step";
import { useTokenTrial } from "./use-token-trial";

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
  const { state, send, sending, submit } = useScriptSent(claim, { kind: "idle" });
  const [step, go] = useStep(steps);
  const [arrived, setArrived] = useState(false);
  /** The step of each attempt to go on that failed. Errors are told from the first one on, not while typing. */
  const [failures, setFailures] = useState<StepName[]>([]);
  const fail = useCallback((at: StepName) => setFailures((before) => [...before, at]), []);

  const trial = useTokenTrial(claim);
  /** What the server said about the token alone, until it says more. */
  const [tried, setTried] = useState<{ after: ClaimState; answer: ClaimState }>();
  const said = tried?.after === state ? tried.answer : state;

  const tokenNeeded = steps.includes("token");
  const shown = { ...typed(state), password: "", setupToken: "" };
  const form = useLazyForm<Record<SetupField, string>>({
    make: async () => (await import("./wizard-form")).wizardForm(minLength, tokenNeeded, shown),
    told: useMemo(() => serverErrors(state), [state]),
    shown,
  });
  const { write } = form;
  const fromLink = useTokenFromLink(
    useCallback((token: string) => write("setupToken", token), [write]),
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

  const told = (name: StepName) =>
    failures.length === 0 ? state.kind === "problems" : failures.includes(name);
  const errorOf = (field: SetupField) => {
    const rule = form.errors[field]?.message as SetupRule | undefined;
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
  const tokenFits = async () => {
    const answer = await trial.ask(form.read("setupToken").trim());
    setTried(answer ? { after: state, answer } : undefined);
    if (answer === null) return true;
    const rule = answer.kind === "problems" ? answer.problems[0]?.rule : undefined;
    if (rule) await form.tell("setupToken", rule);
    fail("token");
    return false;
  };
  /** Goes on to the next step; behind the last one there is what to send. */
  const advance = async () => {
    const next = steps[index + 1];
    const wrong = await form.check(next ? FIELDS[step] : steps.flatMap((name) => FIELDS[name]));
    if (wrong.length === 0) {
      if (step !== "token" || (await tokenFits())) {
        move(next);
        return !next;
      }
      return false;
    }
    const to = wrong.includes("setupToken") ? "token" : step;
    go(to);
    fail(to);
    return false;
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
              {...form.field("setupToken")}
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
      plate={<NamePlate name={PRODUCT.name} mark={null} claimed={false} size="size-7" />}
      preferences={preferences}
      aside={<StepList names={words.stepNames} current={index} words={words.stepList} />}
    >
      <h1 className="sr-only">{words.title}</h1>
      <AddressNotice className="mb-10" />
      <form action={send} onSubmit={submit(advance)} {...form.events} noValidate>
        <div className="mb-8 empty:hidden">
          {said.kind === "refused" && <Alert attempt={said}>{said.message}</Alert>}
          {said.kind === "alreadySetUp" && <Alert attempt={said}>{alreadySetUp}</Alert>}
          <ErrorSummary problems={problems} attempt={failures} headlines={words.summary} />
        </div>
        <div>
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
        <div className="mt-10 flex flex-wrap gap-3">
          <SubmitButton
            working={step === "token" ? words.checkingToken : words.creating}
            pending={sending || trial.trying}
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

function typed(state: ClaimState) {
  return state.kind === "idle" ? { name: "", email: "" } : state.typed;
}
