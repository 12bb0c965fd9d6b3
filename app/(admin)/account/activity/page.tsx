import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { AccountFrame } from "@/components/account/account-frame";
import { EventList } from "@/components/audit/event-list";
import { EmptyState } from "@/components/empty-state";
import { Message } from "@/components/message";
import { PagesNav } from "@/components/pages-nav";
import { Section } from "@/components/section";
import { TextLink } from "@/components/ui/text-link";
import { listOwnEvents } from "@/lib/audit/list-own-events";
import { databaseNow } from "@/lib/platform/database-now";
import { one } from "../../../one";
import { whenAvailable } from "../../../when-available";
import { requirePerson } from "../../require-actor";
import { openOwnEvent } from "./actions";

const HERE = "/account/activity";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("accountPage");
  return { title: t("section_activity") };
}

/** All of one's own activity, page by page. */
export default function ActivityPage({ searchParams }: PageProps<"/account/activity">) {
  return whenAvailable(async () => {
    const actor = await requirePerson(HERE);
    const t = await getTranslations("accountPage");
    const audit = await getTranslations("audit");
    const cursor = one((await searchParams)["cursor"]);
    const listed = await listOwnEvents(actor, { cursor });
    const nextCursor = listed.kind === "listed" ? listed.nextCursor : null;
    return (
      <AccountFrame email={actor.email} current="activity">
        <Section id="activity" title={t("activity")} intro={t("activityIntro")}>
          {listed.kind === "listed" ? (
            <EventList events={listed.events} now={databaseNow()} open={openOwnEvent} own />
          ) : (
            <EmptyState title={audit("badAddress")}>
              <TextLink href={HERE}>{audit("badAddressLink")}</TextLink>
            </EmptyState>
          )}
          <PagesNav
            label={audit("pages")}
            first={cursor && { href: HERE, text: audit("newest") }}
            next={
              nextCursor && {
                href: `${HERE}?${new URLSearchParams({ cursor: nextCursor })}`,
                text: audit("older"),
              }
            }
          />
        </Section>
      </AccountFrame>
    );
  }, Message);
}
