import type { Metadata } from "next";
import Link from "next/link";
import { getTranslations } from "next-intl/server";
import { PasswordForm } from "@/components/account/password-form";
import { SessionList } from "@/components/account/session-list";
import { Message } from "@/components/message";
import { passwordWords } from "@/components/password/password-words";
import { buttonStyle } from "@/components/ui/button-style";
import { Notice } from "@/components/ui/notice";
import { SubmitButton } from "@/components/ui/submit-button";
import { summaryWords } from "@/components/ui/summary-words";
import { CreateTokenForm } from "@/components/user/create-token-form";
import { TokenList } from "@/components/user/token-list";
import { getSecondFactor } from "@/lib/factors/get-second-factor";
import { env } from "@/lib/platform/env";
import { listSessions } from "@/lib/sessions/list-sessions";
import { ABILITIES } from "@/lib/tokens/abilities";
import { listTokens } from "@/lib/tokens/list-tokens";
import { PASSWORD_ADVISED_LENGTH } from "@/lib/users/schema";
import { whenAvailable } from "../../when-available";
import { requirePerson } from "../require-actor";
import { changePassword, createToken, endOtherSessions, endSession, revokeToken } from "./actions";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("accountPage");
  return { title: t("title") };
}

/** One's own account: password and sessions. Open to everybody who is signed in. */
export default function AccountPage({ searchParams }: PageProps<"/account">) {
  return whenAvailable(async () => {
    const actor = await requirePerson("/account");
    const t = await getTranslations("accountPage");
    const factorWords = await getTranslations("secondFactor");
    const { totpSince, passkeys } = await getSecondFactor(actor);
    const hasFactor = totpSince !== null || passkeys.length > 0;
    const listed = await listSessions(actor, actor.userId);
    const sessions = listed.kind === "listed" ? listed.sessions : [];
    const { passwordMinLength, sessionDays, sessionIdleDays } = env();
    const tokens = await listTokens(actor, { limit: 100 });
    const tokenWords = await getTranslations("tokens");
    return (
      <>
        <h1 className="text-2xl font-semibold">{t("title")}</h1>
        <p className="mt-1 text-soft">{actor.email}</p>
        <div className="mt-10 grid gap-x-16 gap-y-12 lg:grid-cols-2">
          <section aria-labelledby="sessions">
            <h2 id="sessions" className="text-lg font-semibold">
              {t("sessions")}
            </h2>
            <p className="mt-1 text-soft">{t("sessionsIntro")}</p>
            <p className="mt-1 mb-6 text-soft">
              {t("lifetimes", { days: sessionDays, idle: sessionIdleDays })}
            </p>
            <SessionList sessions={sessions} end={endSession} now={new Date()} />
            {sessions.length > 1 && (
              <form action={endOtherSessions} className="mt-6">
                <SubmitButton look="secondary" working={t("endingOthers")}>
                  {t("endOthers")}
                </SubmitButton>
              </form>
            )}
          </section>
          <section aria-labelledby="second-factor" className="lg:col-start-2">
            <h2 id="second-factor" className="text-lg font-semibold">
              {factorWords("title")}
            </h2>
            <p className="mt-1 mb-6 text-soft">{factorWords(hasFactor ? "isOnShort" : "isOff")}</p>
            <Link href="/account/second-factor" className={buttonStyle()}>
              {factorWords(hasFactor ? "manage" : "setUpLink")}
            </Link>
          </section>
          <section aria-labelledby="change-password">
            <h2 id="change-password" className="text-lg font-semibold">
              {t("password")}
            </h2>
            <p className="mt-1 mb-6 text-soft">{t("passwordIntro")}</p>
            {(await searchParams)["changed"] !== undefined && (
              <div className="mb-6 max-w-md">
                <Notice tone="ok" role="status">
                  {t("changed")}
                </Notice>
              </div>
            )}
            <PasswordForm
              change={changePassword}
              person={{ name: actor.name ?? "", email: actor.email }}
              minLength={passwordMinLength}
              words={await passwordWords(passwordMinLength, PASSWORD_ADVISED_LENGTH)}
              headlines={await summaryWords(2)}
            />
          </section>
          <section aria-labelledby="tokens" className="lg:col-span-2">
            <h2 id="tokens" className="text-lg font-semibold">
              {tokenWords("title")}
            </h2>
            <p className="mt-1 mb-6 text-soft">{tokenWords("intro")}</p>
            <div className="grid gap-x-16 gap-y-8 lg:grid-cols-2">
              {tokens.kind === "listed" && (
                <div>
                  <TokenList
                    tokens={tokens.tokens}
                    more={tokens.nextCursor !== null}
                    revoke={revokeToken}
                    now={new Date()}
                  />
                </div>
              )}
              <div>
                <h3 className="mb-4 font-semibold">{tokenWords("new")}</h3>
                <CreateTokenForm
                  create={createToken}
                  abilities={ABILITIES}
                  headlines={await summaryWords(3)}
                />
              </div>
            </div>
          </section>
        </div>
      </>
    );
  }, Message);
}
