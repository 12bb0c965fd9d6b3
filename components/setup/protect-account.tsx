"use client";

import { useTranslations } from "next-intl";
import { type ReactNode, useActionState, useEffect, useRef, useState } from "react";
import { Check } from "@/components/ui/icons/check";
import { ChevronRight } from "@/components/ui/icons/chevron-right";
import { Clock } from "@/components/ui/icons/clock";
import { Fingerprint } from "@/components/ui/icons/fingerprint";
import type { Icon as IconType } from "@/components/ui/icons/icon";
import { Smartphone } from "@/components/ui/icons/smartphone";
import { Link } from "@/components/ui/link";
import { type PasskeyActions, Passkeys } from "../second-factor/passkeys";
import { RecoveryCodes } from "../second-factor/recovery-codes";
import { TotpSetup, type TotpSetupState } from "../second-factor/totp-setup";
import { Spinner } from "../ui/spinner";
import { TextLink } from "../ui/text-link";
import { usePasskeySupport } from "../use-passkey-support";

/** This page, and not a way back by script: codes and keys are gone from the screen with it. */
const HERE = "/setup/done";

/**
 * The last page of the setup with the offer of a second factor for the new account. While one is being set up it is
 * all there is on the page.
 *
 * @param isOn there is one already
 * @param opening what the page begins with
 * @param children the rest of it
 */
export function ProtectAccount({
  isOn,
  addTotp,
  passkeys,
  account,
  now,
  opening,
  children,
}: {
  isOn: boolean;
  addTotp: (before: TotpSetupState, form: FormData) => Promise<TotpSetupState>;
  passkeys: PasskeyActions;
  account: { email: string; host: string };
  now: Date;
  opening: ReactNode;
  children: ReactNode;
}) {
  const t = useTranslations("protect");
  const [totp, sendTotp, sending] = useActionState(addTotp, { kind: "idle" });
  const [withPasskey, setWithPasskey] = useState(false);
  const [passkeyCodes, setPasskeyCodes] = useState<string[]>();
  const supported = usePasskeySupport();

  const codes = (totp.kind === "on" && totp.recoveryCodes) || passkeyCodes;
  if (codes) {
    return (
      <Enrolment>
        <RecoveryCodes
          codes={codes}
          sheet={{ ...account, at: now }}
          finish={{ href: HERE, text: t("finish") }}
        />
      </Enrolment>
    );
  }
  if (withPasskey) {
    return (
      <Enrolment back>
        <p className="mb-6 text-soft text-pretty">{t("passkeyText")}</p>
        <Passkeys passkeys={[]} actions={passkeys} now={now} onCodes={setPasskeyCodes} />
      </Enrolment>
    );
  }
  if (totp.kind !== "idle" && totp.kind !== "on") {
    return (
      <Enrolment back>
        <TotpSetup state={totp} send={sendTotp} />
      </Enrolment>
    );
  }
  return (
    <>
      {opening}
      <section aria-labelledby="protect" className="mt-10">
        <h2 id="protect" className="font-semibold">
          {t(isOn ? "isOnTitle" : "title")}
        </h2>
        {isOn ? (
          <p className="mt-3 flex gap-3 rounded border border-line bg-surface p-4">
            <Check className="mt-0.5 size-5 shrink-0 text-ok" aria-hidden="true" />
            <span>
              {t("isOn")} <TextLink href="/account/second-factor">{t("manage")}</TextLink>
            </span>
          </p>
        ) : (
          <>
            <p className="mt-1 text-soft text-pretty">{t("text")}</p>
            <ul className="mt-4 divide-y divide-line rounded border border-edge bg-surface">
              {supported && (
                <li>
                  <button type="button" onClick={() => setWithPasskey(true)} className={CHOICE}>
                    <Choice Icon={Fingerprint} title={t("passkey")} text={t("passkeyHint")} />
                  </button>
                </li>
              )}
              <li>
                <form action={sendTotp}>
                  <input type="hidden" name="code" value="" />
                  <button type="submit" aria-disabled={sending} className={CHOICE}>
                    <Choice
                      Icon={Smartphone}
                      title={t("app")}
                      text={t("appHint")}
                      working={sending}
                    />
                  </button>
                </form>
              </li>
              <li>
                <Link href="/" className={CHOICE}>
                  <Choice Icon={Clock} title={t("later")} text={t("laterHint")} />
                </Link>
              </li>
            </ul>
          </>
        )}
      </section>
      {children}
    </>
  );
}

const CHOICE =
  "flex w-full items-center gap-4 rounded p-4 text-start transition-colors duration-150 hover:bg-sunken";

function Choice({
  Icon,
  title,
  text,
  working = false,
}: {
  Icon: IconType;
  title: string;
  text: string;
  working?: boolean;
}) {
  return (
    <>
      <Icon className="size-5 shrink-0 text-soft" aria-hidden="true" />
      <span className="min-w-0 flex-1">
        <span className="block font-medium">{title}</span>
        <span className="block text-sm text-soft">{text}</span>
      </span>
      {working ? (
        <Spinner />
      ) : (
        <ChevronRight className="size-4 shrink-0 text-soft" aria-hidden="true" />
      )}
    </>
  );
}

/** One step of setting a factor up; its heading takes the focus, because what had it is gone. */
function Enrolment({ back = false, children }: { back?: boolean; children: ReactNode }) {
  const t = useTranslations("protect");
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  return (
    <div className="animate-arrive">
      <h1 ref={heading} tabIndex={-1} className="mb-8 text-2xl font-semibold text-balance">
        {t("title")}
      </h1>
      {children}
      {back && (
        <p className="mt-10 text-sm">
          <a
            href={HERE}
            className="rounded font-medium underline decoration-edge underline-offset-4 hover:decoration-ink"
          >
            {t("back")}
          </a>
        </p>
      )}
    </div>
  );
}
