"use client";

import { useTranslations } from "next-intl";
import { FormRefusal } from "../form/form-refusal";
import type { Refused } from "../form/form-state";
import { Field } from "../ui/field";
import { Input } from "../ui/input";
import { Notice } from "../ui/notice";
import { SubmitButton } from "../ui/submit-button";

/** The key for the app: as text, and as a QR code (side in modules, and an SVG path). */
export type TotpKey = { secret: string; qr: { size: number; path: string } };

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
  const { secret, qr } = state.key;
  return (
    <form action={send} className="space-y-8">
      <div>
        <h2 className="font-semibold">{t("scan")}</h2>
        {/* Dark on light in either theme, and four modules of light around it: not every camera takes less. */}
        <svg
          role="img"
          aria-label={t("qr")}
          viewBox={`-4 -4 ${qr.size + 8} ${qr.size + 8}`}
          shapeRendering="crispEdges"
          className="mt-4 size-52 rounded border border-line"
        >
          <path d={`M-4-4h${qr.size + 8}v${qr.size + 8}H-4z`} fill="white" />
          <path d={qr.path} fill="black" />
        </svg>
        <p className="mt-4 text-soft">{t("typeKey")}</p>
        <p className="mt-1 font-mono text-sm wrap-anywhere select-all">
          {secret.match(/.{1,4}/g)?.join(" ")}
        </p>
      </div>
      <div className="max-w-xs">
        <Field
          id="code"
          label={t("code")}
          hint={t("codeHint")}
          error={state.problem === null ? undefined : t(state.problem)}
        >
          {(field) => (
            <Input
              {...field}
              name="code"
              inputMode="numeric"
              data-secret=""
              autoComplete="one-time-code"
              maxLength={10}
              required
              className="tabular-nums"
            />
          )}
        </Field>
      </div>
      <SubmitButton working={t("confirming")} className="min-w-40">
        {t("confirm")}
      </SubmitButton>
    </form>
  );
}
