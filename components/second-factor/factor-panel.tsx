"use client";

import { useFormatter, useTranslations } from "next-intl";
import { useActionState, useState } from "react";
import type { SecondFactorView } from "@/lib/factors/get-second-factor";
import { type PasskeyActions, Passkeys } from "./passkeys";
import { RecoveryCodes } from "./recovery-codes";
import { RenewCodes, type RenewState } from "./renew-codes";
import { TotpRemoval } from "./totp-removal";
import { TotpSetup, type TotpSetupState } from "./totp-setup";

/**
 * The second factor as it is, and what can be done about it. One component for all, because recovery codes have
 * to stay in sight although the page is rendered again with the factor turned on.
 */
export function FactorPanel({
  factor,
  required,
  addTotp,
  removeTotp,
  renew,
  passkeys,
  account,
  now,
}: {
  factor: SecondFactorView;
  /** The role asks for one. */
  required: boolean;
  addTotp: (before: TotpSetupState, form: FormData) => Promise<TotpSetupState>;
  removeTotp: (form: FormData) => Promise<void>;
  renew: (before: RenewState, form: FormData) => Promise<RenewState>;
  passkeys: PasskeyActions;
  account: { email: string; host: string };
  now: Date;
}) {
  const t = useTranslations("secondFactor");
  const format = useFormatter();
  const [added, sendAdd] = useActionState(addTotp, { kind: "idle" });
  const [renewed, sendRenew] = useActionState(renew, { kind: "idle" });
  const [withPasskey, setWithPasskey] = useState<string[]>();
  const codes =
    (renewed.kind === "renewed" && renewed.recoveryCodes) ||
    (added.kind === "on" && added.recoveryCodes) ||
    withPasskey;
  if (codes) {
    return (
      <RecoveryCodes
        codes={codes}
        sheet={{ ...account, at: now }}
        finish={{ href: "/account/security", text: t("finish") }}
      />
    );
  }

  const { totpSince, recoveryCodesLeft } = factor;
  const on = totpSince !== null || factor.passkeys.length > 0;
  return (
    <div className="space-y-12">
      <section aria-labelledby="authenticator">
        <h2 id="authenticator" className="text-lg font-semibold">
          {t("appTitle")}
        </h2>
        <p className="mt-1 mb-6 max-w-lg text-soft">
          {totpSince === null
            ? t("appText")
            : t("isOn", { date: format.dateTime(new Date(totpSince), { dateStyle: "long" }) })}
        </p>
        {totpSince === null ? (
          <TotpSetup state={added.kind === "on" ? { kind: "idle" } : added} send={sendAdd} />
        ) : (
          <TotpRemoval
            remove={removeTotp}
            last={factor.passkeys.length === 0}
            required={required}
          />
        )}
      </section>
      <section aria-labelledby="passkeys">
        <h2 id="passkeys" className="text-lg font-semibold">
          {t("passkeys")}
        </h2>
        <p className="mt-1 mb-6 max-w-lg text-soft">{t("passkeysText")}</p>
        <Passkeys
          passkeys={factor.passkeys}
          last={totpSince === null && factor.passkeys.length === 1}
          required={required}
          actions={passkeys}
          now={now}
          onCodes={setWithPasskey}
        />
      </section>
      {on && (
        <section aria-labelledby="recovery-codes">
          <h2 id="recovery-codes" className="text-lg font-semibold">
            {t("codesTitle")}
          </h2>
          <p className="mt-1 mb-6 max-w-lg text-soft">
            {t("codesLeft", { count: recoveryCodesLeft })}
          </p>
          <RenewCodes
            state={renewed.kind === "renewed" ? { kind: "idle" } : renewed}
            renew={sendRenew}
          />
        </section>
      )}
    </div>
  );
}
