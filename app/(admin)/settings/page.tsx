import type { Metadata } from "next";
import { getFormatter, getTranslations } from "next-intl/server";
import type { ReactNode } from "react";
import { Message } from "@/components/message";
import { PageParts } from "@/components/page-parts";
import { Section } from "@/components/section";
import { AccentSample } from "@/components/settings/accent-sample";
import { HealthList } from "@/components/settings/health-list";
import { MarkForm } from "@/components/settings/mark-form";
import type { SettingFieldOf } from "@/components/settings/setting-field";
import { SettingsForm } from "@/components/settings/settings-form";
import { settingsWords } from "@/components/settings/settings-words";
import { TestMailForm } from "@/components/settings/test-mail-form";
import { Notice } from "@/components/ui/notice";
import { getHealth } from "@/lib/bootstrap/get-health";
import { getRequestContext } from "@/lib/platform/request-context";
import { accentOf, BACKGROUNDS } from "@/lib/settings/accent";
import { getSettings } from "@/lib/settings/get-settings";
import {
  DAYS_MAX,
  IMAGE_MAX_BYTES,
  IMAGE_MAX_SIDE,
  IMAGE_MIN_SIDE,
  IMAGE_TYPES,
  NAME_MAX,
  ORIGINS_MAX,
  PASSWORD_LENGTH_MAX,
  PASSWORD_LENGTH_MIN,
} from "@/lib/settings/schema";
import { ClientMessages } from "../../client-messages";
import { forbidPage } from "../../forbid-page";
import { one } from "../../one";
import { OwnPlate } from "../../own-plate";
import { whenAvailable } from "../../when-available";
import { requireActor } from "../require-actor";
import { saveMark, saveSettings, testMail } from "./actions";

/** The fill of a button where no accent is set: --brass of app/globals.css. */
const BRASS = "#eec35c";
const LIMITS = {
  name: NAME_MAX,
  kib: IMAGE_MAX_BYTES / 1024,
  smallest: IMAGE_MIN_SIDE,
  largest: IMAGE_MAX_SIDE,
  least: PASSWORD_LENGTH_MIN,
  most: PASSWORD_LENGTH_MAX,
  days: DAYS_MAX,
  origins: ORIGINS_MAX,
};

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("settingsPage");
  return { title: t("title") };
}

