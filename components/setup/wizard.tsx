"use client";

import { useTranslations } from "next-intl";
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
import { DoorFrame } from "../door-frame";
import { Button } from "../ui/button";
import { ErrorSummary } from "../ui/error-summary";
import { Notice } from "../ui/notice";
import { SubmitButton } from "../ui/submit-button";
import { TextLink } from "../ui/text-link";
import { waitText } from "../wait-text";
import { AdministratorFields } from "./administrator-fields";
import type { ClaimAction, ClaimState, SetupField, SetupRule } from "./claim-state";
import { Step } from "./step";
import { StepList } from "./step-list";
import { TokenFields } from "./token-fields";
import { useStep } from "./use-step";
import { useTokenFromLink } from "./use-token-from-link";

export type SetupForm = Record<SetupField, string>;

type StepName = "checks" | "token" | "administrator";
const FIELDS: Record<StepName, SetupField[]> = {
  checks: [],
  token: ["setupToken"],
  administrator: ["name", "email", "password"],
};
const WITH_TOKEN = ["checks", "token", "administrator"] as const;
const WITHOUT_TOKEN = ["checks", "administrator"] as const;

/**
 * The first-run wizard. Sent by the server it is one form with one button; a script makes steps of it. Every
 * value stays in the form until the server has said yes.
 */
export function Wizard({
  claim,
  tokenNeeded,
  minLength,
  advisedLength,
  checks,
  preferences,
}: {
  claim: ClaimAction;
  tokenNeeded: boolean;
  minLength: number;
  advisedLength: number;
  checks: ReactNode;
  preferences: ReactNode;
}) {
  const t = useTranslations("setup");
  const rules = useTranslations("rules");
  const waiting = useTranslations("waiting");
  const [state, send, sending] = useActionState(claim, { kind: "idle" });
  const steps = tokenNeeded ? WITH_TOKEN : WITHOUT_TOKEN;
  const [step, go] = useStep<StepName>(steps);
  const [moved, setMoved] = useState(false);
  const [attempt, setAttempt] = useState(0);

  const form = useForm<SetupForm>({
    resolver: useMemo(() => lazyResolver(minLength, tokenNeeded), [minLength, tokenNeeded]),
    errors: useMemo(() => fieldErrors(state), [state]),
    defaultValues: { name: "", email: "", ...typed(state), password: "", setupToken: "" },
    mode: "onTouched",
  });
  const { setValue } = form;
  const fromLink = useTokenFromLink(
    useCallback((token: string) => setValue("setupToken", token), [setValue]),
  );

  // The server's answer leads to the step it is about; the summary or the notice there takes the focus.
  useEffect(() => {
    if (state.kind === "idle") return;
    setMoved(false);
    setAttempt((count) => count + 1);
    const first = state.kind === "problems" && state.problems[0]?.field;
    if (first) go(first === "setupToken" ? "token" : "administrator");
  }, [state, go]);

  const { errors } = form.formState;
  const errorOf = (field: SetupField) => {
    const rule = errors[field]?.message as SetupRule | undefined;
    return rule && rules(rule, { min: minLength });
  };
  const labels = {
    setupToken: t("tokenLabel"),
    name: t("nameLabel"),
    email: t("emailLabel"),
    password: t("passwordLabel"),
  };
  // Summed up after an attempt: of the step it was made in, or of the whole form when it was sent without script.
  const whole = state.kind === "problems" ? steps.flatMap((name) => FIELDS[name]) : [];
  const problems = (attempt > 0 ? FIELDS[step] : whole).flatMap((id) => {
    const text = errorOf(id);
    return text ? [{ id, label: labels[id], text }] : [];
  });

  const advance = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    if (sending) return;
    const data = new FormData(event.currentTarget);
    const last = step === "administrator";
    if (await form.trigger(last ? undefined : FIELDS[step])) {
      if (last) startTransition(() => send(data));
      else move(steps[steps.indexOf(step as never) + 1]);
      return;
    }
    setAttempt((count) => count + 1);
    if (form.getFieldState("setupToken").invalid) go("token");
  };
  const move = (to: StepName | undefined) => {
    if (!to) return;
    setMoved(true);
    go(to);
  };

  const names = [...steps.map((name) => t(`${name}Name`)), t("doneName")];
  const position = (name: StepName) => {
    const step = steps.indexOf(name as never) + 1;
    return { step, steps: names.length, name: t(`${name}Name`) };
  };
  const at = (name: StepName) => ({
    active: step === name,
    focused: moved,
    position: position(name),
    title: t(`${name}Title`),
    intro: t(`${name}Intro`),
  });
  const index = steps.indexOf(step as never);

  return (
    <DoorFrame
      claimed={false}
      preferences={preferences}
      aside={<StepList names={names} current={index} />}
    >
      <h1 className="sr-only">{t("title")}</h1>
      <form action={send} onSubmit={advance} noValidate>
        {state.kind === "refused" && (
          <Refusal attempt={attempt}>
            {state.reason === "alreadySetUp"
              ? t.rich("alreadySetUp", {
                  link: (text) => <TextLink href="/login">{text}</TextLink>,
                })
              : state.reason === "unexpected"
                ? t("unexpected")
                : waitText(waiting, state.reason, state.retryAfter)}
          </Refusal>
        )}
        <ErrorSummary problems={problems} attempt={attempt} />
        <div className="grid noscript:block">
          <Step {...at("checks")}>{checks}</Step>
          {tokenNeeded && (
            <Step {...at("token")}>
              <TokenFields
                control={form.register("setupToken")}
                error={errorOf("setupToken")}
                fromLink={fromLink}
              />
            </Step>
          )}
          <Step {...at("administrator")}>
            <AdministratorFields {...{ form, errorOf, minLength, advisedLength }} />
          </Step>
        </div>
        <div className="mt-10 flex gap-3">
          <SubmitButton working={t("creating")} pending={sending} className="min-w-56">
            {step === "administrator" ? (
              t("create")
            ) : (
              <>
                <span className="noscript:hidden">{t("continue")}</span>
                <span className="hidden noscript:inline">{t("create")}</span>
              </>
            )}
          </SubmitButton>
          {index > 0 && (
            <Button look="quiet" onClick={() => move(steps[index - 1])}>
              {t("back")}
            </Button>
          )}
        </div>
      </form>
    </DoorFrame>
  );
}

/** Why the server did not even look at the form. */
function Refusal({ attempt, children }: { attempt: number; children: ReactNode }) {
  const notice = useRef<HTMLDivElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: each attempt takes the focus again
  useEffect(() => notice.current?.focus(), [attempt]);
  return (
    <div className="mb-8">
      <Notice ref={notice} tone="danger" role="alert" tabIndex={-1}>
        {children}
      </Notice>
    </div>
  );
}

/** zod is as large as everything else on the page, and nothing needs it before the first field. */
function lazyResolver(minLength: number, tokenNeeded: boolean): Resolver<SetupForm> {
  return async (...form) => {
    const { wizardResolver } = await import("./wizard-resolver");
    return wizardResolver(minLength, tokenNeeded)(...form);
  };
}

function typed(state: ClaimState) {
  return state.kind === "idle" ? {} : state.typed;
}

function fieldErrors(state: ClaimState): FieldErrors<SetupForm> {
  if (state.kind !== "problems") return {};
  // The first problem of each field is the one told.
  const inOrder = [...state.problems].reverse();
  return Object.fromEntries(
    inOrder.map(({ field, rule }) => [field, { type: "server", message: rule }]),
  );
}
