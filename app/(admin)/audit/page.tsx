import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { type AskedFilter, auditAddress } from "@/components/audit/audit-address";
import { peopleIn } from "@/components/audit/describe-event";
import { EventFilters } from "@/components/audit/event-filters";
import { EventHistogram } from "@/components/audit/event-histogram";
import { EventList } from "@/components/audit/event-list";
import { EmptyState } from "@/components/empty-state";
import { Message } from "@/components/message";
import { PagesNav } from "@/components/pages-nav";
import { buttonStyle } from "@/components/ui/button-style";
import { Download } from "@/components/ui/icons/download";
import { TextLink } from "@/components/ui/text-link";
import { countEvents } from "@/lib/audit/count-events";
import { findLabels } from "@/lib/audit/find-labels";
import { listEvents } from "@/lib/audit/list-events";
import { databaseNow } from "@/lib/platform/database-now";
import { namesOf } from "@/lib/users/list/names-of";
import { peopleByName } from "@/lib/users/list/people-by-name";
import { ClientMessages } from "../../client-messages";
import { forbidPage } from "../../forbid-page";
import { one } from "../../one";
import { whenAvailable } from "../../when-available";
import { requireActor } from "../require-actor";
import { openEvent } from "./actions";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("audit");
  return { title: t("title") };
}

const FILTERS = [
  ...["action", "actorId", "targetId", "door"],
  ...["from", "to", "zone", "search"],
] as (keyof AskedFilter)[];

type Query = Awaited<PageProps<"/audit">["searchParams"]>;

/** The filters of the address; an empty one, as a form without JavaScript sends it, is none. */
function askedFilter(query: Query): AskedFilter {
  return Object.fromEntries(
    FILTERS.flatMap((name) => {
      const value = one(query[name])?.trim();
      return value ? [[name, value]] : [];
    }),
  );
}

export default function AuditPage({ searchParams }: PageProps<"/audit">) {
  return whenAvailable(async () => {
    const actor = await requireActor("read", "/audit", "AuditEvent");
    const query = await searchParams;
    const filter = askedFilter(query);
    const cursor = one(query["cursor"]);
    const t = await getTranslations("audit");
    const { search, action, actorId, targetId } = filter;
    // Who asks for somebody or something wants to see it also where a job has done it.
    const folded = !(search || action || actorId || targetId);
    const beyond = { findPeople: peopleByName, folded };
    const listed = await listEvents(actor, { ...filter, cursor }, beyond);
    if (listed.kind === "forbidden") forbidPage();
    if (listed.kind === "invalid") {
      const { field } = listed;
      return (
        <>
          <h1 className="text-2xl font-semibold">{t("title")}</h1>
          <EmptyState title={field === "cursor" ? t("badAddress") : t("badFilter", { field })}>
            <TextLink href="/audit">{t("badAddressLink")}</TextLink>
          </EmptyState>
        </>
      );
    }
    const [labels, counted, names] = await Promise.all([
      findLabels(actor, filter),
      countEvents(actor, { action, from: filter.from?.slice(0, 10), to: filter.to?.slice(0, 10) }),
      namesOf(actor, listed.kind === "listed" ? peopleIn(listed.events) : []),
    ]);
    return (
      <ClientMessages sections={["auditFilters"]}>
        <div className="flex flex-wrap items-end justify-between gap-4">
          <div>
            <h1 className="text-2xl font-semibold">{t("title")}</h1>
            <p className="mt-1 max-w-xl text-soft">{t("intro")}</p>
          </div>
          <nav aria-label={t("exportTitle")} className="flex gap-2">
            {(["csv", "jsonl"] as const).map((format) => (
              <a
                key={format}
                href={auditAddress({ ...filter, format }, "/v1/audit/export")}
                download
                className={buttonStyle({ size: "sm" })}
              >
                <Download className="size-4" aria-hidden="true" />
                {t(format)}
              </a>
            ))}
          </nav>
        </div>
        <div className="mt-8 mb-6">
          <EventFilters filter={filter} labels={labels} now={databaseNow()} />
        </div>
        {counted.kind === "counted" && (
          <EventHistogram
            first={counted.days[0]?.day ?? ""}
            counts={counted.days.map(({ count }) => count)}
            filter={filter}
          />
        )}
        {listed.kind === "tooBroad" ? (
          <EmptyState title={t("tooBroadTitle")} text={t("tooBroadText")} />
        ) : listed.events.length > 0 ? (
          <EventList events={listed.events} names={names} now={databaseNow()} open={openEvent} />
        ) : (
          <EmptyState title={t("nothingTitle")} text={t("nothingText")}>
            <TextLink href="/audit">{t("clear")}</TextLink>
          </EmptyState>
        )}
        {listed.kind === "listed" && (
          <PagesNav
            label={t("pages")}
            first={cursor && { href: auditAddress(filter), text: t("newest") }}
            next={
              listed.nextCursor && {
                href: auditAddress({ ...filter, cursor: listed.nextCursor }),
                text: t("older"),
              }
            }
          />
        )}
      </ClientMessages>
    );
  }, Message);
}
