"use client";

import type { PublicKeyCredentialCreationOptionsJSON } from "@simplewebauthn/browser";
import { useTranslations } from "next-intl";
import { useState, useTransition } from "react";
import type { SecondFactorView } from "@/lib/factors/get-second-factor";
import { useAddress } from "../address/address-words";
import { useRefusalText } from "../form/use-refusal-text";
import { RelativeTime } from "../relative-time";
import { Badge } from "../ui/badge";
import { Field } from "../ui/field";
import { Input } from "../ui/input";
import { Notice } from "../ui/notice";
import { SubmitButton } from "../ui/submit-button";
import { usePasskeySupport } from "../use-passkey-support";
import type { Wait } from "../wait-text";

export type PasskeyActions = {
  start: () => Promise<
    | { kind: "started"; options: PublicKeyCredentialCreationOptionsJSON; ticket: string }
    | { kind: "tooMany" }
    | Wait
  >;
  add: (
    answer: unknown,
  ) => Promise<
    { kind: "added"; recoveryCodes: string[] | null } | { kind: "refused" | "nameInvalid" } | Wait
  >;
  remove: (form: FormData) => Promise<void>;
};

/** One's passkeys, and a form that has the browser make another. */
export function Passkeys({
  passkeys,
  last = false,
  required = false,
  actions,
  now,
  onCodes,
}: {
  passkeys: SecondFactorView["passkeys"];
  /** There is one, and nothing else but the password. */
  last?: boolean;
  /** The role asks for a second factor. */
  required?: boolean;
  actions: PasskeyActions;
  now: Date;
  /** Called with the recovery codes that came with the first factor. */
  onCodes: (codes: string[]) => void;
}) {
  const t = useTranslations("secondFactor");
  const refusalText = useRefusalText();
  const supported = usePasskeySupport();
  const { wrong, say } = useAddress();
  const [problem, setProblem] = useState<string>();
  const [working, work] = useTransition();

  const add = (form: FormData) =>
    work(async () => {
      if (wrong) return setProblem(say("passkey"));
      setProblem(undefined);
      const started = await actions.start();
      if (started.kind !== "started") {
        return setProblem(refusalText(started, () => t("passkeysTooMany")));
      }
      const { startRegistration } = await import("@simplewebauthn/browser");
      const response = await startRegistration({ optionsJSON: started.options }).catch(() => null);
      if (response === null) return setProblem(t("passkeyNotMade"));
      const added = await actions.add({ ticket: started.ticket, response, name: form.get("name") });
      if (added.kind !== "added") {
        const words = { refused: "passkeyNotMade", nameInvalid: "passkeyNameInvalid" } as const;
        return setProblem(refusalText(added, (reason) => t(words[reason])));
      }
      if (added.recoveryCodes) onCodes(added.recoveryCodes);
    });

  return (
    <div className="max-w-lg">
      {passkeys.length > 0 && (
        <ul className="mb-8 divide-y divide-line border-y border-line">
          {passkeys.map((passkey) => (
            <li key={passkey.id} className="flex items-center gap-4 py-4">
              <div className="min-w-0 flex-1">
                <p className="flex flex-wrap items-center gap-x-3 gap-y-1">
                  <bdi className="font-medium wrap-anywhere">{passkey.name}</bdi>
                  {passkey.synced && <Badge tone="plain">{t("passkeySynced")}</Badge>}
                </p>
                <p className="mt-1 text-sm text-soft">
                  {passkey.lastUsedAt === null
                    ? t("passkeyUnused")
                    : t.rich("passkeyUsed", {
                        when: () => <RelativeTime at={passkey.lastUsedAt ?? ""} now={now} />,
                      })}
                </p>
              </div>
              <form action={actions.remove}>
                <input type="hidden" name="passkey" value={passkey.id} />
                <SubmitButton look="secondary" size="sm" working={t("passkeyRemoving")}>
                  {t("passkeyRemove")}
                </SubmitButton>
              </form>
            </li>
          ))}
        </ul>
      )}
      {last && required && (
        <p className="-mt-4 mb-8 text-sm text-soft">{t("turnOffWarningRequired")}</p>
      )}
      {supported ? (
        <form action={add} className="space-y-4">
          {problem !== undefined && (
            <Notice tone="danger" role="alert">
              {problem}
            </Notice>
          )}
          <Field id="passkey-name" label={t("passkeyName")} hint={t("passkeyNameHint")}>
            {(field) => <Input {...field} name="name" required maxLength={60} autoComplete="off" />}
          </Field>
          <SubmitButton look="secondary" pending={working} working={t("passkeyAdding")}>
            {t("passkeyAdd")}
          </SubmitButton>
        </form>
      ) : (
        <p className="text-soft">{t("passkeysUnsupported")}</p>
      )}
    </div>
  );
}
