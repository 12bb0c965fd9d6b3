import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { Message } from "@/components/message";
import { getOwnEvent } from "@/lib/audit/get-own-event";
import { missPage } from "../../../../miss-page";
import { whenAvailable } from "../../../../when-available";
import { EventPage } from "../../../event-page";
import { requirePerson } from "../../../require-actor";

export async function generateMetadata({
  params,
}: PageProps<"/account/activity/[id]">): Promise<Metadata> {
  const t = await getTranslations("audit");
  return { title: t("event", { id: (await params).id }) };
}

export default function OwnEventPage({ params }: PageProps<"/account/activity/[id]">) {
  return whenAvailable(async () => {
    const { id } = await params;
    const here = `/account/activity/${encodeURIComponent(id)}`;
    const actor = await requirePerson(here);
    const found = await getOwnEvent(actor, id);
    if (found.kind !== "found") missPage();
    const t = await getTranslations("accountPage");
    const back = { href: "/account/activity", text: t("section_activity") };
    return <EventPage event={found.event} own back={back} />;
  }, Message);
}
