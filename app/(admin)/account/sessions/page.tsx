import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { AccountFrame } from "@/components/account/account-frame";
import { SessionList } from "@/components/account/session-list";
import { Message } from "@/components/message";
import { RelativeTime } from "@/components/relative-time";
import { Section } from "@/components/section";
import { SubmitButton } from "@/components/ui/submit-button";
import { databaseNow } from "@/lib/platform/database-now";
import { listSessions } from "@/lib/sessions/list-sessions";
import { settings } from "@/lib/settings/settings";
import { whenAvailable } from "../../../when-available";
import { requirePerson } from "../../require-actor";
import { endOtherSessions, endSession } from "../actions";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("accountPage");
  return { title: t("section_sessions") };
}

/** Where one is signed in. */
export default function SessionsPage() {
  return whenAvailable(async () => {
    const actor = await requirePerson("/account/sessions");
    const t = await getTranslations("accountPage");
    const now = databaseNow();
    const listed = await listSessions(actor, actor.userId, { limit: 100 });
    const sessions = listed.kind === "listed" ? listed.sessions : [];
    const { sessionDays, sessionIdleDays } = settings();
    const lifetimes = t("lifetimes", { days: sessionDays, idle: sessionIdleDays });
    return (
      <AccountFrame email={actor.email} current="sessions">
        <Section
          id="sessions"
          title={t("sessions")}
          intro={
            <>
              {t("sessionsIntro")} {lifetimes}
            </>
          }
        >
          <SessionList
            sessions={sessions}
            end={endSession}
            now={now}
            detail={({ createdAt }) =>
              t.rich("signedIn", { when: () => <RelativeTime at={createdAt} now={now} /> })
            }
          />
          {sessions.length > 1 && (
            <form action={endOtherSessions} className="mt-6">
              <SubmitButton look="secondary" working={t("endingOthers")}>
                {t("endOthers")}
              </SubmitButton>
            </form>
          )}
        </Section>
      </AccountFrame>
    );
  }, Message);
}
