import { useFormatter, useTranslations } from "next-intl";
import type { ReactNode } from "react";
import type { Policy } from "@/lib/access/schema";
import type { MessageKey } from "@/lib/platform/messages";
import { type NamedRole, useRoleWords } from "../roles/use-role-words";
import { Section } from "../section";
import { buttonStyle } from "../ui/button-style";
import { Link } from "../ui/link";
import { TextLink } from "../ui/text-link";

/** What somebody who has just joined needs to know: where they are, what they can do, how to keep it safe. */
export function Welcome({
  name,
  host,
  email,
  signIn,
  role,
  policies,
  named,
  sections,
  factor,
  preferences,
}: {
  name: string;
  host: string;
  email: string;
  /** The address at which they sign in the next time. */
  signIn: string;
  /** What their role is called. */
  role: string;
  policies: readonly Policy[];
  named: readonly NamedRole[];
  /** Those that they may see. */
  sections: readonly { path: string; label: MessageKey }[];
  /** `due`: by when the role asks for one. */
  factor: { isOn: boolean; due: Date | null };
  preferences: ReactNode;
}) {
  const t = useTranslations("welcome");
  const words = useTranslations();
  const format = useFormatter();
  const { sentencesOf } = useRoleWords(named);
  const sentences = policies.flatMap(sentencesOf);
  const bold = (text: ReactNode) => <strong className="font-medium">{text}</strong>;
  return (
    <>
      <h1 className="text-2xl font-semibold text-balance wrap-anywhere">{t("title", { name })}</h1>
      <p className="mt-2 max-w-[70ch] text-lg text-soft text-pretty wrap-anywhere">
        {t("intro", { host, email })}
      </p>
      <div className="mt-10 grid gap-x-16 gap-y-10 lg:grid-cols-2">
        <div className="min-w-0 space-y-10">
          <Section id="can" title={t("can")} intro={t.rich("role", { role, bold })}>
            {sentences.length === 0 ? (
              <p className="max-w-[70ch] text-pretty">{t("own")}</p>
            ) : (
              <ul className="max-w-[70ch] divide-y divide-line rounded border border-line bg-surface">
                {sentences.map((sentence) => (
                  <li key={sentence} className="px-4 py-3 wrap-anywhere">
                    {sentence}
                  </li>
                ))}
              </ul>
            )}
          </Section>
          <Section id="where" title={t("where")}>
            <ul className="flex flex-wrap gap-x-6 gap-y-2">
              {sections.map(({ path, label }) => (
                <li key={path}>
                  <TextLink href={path}>{words(label)}</TextLink>
                </li>
              ))}
              <li>
                <TextLink href="/account">{words("account.open")}</TextLink>
              </li>
            </ul>
            <p className="mt-4 max-w-[70ch] text-soft text-pretty wrap-anywhere">
              {t("nextTime", { address: signIn })}
            </p>
          </Section>
        </div>
        <div className="min-w-0 space-y-10">
          <Section
            id="protect"
            title={t("protect")}
            intro={
              factor.isOn
                ? t("protected")
                : factor.due
                  ? t("protectDue", { date: format.dateTime(factor.due, { dateStyle: "long" }) })
                  : t("protectText")
            }
          >
            <Link href="/account/second-factor" className={buttonStyle()}>
              {words(factor.isOn ? "secondFactor.manage" : "secondFactor.setUpLink")}
            </Link>
          </Section>
          <Section
            id="preferences"
            title={words("accountPage.preferences")}
            intro={words("accountPage.preferencesIntro")}
          >
            {preferences}
          </Section>
        </div>
      </div>
      <p className="mt-12">
        <Link
          href={sections[0]?.path ?? "/account"}
          className={buttonStyle({ look: "primary", className: "min-w-40" })}
        >
          {t("goOn")}
        </Link>
      </p>
    </>
  );
}
