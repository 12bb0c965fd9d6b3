import { useTranslations } from "next-intl";
import { EventDetails } from "@/components/audit/event-details";
import { BackLink } from "@/components/back-link";
import type { EventView } from "@/lib/audit/event-view";

/** One event by itself: where a list leads that cannot show it in its place. */
export function EventPage({
  event,
  own,
  back,
}: {
  event: EventView;
  own: boolean;
  back: { href: string; text: string };
}) {
  const t = useTranslations("audit");
  return (
    <>
      <BackLink href={back.href}>{back.text}</BackLink>
      <h1 className="mb-8 text-2xl font-semibold">{t("event", { id: String(event.id) })}</h1>
      <EventDetails event={event} own={own} />
    </>
  );
}
