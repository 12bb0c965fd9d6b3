"use client";

import { useTranslations } from "next-intl";
import { FormRefusal } from "../form/form-refusal";
import type { Refused } from "../form/form-state";
import { Notice } from "../ui/notice";
import { SubmitButton } from "../ui/submit-button";
import { type TotpKey, TotpKeyForm } from "./totp-key-form";

/** How far the enrolment of an authenticator app is. */
export type TotpSetupState =
  | { kind: "idle" }
  | { kind: "key"; key: TotpKey; problem: "wrongCode" | null }
  | { kind: "on"; recoveryCodes: string[] | null }
  | { kind: "restart" }
  | Refused;

/** Adds an authenticator app: makes a key, then asks for a code that proves the app has it. */
export function TotpSetup({
  state,
  send,
}: {
  state: Exclude<TotpSetupState, { kind: "on" }>;
  send: (form: FormData) => void;
}) {
  const t = useTranslations("secondFactor");
  if (state.kind !== "key") {
    return (
      <form action={send} className="space-y-6">
        <input type="hidden" name="code" value="" />
        {state.kind === "restart" && (
          <Notice tone="danger" role="alert">
            {t("notStarted")}
          </Notice>
        )}
        <FormRefusal state={state} />
        <SubmitButton working={t("settingUp")}>{t("setUp")}</SubmitButton>
      </form>
    );
  }
  const { key, problem } = state;
  return <TotpKeyForm totpKey={key} problem={problem} send={send} submit={t("confirm")} />;
}
