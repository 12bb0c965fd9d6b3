import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { OwnProfileForm } from "@/components/account/own-profile-form";
import { PasswordForm } from "@/components/account/password-form";
import { SessionList } from "@/components/account/session-list";
import { EventList } from "@/components/audit/event-list";
import { Message } from "@/components/message";
import { PageParts } from "@/components/page-parts";
import { passwordWords } from "@/components/password/password-words";
import { Section } from "@/components/section";
import { CreateTokenForm } from "@/components/tokens/create-token-form";
import { TokenList } from "@/components/tokens/token-list";
import { buttonStyle } from "@/components/ui/button-style";
import { Link } from "@/components/ui/link";
import { Notice } from "@/components/ui/notice";
import { SubmitButton } from "@/components/ui/submit-button";
import { summaryWords } from "@/components/ui/summary-words";
import { TextLink } from "@/components/ui/text-link";
import { recentlyConfirmed } from "@/lib/access/recently-confirmed";
import { listOwnEvents } from "@/lib/audit/list-own-events";
import { getSecondFactor } from "@/lib/factors/get-second-factor";
import { databaseNow } from "@/lib/platform/database-now";
import { env } from "@/lib/platform/env";
import { listSessions } from "@/lib/sessions/list-sessions";
import { sessionSettings } from "@/lib/sessions/session-settings";
import { ABILITIES } from "@/lib/tokens/abilities";
import { listTokens } from "@/lib/tokens/list-tokens";
import { getUser } from "@/lib/users/get-user";
import { PASSWORD_ADVISED_LENGTH } from "@/lib/users/schema";
import { ClientMessages } from "../../client-messages";
import { whenAvailable } from "../../when-available";
import { YourPreferences } from "../../your-preferences";
import { confirmAddress } from "../confirm-first";
import { requirePerson } from "../require-actor";
import {
  changePassword,
  createToken,
  endOtherSessions,
  endSession,
  revokeToken,
  saveProfile,
} from "./actions";
import { openOwnEvent } from "./activity/actions";

/** How many events are shown; the rest has a page of its own. */
const EVENTS = 8;

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("accountPage");
  return { title: t("title") };
}

/** Everything of one's own account in one place. Open to everybody who is signed in. */
export default function AccountPage({ searchParams }: PageProps<"/account">) {
  return whenAvailable(async () => {
    const actor = await requirePerson("/account");
    const t = await getTranslations("accountPage");
    const factorWords = await getTranslations("secondFactor");
    const tokenWords = await getTranslations("tokens");
    const query = await searchParams;
    const confirmed = recentlyConfirmed(actor);
    const now = databaseNow();

    const [me, factor, listed, tokens, events] = await Promise.all([
      getUser(actor, actor.userId),
      getSecondFactor(actor),
      listSessions(actor, actor.userId, { limit: 100 }),
      listTokens(actor, { limit: 100 }),
      listOwnEvents(actor, { limit: EVENTS }),
    ]);
    if (me.kind !== "found") redirect("/login?next=%2Faccount");
    const { user, etag } = me;
    const hasFactor = factor.totpSince !== null || factor.passkeys.length > 0;
    const sessions = listed.kind === "listed" ? listed.sessions : [];
    const { passwordMinLength } = env();
    const { sessionDays, sessionIdleDays } = sessionSettings();
    const done = (name: "changed" | "disowned") =>
      query[name] !== undefined && (
        <div className="mb-6 max-w-md">
          <Notice tone={name === "disowned" ? "warning" : "ok"} role="status">
            {t(name)}
          </Notice>
        </div>
      );
    const parts = {
      profile: t("profile"),
      preferences: t("preferences"),
      "change-password": t("password"),
      "second-factor": factorWords("title"),
      sessions: t("sessions"),
      tokens: tokenWords("title"),
      activity: t("activity"),
    };

    return (
      <ClientMessages sections={["accountPage", "rules", "tokenRevocation", "tokens", "waiting"]}>
        <h1 className="text-2xl font-semibold wrap-anywhere">{t("title")}</h1>
        <p className="mt-1 text-soft wrap-anywhere">{user.email}</p>
        <div className="mt-4 grid gap-x-16 lg:mt-10 lg:grid-cols-[11rem_minmax(0,1fr)]">
          <PageParts label={t("parts")} parts={parts} beside />
          <div className="max-w-3xl min-w-0 space-y-14 max-lg:mt-10">
            <Section id="profile" title={parts.profile}>
              <OwnProfileForm
                // A form keeps what it began with; a new version begins anew.
                key={etag}
                profile={{ name: user.name ?? "", email: user.email, version: etag }}
                saved={query["saved"] !== undefined}
                confirm={confirmed ? null : confirmAddress("/account#profile")}
                save={saveProfile}
                headlines={await summaryWords(2)}
              />
            </Section>
            <Section id="preferences" title={parts.preferences} intro={t("preferencesIntro")}>
              <YourPreferences inWords />
            </Section>
            <Section
              id="change-password"
              title={parts["change-password"]}
              intro={t("passwordIntro")}
            >
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
              title={parts["second-factor"]}
              intro={factorWords(hasFactor ? "isOnShort" : "isOff")}
            >
              <Link href="/account/second-factor" className={buttonStyle()}>
                {factorWords(hasFactor ? "manage" : "setUpLink")}
              </Link>
            </Section>
            <Section
              id="sessions"
              title={parts.sessions}
              intro={
                <>
                  {t("sessionsIntro")}{" "}
                  {t("lifetimes", { days: sessionDays, idle: sessionIdleDays })}
                </>
              }
            >
              <SessionList sessions={sessions} end={endSession} now={now} />
              {sessions.length > 1 && (
                <form action={endOtherSessions} className="mt-6">
                  <SubmitButton look="secondary" working={t("endingOthers")}>
                    {t("endOthers")}
                  </SubmitButton>
                </form>
              )}
            </Section>
            <Section id="tokens" title={parts.tokens} intro={tokenWords("intro")}>
              {tokens.kind === "listed" && (
                <TokenList
                  tokens={tokens.tokens}
                  more={tokens.nextCursor !== null}
                  revoke={revokeToken}
                  now={now}
                />
              )}
              <h3 className="mt-8 mb-4 font-semibold">{tokenWords("new")}</h3>
              {confirmed ? (
                <CreateTokenForm
                  create={createToken}
                  abilities={ABILITIES}
                  headlines={await summaryWords(3)}
                />
              ) : (
                <>
                  <p className="mb-4 max-w-2xl text-soft">{t("tokenConfirm")}</p>
                  <Link href={confirmAddress("/account#tokens")} className={buttonStyle()}>
                    {t("confirm")}
                  </Link>
                </>
              )}
            </Section>
            <Section id="activity" title={parts.activity} intro={t("activityIntro")}>
              {events.kind === "listed" && (
                <EventList events={events.events} now={now} open={openOwnEvent} own />
              )}
              {events.kind === "listed" && events.nextCursor !== null && (
                <p className="mt-4">
                  <TextLink href="/account/activity">{t("activityAll")}</TextLink>
                </p>
              )}
            </Section>
          </div>
        </div>
      </ClientMessages>
    );
  }, Message);
}
