import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { Message } from "@/components/message";
import { getEvent } from "@/lib/audit/get-event";
import { forbidPage } from "../../../forbid-page";
import { missPage } from "../../../miss-page";
import { whenAvailable } from "../../../when-available";
import { EventPage } from "../../event-page";
import { requireActor } from "../../require-actor";

export async function generateMetadata({ params }: PageProps<"/audit/[id]">): Promise<Metadata> {
  const t = await getTranslations("audit");
  return { title: t("event", { id: (await params).id }) };
}

export default function TrailEventPage({ params }: PageProps<"/audit/[id]">) {
  return whenAvailable(async () => {
    const { id } = await params;
    const here = `/audit/${encodeURIComponent(id)}`;
    const actor = await requireActor("read", here, "AuditEvent");
    const found = await getEvent(actor, id);
    if (found.kind === "forbidden") forbidPage();
    if (found.kind === "notFound") missPage();
    const t = await getTranslations("audit");
    return <EventPage event={found.event} own={false} back={{ href: "/audit", text: t("back") }} />;
  }, Message);
}