/** How the installation is set up. What its environment fixes is shown, and cannot be changed here. */
export default function SettingsPage({ searchParams }: PageProps<"/settings">) {
  return whenAvailable(async () => {
    const actor = await requireActor("update", "/settings", "Installation");
    const found = await getSettings(actor);
    if (found.kind !== "found") forbidPage();
    const looked = await getHealth(actor, getRequestContext()?.visited ?? null);
    if (looked.kind !== "found") forbidPage();
    const { settings, etag } = found;
    const t = await getTranslations("settingsPage");
    const format = await getFormatter();
    const saved = one((await searchParams)["saved"]);
    const words = await settingsWords(LIMITS);
    const parts = {
      identity: t("identity"),
      mark: t("mark"),
      passwords: t("passwords"),
      sessions: t("sessions"),
      origins: t("origins"),
      mail: t("mail"),
      health: t("health"),
    };
    const fixed = (variable: string | null) => variable && t("fixed", { variable });
    const done = (section: keyof typeof parts) =>
      saved === section && (
        <div className="mb-6 max-w-md">
          <Notice tone="ok" role="status">
            {t("saved")}
          </Notice>
        </div>
      );

    const { name, accent, mark } = settings;
    const identity: SettingFieldOf[] = [
      {
        name: "name",
        kind: "text",
        label: t("name"),
        hint: t("nameHint"),
        value: name.value === name.default ? "" : name.value,
        placeholder: name.default,
        fixed: fixed(name.fixedBy),
      },
      {
        name: "accent",
        kind: "colour",
        label: t("accent"),
        hint: t("accentHint"),
        pick: t("accentPick"),
        value: accent.value ?? "",
        placeholder: BRASS,
        fixed: fixed(accent.fixedBy),
      },
    ];
    const { passwordMinLength, breachedPasswords, sessionDays, sessionIdleDays } = settings;
    const number = (
      name: "passwordMinLength" | "sessionDays" | "sessionIdleDays",
      { value, default: usual, fixedBy }: typeof sessionDays,
    ): SettingFieldOf => ({
      name,
      kind: "number",
      label: t(name),
      hint: t(`${name}Hint`, LIMITS),
      value: value === usual && fixedBy === null ? "" : String(value),
      placeholder: String(usual),
      fixed: fixed(fixedBy),
    });
    const passwords: SettingFieldOf[] = [
      number("passwordMinLength", passwordMinLength),
      {
        name: "breachedPasswords",
        kind: "choice",
        label: t("breachedPasswords"),
        hint: t("breachedPasswordsHint"),
        value: breachedPasswords.value ? "on" : "off",
        options: { off: t("breachedOff"), on: t("breachedOn") },
        placeholder: "",
        fixed: fixed(breachedPasswords.fixedBy),
      },
    ];
    const sessions = [
      number("sessionDays", sessionDays),
      number("sessionIdleDays", sessionIdleDays),
    ];
    const { allowedOrigins } = settings;
    const origins: SettingFieldOf[] = [
      {
        name: "allowedOrigins",
        kind: "lines",
        label: t("allowedOrigins"),
        hint: t("allowedOriginsHint", LIMITS),
        value: allowedOrigins.value.join("\n"),
        placeholder: t("originsNone"),
        fixed: fixed(allowedOrigins.fixedBy),
      },
    ];
    const mail = looked.health.checks.find(({ id }) => id === "mail")?.detail;
    const code = (chunks: ReactNode) => <code className="font-mono text-ink">{chunks}</code>;
    const testMailWords = {
      send: t("mailSend"),
      sending: t("mailSending"),
      sent: t("mailSent", { email: actor.email }),
      off: t("mailOff"),
      faults: {
        unreachable: t("mailFaults.unreachable"),
        late: t("mailFaults.late"),
        encryption: t("mailFaults.encryption"),
        login: t("mailFaults.login"),
        refused: t("mailFaults.refused"),
      },
      refused: { signedOut: t("mailSignedOut"), forbidden: t("refused.forbidden") },
    };
    const shown = accentOf(accent.value ?? BRASS);
    const ratio = (value: number) =>
      format.number(value, { minimumFractionDigits: 1, maximumFractionDigits: 1 });

    return (
      <ClientMessages sections={["waiting"]}>
        <h1 className="text-2xl font-semibold">{t("title")}</h1>
        <p className="mt-1 max-w-2xl text-soft">{t("intro")}</p>
        <div className="mt-4 grid gap-x-16 lg:mt-10 lg:grid-cols-[11rem_minmax(0,1fr)]">
          <div className="lg:sticky lg:top-20 lg:self-start">
            <PageParts label={t("parts")} parts={parts} />
          </div>
          <div className="max-w-3xl min-w-0 space-y-14 max-lg:mt-10">
            <Section id="identity" title={parts.identity} intro={t("identityIntro")}>
              {done("identity")}
              <SettingsForm
                key={etag}
                save={saveSettings}
                etag={etag}
                fields={identity}
                words={words}
              >
                <div className="grid gap-4 sm:grid-cols-2">
                  {(["light", "dark"] as const).map((scheme) => (
                    <AccentSample
                      key={scheme}
                      page={BACKGROUNDS[scheme][0]}
                      fill={shown.fill}
                      on={shown.on}
                      edge={shown.edge[scheme]}
                      button={t("sample")}
                      words={t(scheme === "light" ? "sampleLight" : "sampleDark", {
                        words: ratio(shown.contrast.words),
                        edge: ratio(shown.contrast[scheme]),
                      })}
                    />
                  ))}
                </div>
              </SettingsForm>
            </Section>
            <Section id="mark" title={parts.mark} intro={t("markIntro")}>
              {done("mark")}
              <MarkForm
                plate={<OwnPlate size="size-10" />}
                key={etag}
                save={saveMark}
                etag={etag}
                types={IMAGE_TYPES}
                maxBytes={IMAGE_MAX_BYTES}
                removable={mark !== null}
                words={{
                  ...words,
                  label: t("markFile"),
                  hint: t("markHint", LIMITS),
                  remove: t("markRemove"),
                  removing: t("markRemoving"),
                }}
              />
            </Section>
            <Section id="passwords" title={parts.passwords} intro={t("passwordsIntro")}>
              {done("passwords")}
              <SettingsForm
                key={etag}
                save={saveSettings}
                etag={etag}
                fields={passwords}
                words={words}
              />
            </Section>
            <Section id="sessions" title={parts.sessions} intro={t("sessionsIntro")}>
              {done("sessions")}
              <SettingsForm
                key={etag}
                save={saveSettings}
                etag={etag}
                fields={sessions}
                words={words}
              />
            </Section>
            <Section id="origins" title={parts.origins} intro={t("originsIntro")}>
              {done("origins")}
              <SettingsForm
                key={etag}
                save={saveSettings}
                etag={etag}
                fields={origins}
                words={words}
              />
            </Section>
            <Section
              id="mail"
              title={parts.mail}
              intro={t.rich(mail ? "mailIntro" : "mailOffIntro", { code })}
            >
              {mail && (
                <>
                  <dl className="mb-6 grid gap-x-6 gap-y-1 wrap-anywhere sm:grid-cols-[6rem_minmax(0,1fr)]">
                    <dt className="text-soft">{t("mailFrom")}</dt>
                    <dd>{mail["from"]}</dd>
                    <dt className="text-soft max-sm:mt-2">{t("mailServer")}</dt>
                    <dd>{mail["server"]}</dd>
                  </dl>
                  <TestMailForm send={testMail} words={testMailWords} />
                </>
              )}
            </Section>
            <Section id="health" title={parts.health} intro={t("healthIntro")}>
              <HealthList health={looked.health} />
            </Section>
          </div>
        </div>
      </ClientMessages>
    );
  }, Message);
}
