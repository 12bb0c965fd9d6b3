"use client";

import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Field } from "../ui/field";
import { Input } from "../ui/input";
import { SubmitButton } from "../ui/submit-button";

/** The key for the app: as text, and as a QR code (side in modules, and an SVG path). */
export type TotpKey = { secret: string; qr: { size: number; path: string } };

/** Shows an authenticator app its key, and asks for a code that proves the app has it. */
export function TotpKeyForm({
  totpKey,
  problem,
  send,
  submit,
  children,
}: {
  totpKey: TotpKey;
  problem: "wrongCode" | null;
  send: (form: FormData) => void;
  /** What the button says. */
  submit: string;
  /** What else is sent. */
  children?: ReactNode;
}) {
  const t = useTranslations("secondFactor");
  const { secret, qr } = totpKey;
  return (
    <form action={send} className="space-y-8">
      {children}
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
          error={problem === null ? undefined : t(problem)}
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
        {submit}
      </SubmitButton>
    </form>
  );
}
