"use client";

import { useTranslations } from "next-intl";
import { useActionState } from "react";
import { FormRefusal } from "../form/form-refusal";
import type { Refused } from "../form/form-state";
import { Field } from "../ui/field";
import { Input } from "../ui/input";
import { Notice } from "../ui/notice";
import { SubmitButton } from "../ui/submit-button";
import { type CodesSheet, RecoveryCodes } from "./recovery-codes";
import { type TotpKey, TotpKeyForm } from "./totp-key-form";

/** How far the replacement of an authenticator app is. */
export type ReplacementState =
  | { kind: "idle" | "wrong" | "uncheckable" | "restart" }
  | { kind: "key"; key: TotpKey; ticket: string; problem: "wrongCode" | null }
  | { kind: "replaced"; recoveryCodes: string[] }
  | Refused;

const PROBLEMS = { wrong: "proofWrongCode", uncheckable: "proofUncheckable" } as const;

/** Asks for a code of the present app or a recovery code, then for one of the new app. */
export function TotpReplacement({
  replace,
  sheet,
}: {
  replace: (before: ReplacementState, form: FormData) => Promise<ReplacementState>;
  sheet: CodesSheet;
}) {
  const t = useTranslations("secondFactor");
  const [state, send] = useActionState(replace, { kind: "idle" });
  if (state.kind === "replaced") {
    const finish = { href: "/account/second-factor", text: t("finish") };
    return <RecoveryCodes codes={state.recoveryCodes} sheet={sheet} finish={finish} />;
  }
  if (state.kind === "key") {
    return (
      <TotpKeyForm
        totpKey={state.key}
        problem={state.problem}
        send={send}
        submit={t("replaceConfirm")}
      >
        <input type="hidden" name="ticket" data-secret="" value={state.ticket} />
      </TotpKeyForm>
    );
  }
  const problem = state.kind === "wrong" || state.kind === "uncheckable" ? state.kind : null;
  return (
    <form action={send} className="max-w-xs space-y-6">
      {state.kind === "restart" && (
        <Notice tone="danger" role="alert">
          {t("notStarted")}
        </Notice>
      )}
      <FormRefusal state={state} />
      <Field
        id="proof-code"
        label={t("proofCode")}
        hint={t("proofCodeHint")}
        error={problem === null ? undefined : t(PROBLEMS[problem])}
      >
        {(field) => (
          <Input
            {...field}
            name="proof"
            data-secret=""
            autoComplete="one-time-code"
            autoCapitalize="none"
            spellCheck={false}
            maxLength={40}
            required
            className="tabular-nums"
          />
        )}
      </Field>
      <SubmitButton working={t("checking")} className="min-w-40">
        {t("continue")}
      </SubmitButton>
    </form>
  );
}
