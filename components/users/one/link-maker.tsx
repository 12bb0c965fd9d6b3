"use client";

import { useTranslations } from "next-intl";
import { useState, useTransition } from "react";
import { useRefusalText } from "@/components/form/use-refusal-text";
import type { LinkReceiptData } from "@/components/links/link-change";
import { LinkReceipt } from "@/components/links/link-receipt";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { SubmitButton } from "@/components/ui/submit-button";
import { useToast } from "@/components/ui/toaster";
import type { Wait } from "@/components/wait-text";

type Receipt = Omit<LinkReceiptData, "email">;

/** A fresh link, or why there is none. */
export type LinkMade =
  | { kind: "made"; receipt: Receipt }
  | { kind: "forbidden" | "notFound" | "stale" | "signedOut" }
  | Wait;

export type MakeLink = (userId: string) => Promise<LinkMade>;

/** Makes a link for somebody to choose a password with, and shows it once. */
export function LinkMaker({
  person,
  make,
  words,
}: {
  person: { id: string; name: string; email: string };
  make: MakeLink;
  words: { make: string; making: string; title: string };
}) {
  const links = useTranslations("linkReceipt");
  const actions = useTranslations("userActions");
  const t = useTranslations("userForms");
  const refusalText = useRefusalText();
  const toast = useToast();
  const [receipt, setReceipt] = useState<Receipt>();
  const [working, start] = useTransition();
  const run = () =>
    start(async () => {
      const result = await make(person.id);
      if (result.kind === "made") return setReceipt(result.receipt);
      const text = refusalText(result, (reason) =>
        reason === "stale" ? t("changedMeanwhile") : actions(reason, person),
      );
      toast({ text, tone: "danger" });
    });
  return (
    <>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (!working) run();
        }}
      >
        <SubmitButton
          look="secondary"
          size="sm"
          className="max-w-full"
          working={words.making}
          pending={working}
        >
          {words.make}
        </SubmitButton>
      </form>
      {receipt && (
        <Dialog title={words.title} onClose={() => setReceipt(undefined)}>
          <p className="mt-3 mb-6 text-soft">{links("handOver")}</p>
          <LinkReceipt receipt={{ ...receipt, email: person.email }} />
          <div className="mt-8 flex justify-end">
            <Button onClick={() => setReceipt(undefined)}>{links("done")}</Button>
          </div>
        </Dialog>
      )}
    </>
  );
}
