import { useTranslations } from "next-intl";
import { ChevronDown } from "@/components/ui/icons/chevron-down";
import type { EventView } from "@/lib/audit/event-view";
import { IconSprite } from "../ui/icon-sprite";
import { changeOf, endedSessions, isNotable, sentenceOf } from "./describe-event";
import { isUntold } from "./event-details";
import { eventIcon } from "./event-icon";
import { EventRow, EventRows, type OpenEvent } from "./event-rows";
import { ActorName, useDevice, useDoor } from "./event-words";

/**
 * One page of the audit trail, newest first. Each event opens to show everything that is known of it, which is fetched
 * then; without JavaScript a link leads there.
 */
export function EventList({
  events,
  now,
  open,
  own = false,
}: {
  events: readonly EventView[];
  now: Date;
  /** Shows everything that is known of an event, by its number. */
  open: OpenEvent;
  /** Whether it is the activity of one person (listOwnEvents), who may not see the rest of the trail. */
  own?: boolean;
}) {
  const t = useTranslations("audit");
  const icons = new Map(events.map(eventIcon).map(({ name, icon }) => [name, icon]));
  return (
    <>
      <IconSprite icons={{ open: ChevronDown, ...Object.fromEntries(icons) }} />
      <EventRows
        now={now}
        open={open}
        pages={own ? "/account/activity" : "/audit"}
        words={{ more: t("more"), loading: t("loading") }}
      >
        {events.map((event) => (
          <Row key={event.id} event={event} own={own} />
        ))}
      </EventRows>
    </>
  );
}

function Row({ event, own }: { event: EventView; own: boolean }) {
  const whence = useWhence(event, own);
  return (
    <EventRow
      id={event.id}
      at={event.at}
      icon={eventIcon(event).name}
      notable={isNotable(event) || undefined}
      whence={whence}
    >
      <Sentence event={event} />
      <Changes details={event.details} />
    </EventRow>
  );
}

function Sentence({ event }: { event: EventView }) {
  const t = useTranslations("auditActions");
  const sentence = sentenceOf(event);
  return (
    <p>
      {t.has(sentence)
        ? t.rich(sentence, {
            who: () => <ActorName actor={event.actor} />,
            whom: () => <bdi>{event.target?.label}</bdi>,
            count: endedSessions(event),
          })
        : event.action}
    </p>
  );
}

/** What has become of what, in words. */
function Changes({ details }: Pick<EventView, "details">) {
  const t = useTranslations("audit");
  const fields = useTranslations("audit.fields");
  const changes = Object.entries(details).flatMap(([field, detail]) => {
    const change = changeOf(detail);
    return change ? [{ field, ...change }] : [];
  });
  const reason = typeof details["reason"] === "string" ? details["reason"] : "";
  if (changes.length === 0 && reason === "") return null;
  return (
    <ul>
      {changes.map(({ field, from, to }) => {
        const name = field as Parameters<typeof fields>[0];
        return (
          <li key={field}>
            {t.rich("changed", {
              field: fields.has(name) ? fields(name) : field,
              from: () => <Value field={field} value={from} />,
              to: () => <Value field={field} value={to} />,
            })}
          </li>
        );
      })}
      {reason !== "" && <li>{t("becauseOf", { reason })}</li>}
    </ul>
  );
}

function Value({ field, value }: { field: string; value: unknown }) {
  const t = useTranslations("audit");
  const statuses = useTranslations("audit.statuses");
  const roles = useTranslations("roles");
  if (value === null || value === undefined || value === "") return t("nothing");
  if (typeof value !== "string") return <bdi>{JSON.stringify(value)}</bdi>;
  const status = value as Parameters<typeof statuses>[0];
  if (field === "status" && statuses.has(status)) return statuses(status);
  const role = value as Parameters<typeof roles>[0];
  if (field === "role" && roles.has(role)) return roles(role);
  return <bdi>{value}</bdi>;
}

/** From which address, by which door, on what device. */
function useWhence(event: EventView, own: boolean): string {
  const t = useTranslations("audit");
  const device = useDevice(event);
  const door = useDoor(event.door);
  const address = isUntold(event, own) ? null : (event.address ?? t("nowhere"));
  return [address, device ?? door].filter(Boolean).join(" · ");
}
