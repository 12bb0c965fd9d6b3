"use client";

import { useFormatter, useTranslations } from "next-intl";
import { useEffect, useRef, useState } from "react";
import { Check } from "@/components/ui/icons/check";
import { Copy } from "@/components/ui/icons/copy";
import { Button } from "../ui/button";
import { Field } from "../ui/field";
import { Input } from "../ui/input";
import { Notice } from "../ui/notice";
import type { LinkReceiptData } from "./link-change";

/** How long the button says that it has copied. */
const SAID_MS = 3_000;

/** A fresh link, shown this once, with the button that copies it, and what became of its mail. */
export function LinkReceipt({
  receipt,
  hint = "linkHint",
}: {
  receipt: LinkReceiptData;
  /** How often it works, and until when. */
  hint?: "linkHint" | "manyHint";
}) {
  const t = useTranslations("linkReceipt");
  const format = useFormatter();
  const { link, email, expiresAt, mail } = receipt;
  const input = useRef<HTMLInputElement>(null);
  const [copied, setCopied] = useState(false);
  useEffect(() => {
    if (!copied) return;
    const timer = setTimeout(() => setCopied(false), SAID_MS);
    return () => clearTimeout(timer);
  }, [copied]);

  const copy = async () => {
    input.current?.select();
    // Over plain http there is no clipboard API, and the old command is all there is.
    const done = navigator.clipboard
      ? await navigator.clipboard.writeText(link).then(
          () => true,
          () => false,
        )
      : document.execCommand("copy");
    setCopied(done);
  };
  const date = format.dateTime(new Date(expiresAt), { dateStyle: "long", timeStyle: "short" });
  return (
    <div className="space-y-4">
      {mail !== "off" && (
        <Notice tone={mail === "sent" ? "ok" : "warning"} role="status">
          {mail === "sent" ? t("mailSent", { email }) : t("mailFailed", { email })}
        </Notice>
      )}
      <Field id="link" label={t("link")} hint={t(hint, { date })}>
        {(field) => (
          <div className="flex gap-2">
            <Input
              {...field}
              ref={input}
              readOnly
              value={link}
              className="font-mono text-sm"
              onFocus={(event) => event.currentTarget.select()}
            />
            <Button className="noscript:hidden" onClick={copy}>
              {copied ? (
                <Check className="size-4" aria-hidden="true" />
              ) : (
                <Copy className="size-4" aria-hidden="true" />
              )}
              {t("copy")}
            </Button>
          </div>
        )}
      </Field>
      <p role="status" className="sr-only">
        {copied && t("copied")}
      </p>
    </div>
  );
}
