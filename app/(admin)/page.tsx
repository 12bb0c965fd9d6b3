import type { Metadata } from "next";
import { cookies } from "next/headers";
import { redirect } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { EventList } from "@/components/audit/event-list";
import { AttentionList } from "@/components/home/attention-list";
import { FactorCoverage } from "@/components/home/factor-coverage";
import { NextSteps } from "@/components/home/next-steps";
import { SignInsPlot } from "@/components/home/sign-ins-plot";
import { StatusBar } from "@/components/home/status-bar";
import { UsersPlot } from "@/components/home/users-plot";
import { Message } from "@/components/message";
import { TextLink } from "@/components/ui/text-link";
import { may } from "@/lib/access/policy";
import { listEvents } from "@/lib/audit/list-events";
import { ignoredVariables } from "@/lib/bootstrap/installation-notices";
import { databaseNow } from "@/lib/platform/database-now";
import { env } from "@/lib/platform/env";
import { addressFault, visitedOrigin } from "@/lib/platform/http/visited-address";
import { isLoopbackHost } from "@/lib/platform/is-loopback-host";
import { getRequestContext } from "@/lib/platform/request-context";
import { getActor } from "@/lib/sessions/auth";
import { administrators, attention, besideSteps, nextSteps } from "@/lib/statistics/attention";
import { getStatistics } from "@/lib/statistics/get-statistics";
import { ADMIN_ROLE } from "@/lib/users/schema";
import { KEPT } from "@/product";
import { putAwayNextSteps } from "../actions";
import { ENROL } from "../enrol";
import { whenAvailable } from "../when-available";
import { openEvent } from "./audit/actions";
import { homeOf } from "./sections";

const LATEST = 8;

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("home");
  return { title: t("title") };
}

/** The address at which the page was opened, where it is not the configured one. */
function addressIfOther(configured: string) {
  const visited = getRequestContext()?.visited;
  if (!visited || addressFault(visited) === null) return null;
  return { visited: visitedOrigin(visited), configured };
}

/** How it stands, for who may see every user. Everybody else is led to where their work is. */
export default function HomePage() {
  return whenAvailable(async () => {
    const actor = await getActor();
    if (actor === null) redirect("/login");
    const [figures, listed] = await Promise.all([
      getStatistics(actor),
      listEvents(actor, { limit: LATEST }, { folded: true }),
    ]);
    if (figures.kind === "forbidden") redirect(homeOf(actor));
    const { statistics } = figures;
    const t = await getTranslations("home");

    const { https, baseUrl, dataDir } = env();
    const { host } = new URL(baseUrl);
    const facts = may(actor, "read", "Installation")
      ? {
          https,
          isLoopback: isLoopbackHost(host),
          ignoredVariables: ignoredVariables(),
          address: addressIfOther(baseUrl),
        }
      : null;
    const isAway = (await cookies()).has(KEPT.nextStepsCookie);
    const steps = facts === null || isAway ? null : nextSteps(statistics, facts);
    const all = attention(statistics, facts);
    const found = steps === null ? all : besideSteps(all);

    const mayCreate = may(actor, "create", "User");
    const mayReadRoles = may(actor, "read", "Role");
    // Who is the only administrator protects nobody but themselves.
    const isAlone = actor.role.slug === ADMIN_ROLE && administrators(statistics).active === 1;
    const protect = isAlone ? ENROL : `/roles/${ADMIN_ROLE}`;
    return (
      <>
        <h1 className="text-2xl font-semibold">{t("title")}</h1>
        <p className="mt-1 text-soft wrap-anywhere">{host}</p>
        {(steps === null || found.length > 0) && (
          <AttentionList
            attention={found}
            remedies={{
              blocks: may(actor, "read", "AuditEvent") ? "/audit?action=session.blocked" : null,
              oneAdministrator: mayCreate ? "/users/new" : null,
              administratorsWithoutFactor: isAlone || mayReadRoles ? protect : null,
              joinRequests: mayCreate ? "/users/join-links" : null,
              invitationsExpiring: mayCreate ? "/users/invite" : null,
            }}
          />
        )}
        {steps && (
          <NextSteps
            steps={steps}
            protect={protect}
            dataDir={dataDir}
            quiet={found.length > 0}
            putAway={putAwayNextSteps}
          />
        )}
        <div className="mt-8 grid gap-4 lg:grid-cols-3 lg:has-[details[open]]:items-start">
          <SignInsPlot days={statistics.days} className="lg:col-span-2" />
          <UsersPlot days={statistics.days} invite={mayCreate ? "/users/invite" : null} />
          <StatusBar byStatus={statistics.users.byStatus} />
          <FactorCoverage
            roles={statistics.users.byRole}
            admin={ADMIN_ROLE}
            linked={mayReadRoles}
            className="lg:col-span-2"
          />
        </div>
        {listed.kind === "listed" && (
          <section aria-labelledby="latest" className="mt-12">
            <div className="mb-3 flex flex-wrap items-baseline justify-between gap-x-4">
              <h2 id="latest" className="text-lg font-semibold">
                {t("latest")}
              </h2>
              <TextLink href="/audit">{t("trail")}</TextLink>
            </div>
            <EventList events={listed.events} now={databaseNow()} open={openEvent} />
          </section>
        )}
      </>
    );
  }, Message);
}
