"use client";

import { useTranslations } from "next-intl";
import { Notice } from "../ui/notice";
import { SubmitButton } from "../ui/submit-button";
import { type WaitReason, waitText } from "../wait-text";

export type RenewState =
  | { kind: "idle" }
  | { kind: "renewed"; recoveryCodes: string[] }
  | { kind: "wait"; reason: WaitReason; retryAfter: number };

/** Ten new recovery codes in the place of the old ones. */
export function RenewCodes({
  state,
  renew,
}: {
  state: Exclude<RenewState, { kind: "renewed" }>;
  renew: (form: FormData) => void;
}) {
  const t = useTranslations("secondFactor");
  const waiting = useTranslations("waiting");
  return (
    <form action={renew}>
      {state.kind === "wait" && (
        <Notice tone="danger" role="alert">
          {waitText(waiting, state.reason, state.retryAfter)}
        </Notice>
      )}
      <SubmitButton look="secondary" working={t("renewing")}>
        {t("renew")}
      </SubmitButton>
      <p className="mt-2 text-sm text-soft">{t("renewWarning")}</p>
    </form>
  );
}
