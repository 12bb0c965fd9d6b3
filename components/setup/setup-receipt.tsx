import { useFormatter, useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Link } from "@/components/ui/link";
import type { Receipt } from "@/lib/bootstrap/get-receipt";
import { messageKey } from "../audit/describe-event";
import { DoorFrame } from "../door-frame";
import { Mark } from "../mark";
import type { PasskeyActions } from "../second-factor/passkeys";
import type { TotpSetupState } from "../second-factor/totp-setup";
import { buttonStyle } from "../ui/button-style";
import { Notice } from "../ui/notice";
import { TextLink } from "../ui/text-link";
import { ProtectAccount } from "./protect-account";
import type { StepName } from "./setup-words";
import { StepList } from "./step-list";

/** The last page of the setup: proof of what happened, and what to do next. */
export function SetupReceipt({
  receipt,
  email,
  https,
  variables,
  steps,
  factor,
  plate,
  preferences,
}: {
  receipt: Receipt;
  email: string;
  https: boolean;
  variables: readonly string[];
  /** Those that led here. */
  steps: readonly StepName[];
  /** The second factor of the account, and how to set one up. */
  factor: {
    account: { email: string; host: string };
    isOn: boolean;
    addTotp: (before: TotpSetupState, form: FormData) => Promise<TotpSetupState>;
    passkeys: PasskeyActions;
  };
  plate: ReactNode;
  preferences: ReactNode;
}) {
  const t = useTranslations("done");
  const setup = useTranslations("setup");
  const format = useFormatter();
  const names = [...steps, "done" as const].map((step) => setup(`${step}Name`));
  const date = format.dateTime(receipt.claimedAt, { dateStyle: "long", timeStyle: "short" });
  const door = `door_${messageKey(receipt.door)}` as Parameters<typeof t>[0];
  const wrong =
    receipt.wrongTokens === 0
      ? t("wrongTokensNone")
      : t("wrongTokensSome", {
          count: receipt.wrongTokens,
          addresses: format.list(receipt.wrongAddresses),
        });
  return (
    <DoorFrame
      plate={plate}
      preferences={preferences}
      aside={
        <StepList
          names={names}
          current={names.length - 1}
          complete
          words={{ label: setup("steps"), done: setup("stepDone") }}
        />
      }
    >
      <ProtectAccount
        {...factor}
        now={new Date()}
        opening={
          <>
            <Mark className="size-14 animate-turn" />
            <h1 className="mt-6 text-2xl font-semibold text-balance">{t("title")}</h1>
            <p className="mt-3 text-lg text-soft text-pretty wrap-anywhere">
              {t("intro", { email })}
            </p>
          </>
        }
      >
        <h2 className="mt-10 font-semibold">{t("receipt")}</h2>
        <dl className="mt-3 divide-y divide-line border-y border-line">
          <Line term={t("when")}>
            <time dateTime={receipt.claimedAt.toISOString()}>{t("whenUtc", { date })}</time>
          </Line>
          <Line term={t("from")}>{receipt.address ?? t("fromUnknown")}</Line>
          <Line term={t("by")}>{t(t.has(door) ? door : "door_other")}</Line>
          <Line term={t("wrongTokens")}>{wrong}</Line>
        </dl>
        {receipt.wrongTokens > 0 && (
          <div className="mt-4">
            <Notice tone="warning">{t("wrongTokensWarning")}</Notice>
          </div>
        )}

        <h2 className="mt-10 font-semibold">{t("next")}</h2>
        <ol className="mt-3 space-y-4">
          {variables.length > 0 && (
            <Task
              what={t("nextVariables", { variables: format.list(variables) })}
              why={t("nextVariablesWhy")}
            />
          )}
          <Task
            what={<TextLink href="/users/new">{t("nextSecond")}</TextLink>}
            why={t("nextSecondWhy")}
          />
          <Task what={t("nextBackup")} why={t("nextBackupWhy")} />
          {!https && <Task what={t("nextHttps")} why={t("nextHttpsWhy")} />}
        </ol>
        <Link href="/" className={`${buttonStyle({ look: "primary" })} mt-10 min-w-56`}>
          {t("go")}
        </Link>
      </ProtectAccount>
    </DoorFrame>
  );
}

function Line({ term, children }: { term: string; children: ReactNode }) {
  return (
    <div className="grid gap-x-4 py-3 sm:grid-cols-[9rem_1fr]">
      <dt className="text-soft">{term}</dt>
      <dd className="tabular-nums wrap-anywhere">{children}</dd>
    </div>
  );
}

function Task({ what, why }: { what: ReactNode; why: string }) {
  return (
    <li className="flex gap-3">
      <span className="mt-1 size-4 shrink-0 rounded border border-edge" aria-hidden="true" />
      <div>
        <p className="font-medium wrap-anywhere">{what}</p>
        <p className="text-soft">{why}</p>
      </div>
    </li>
  );
}
