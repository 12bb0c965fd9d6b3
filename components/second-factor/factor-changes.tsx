"use client";

import { useTranslations } from "next-intl";
import { Notice } from "../ui/notice";
import { SubmitButton } from "../ui/submit-button";
import { type WaitReason, waitText } from "../wait-text";

export type RenewState =
  | { kind: "idle" }
  | { kind: "renewed"; recoveryCodes: string[] }
  | { kind: "wait"; reason: WaitReason; retryAfter: number };

/** What can be done once there is a second factor. */
export function FactorChanges({
  state,
  renew,
  turnOff,
}: {
  state: Exclude<RenewState, { kind: "renewed" }>;
  renew: (form: FormData) => void;
  turnOff: (form: FormData) => Promise<void>;
}) {
  const t = useTranslations("secondFactor");
  const waiting = useTranslations("waiting");
  return (
    <div className="space-y-10">
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
      <form action={turnOff}>
        <SubmitButton look="secondary" working={t("turningOff")}>
          {t("turnOff")}
        </SubmitButton>
        <p className="mt-2 text-sm text-soft">{t("turnOffWarning")}</p>
      </form>
    </div>
  );
}
