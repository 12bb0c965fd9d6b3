import { useTranslations } from "next-intl";
import { ChevronDown } from "@/components/ui/icons/chevron-down";
import type { EventView } from "@/lib/audit/event-view";
import { hueOf, initials } from "../ui/avatar";
import { IconSprite } from "../ui/icon-sprite";
import { changeOf, countOf, isNotable, sentenceOf } from "./describe-event";
import { isUntold } from "./event-details";
import { eventIcon } from "./event-icon";
import { EventRow, EventRows, type OpenEvent } from "./event-rows";
import { ActorName, useDevice, useDoor } from "./event-words";
import { PolicyChanges } from "./policy-changes";

/**
 * One page of the audit trail, newest first. Each event opens to show everything that is known of it, which is fetched
 * then; without JavaScript a link leads there.
 */
export function EventList({
  events,
  names = {},
  now,
  open,
  own = false,
}: {
  events: readonly EventView[];
  /** What people are called now, by their ids; the trail itself knows their addresses. */
  names?: Names;
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
          <Row key={event.id} event={event} names={names} own={own} />
        ))}
      </EventRows>
    </>
  );
}

type Names = Readonly<Record<string, string>>;

function Row({ event, names, own }: { event: EventView; names: Names; own: boolean }) {
  const whence = useWhence(event, own);
  const notable = isNotable(event) || undefined;
  return (
    <EventRow
      id={event.id}
      at={event.at}
      icon={eventIcon(event).name}
      notable={notable}
      person={notable || own ? undefined : personOf(event, names)}
      whence={whence}
    >
      <Sentence event={event} names={names} />
      <Changes details={event.details} />
    </EventRow>
  );
}

/** Who did it, if it was a person; a trail of one person's own needs no faces. */
function personOf({ actor }: EventView, names: Names) {
  if (actor.id === null) return undefined;
  return { hue: hueOf(actor.id), initials: initials(names[actor.id] ?? actor.label) };
}

function Sentence({ event, names }: { event: EventView; names: Names }) {
  const t = useTranslations("auditActions");
  const sentence = sentenceOf(event);
  return (
    <p>
      {t.has(sentence)
        ? t.rich(sentence, {
            who: () => <ActorName actor={event.actor} name={names[event.actor.id ?? ""]} />,
            whom: () => <TargetName target={event.target} names={names} />,
            count: countOf(event),
          })
        : event.action}
    </p>
  );
}

/** A user by name, a job by what it does, anything else as it was called then. */
function TargetName({ target, names }: Pick<EventView, "target"> & { names: Names }) {
  const jobs = useTranslations("bulk");
  if (target === null) return null;
  const job = `job_${target.label}` as "job_disable";
  if (target.type === "job" && jobs.has(job))
    return <bdi>{jobs("quoted", { name: jobs(job) })}</bdi>;
  const name = target.type === "user" ? names[target.id] : undefined;
  return <bdi {...(name && { title: target.label })}>{name ?? target.label}</bdi>;
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
  const { changed, rejected } = details;
  const counted = typeof changed === "number" && typeof rejected === "number";
  if (changes.length === 0 && reason === "" && !counted) return null;
  return (
    <ul>
      {changes.map(({ field, from, to }) => {
        const name = field as Parameters<typeof fields>[0];
        const line = (
          <li key={field}>
            {t.rich("changed", {
              field: fields.has(name) ? fields(name) : field,
              from: () => <Value field={field} value={from} />,
              to: () => <Value field={field} value={to} />,
            })}
          </li>
        );
        return field === "policies" ? (
          <PolicyChanges key={field} from={from} to={to} otherwise={line} />
        ) : (
          line
        );
      })}
      {reason !== "" && <li>{t("becauseOf", { reason })}</li>}
      {counted && <li>{t("jobSums", { changed, rejected })}</li>}
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
