"use client";

import "./recovery-codes.css";
import { useFormatter, useTranslations } from "next-intl";
import { useState } from "react";
import { Check } from "@/components/ui/icons/check";
import { PRODUCT } from "@/product";
import { Button } from "../ui/button";
import { buttonStyle } from "../ui/button-style";
import { Field } from "../ui/field";
import { Input } from "../ui/input";

/** What recovery codes open, and when they were made: a sheet of paper has to say it. */
export type CodesSheet = { email: string; host: string; at: Date };

/**
 * Recovery codes, this one time, and three ways to keep them. Typing one of them shows that they were kept. Printed,
 * they are all there is on the sheet.
 */
export function RecoveryCodes({
  codes,
  sheet,
  finish,
}: {
  codes: readonly string[];
  sheet: CodesSheet;
  /** Where it goes on. */
  finish: { href: string; text: string };
}) {
  const t = useTranslations("secondFactor");
  const [copied, setCopied] = useState(false);
  const [typed, setTyped] = useState("");
  const kept = codes.includes(typed.trim().toLowerCase());
  const format = useFormatter();
  const { email, host, at } = sheet;
  const whose = t("sheet", { email, host, date: format.dateTime(at, { dateStyle: "long" }) });
  const text = `${codes.join("\n")}\n`;
  return (
    <section aria-labelledby="recovery" className="print-alone max-w-lg">
      <h2 id="recovery" className="text-lg font-semibold">
        {t("recoveryTitle")}
      </h2>
      <p className="mt-1 text-soft print:hidden">{t("recoveryText")}</p>
      <p className="mt-1 hidden wrap-anywhere print:block">
        {PRODUCT.name}. {whose}
      </p>
      <ol className="mt-6 grid grid-cols-[repeat(auto-fill,minmax(11rem,1fr))] gap-x-6 gap-y-2 rounded border border-line bg-surface p-4 font-mono">
        {codes.map((code) => (
          <li key={code}>{code}</li>
        ))}
      </ol>
      <div className="mt-4 flex flex-wrap gap-3 print:hidden">
        <Button
          size="sm"
          onClick={() =>
            navigator.clipboard.writeText(text).then(
              () => setCopied(true),
              () => setCopied(false), // no permission: the codes are there to be selected
            )
          }
        >
          <span aria-live="polite">{copied ? t("copied") : t("copy")}</span>
        </Button>
        <a
          href={`data:text/plain;charset=utf-8,${encodeURIComponent(`${PRODUCT.name}. ${whose}\n\n${text}`)}`}
          download={`${PRODUCT.command}-recovery-codes.txt`}
          className={buttonStyle({ size: "sm" })}
        >
          {t("download")}
        </a>
        <Button size="sm" onClick={() => window.print()}>
          {t("print")}
        </Button>
      </div>
      <div className="mt-8 max-w-xs print:hidden">
        <Field
          id="proof"
          label={t("proof")}
          error={typed.trim().length >= 14 && !kept ? t("proofWrong") : undefined}
        >
          {(field) => (
            <Input
              {...field}
              value={typed}
              onChange={(event) => setTyped(event.target.value)}
              autoComplete="off"
              autoCapitalize="none"
              spellCheck={false}
              className="font-mono"
            />
          )}
        </Field>
        <p role="status" className="mt-2 flex min-h-6 items-center gap-2 text-sm">
          {kept && (
            <>
              <Check className="size-4 text-ok" aria-hidden="true" />
              {t("proofDone")}
            </>
          )}
        </p>
      </div>
      {/* A page of its own, not a way back by script: the codes leave the browser's memory with this one. */}
      <a
        href={finish.href}
        className={buttonStyle({
          look: kept ? "primary" : "quiet",
          className: "mt-4 print:hidden",
        })}
      >
        {finish.text}
      </a>
    </section>
  );
}
