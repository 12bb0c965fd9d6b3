import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { AccountFrame } from "@/components/account/account-frame";
import { PasswordForm } from "@/components/account/password-form";
import { Message } from "@/components/message";
import { passwordWords } from "@/components/password/password-words";
import { Section } from "@/components/section";
import { buttonStyle } from "@/components/ui/button-style";
import { Link } from "@/components/ui/link";
import { Notice } from "@/components/ui/notice";
import { summaryWords } from "@/components/ui/summary-words";
import { getSecondFactor } from "@/lib/factors/get-second-factor";
import { settings } from "@/lib/settings/settings";
import { PASSWORD_ADVISED_LENGTH } from "@/lib/users/schema";
import { ClientMessages } from "../../../client-messages";
import { ENROL } from "../../../enrol";
import { whenAvailable } from "../../../when-available";
import { requirePerson } from "../../require-actor";
import { changePassword } from "../actions";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("accountPage");
  return { title: t("section_security") };
}

/** What one's own account is opened with. */
export default function SecurityPage({ searchParams }: PageProps<"/account/security">) {
  return whenAvailable(async () => {
    const actor = await requirePerson("/account/security");
    const t = await getTranslations("accountPage");
    const factorWords = await getTranslations("secondFactor");
    const query = await searchParams;
    const { totpSince, passkeys, recoveryCodesLeft } = await getSecondFactor(actor);
    const hasFactor = totpSince !== null || passkeys.length > 0;
    const { passwordMinLength } = settings();
    const done = (name: "changed" | "disowned") =>
      query[name] !== undefined && (
        <div className="mb-6 max-w-md">
          <Notice tone={name === "disowned" ? "warning" : "ok"} role="status">
            {t(name)}
          </Notice>
        </div>
      );
    return (
      <ClientMessages sections={["accountPage", "rules", "waiting"]}>
        <AccountFrame email={actor.email} current="security">
          <Section id="change-password" title={t("password")} intro={t("passwordIntro")}>
            {done("changed")}
            {done("disowned")}
            <PasswordForm
              change={changePassword}
              person={{ name: actor.name ?? "", email: actor.email }}
              minLength={passwordMinLength}
              words={await passwordWords(passwordMinLength, PASSWORD_ADVISED_LENGTH)}
              headlines={await summaryWords(2)}
            />
          </Section>
          <Section
            id="second-factor"
            title={factorWords("title")}
            intro={factorWords(hasFactor ? "isOnShort" : "isOff")}
          >
            {hasFactor && (
              <ul className="mb-5 divide-y divide-line border-y border-line">
                {totpSince !== null && <li className="py-3">{factorWords("appTitle")}</li>}
                {passkeys.length > 0 && (
                  <li className="py-3">{t("passkeys", { count: passkeys.length })}</li>
                )}
                <li className="py-3">{factorWords("codesLeft", { count: recoveryCodesLeft })}</li>
              </ul>
            )}
            <Link href={ENROL} className={buttonStyle()}>
              {factorWords(hasFactor ? "manage" : "setUpLink")}
            </Link>
          </Section>
        </AccountFrame>
      </ClientMessages>
    );
  }, Message);
}
