"use client";

import { useTranslations } from "next-intl";
import { FormRefusal } from "../form/form-refusal";
import type { Refused } from "../form/form-state";
import { SubmitButton } from "../ui/submit-button";

export type RenewState = { kind: "idle" } | { kind: "renewed"; recoveryCodes: string[] } | Refused;

/** Ten new recovery codes in the place of the old ones. */
export function RenewCodes({
  state,
  renew,
}: {
  state: Exclude<RenewState, { kind: "renewed" }>;
  renew: (form: FormData) => void;
}) {
  const t = useTranslations("secondFactor");
  return (
    <form action={renew}>
      <FormRefusal state={state} />
      <SubmitButton look="secondary" working={t("renewing")}>
        {t("renew")}
      </SubmitButton>
      <p className="mt-2 text-sm text-soft">{t("renewWarning")}</p>
    </form>
  );
}
