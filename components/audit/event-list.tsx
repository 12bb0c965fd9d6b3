import { useTranslations } from "next-intl";
import { ChevronDown } from "@/components/ui/icons";
import type { EventView } from "@/lib/audit/event-view";
import { RelativeTime } from "../relative-time";
import { changeOf, endedSessions, sentenceOf } from "./describe-event";
import { EventDetails, isUntold } from "./event-details";
import { EventIcon } from "./event-icon";
import { ActorName, useDevice, useDoor } from "./event-words";

/** One page of the audit trail, newest first; each event opens to show everything that is known of it. */
export function EventList({
  events,
  now,
  own = false,
}: {
  events: readonly EventView[];
  now: Date;
  /** Whether it is the activity of one person (listOwnEvents), who may not see the rest of the trail. */
  own?: boolean;
}) {
  return (
    <ol className="divide-y divide-line border-y border-line">
      {events.map((event) => (
        <li key={event.id}>
          <details className="group">
            <summary className="-mx-2 flex list-none items-start gap-3 rounded px-2 py-3 hover:bg-sunken [&::-webkit-details-marker]:hidden">
              <EventIcon event={event} />
              <div className="flex min-w-0 flex-1 flex-wrap gap-x-6 gap-y-0.5">
                <div className="min-w-0 flex-1 basis-72 self-center">
                  <Sentence event={event} />
                  <Changes details={event.details} />
                </div>
                <p className="text-sm text-soft tabular-nums sm:w-56 sm:text-right">
                  <RelativeTime at={event.at} now={now} />
                  <br className="max-sm:hidden" />
                  <span className="sm:hidden"> · </span>
                  <Whence event={event} own={own} />
                </p>
              </div>
              <ChevronDown
                className="mt-3 size-4 shrink-0 text-soft transition-transform duration-150 group-open:rotate-180"
                aria-hidden="true"
              />
            </summary>
            <EventDetails event={event} own={own} />
          </details>
        </li>
      ))}
    </ol>
  );
}

function Sentence({ event }: { event: EventView }) {
  const t = useTranslations("auditActions");
  const sentence = sentenceOf(event);
  return (
    <p className="wrap-anywhere">
      {t.has(sentence)
        ? t.rich(sentence, {
            who: () => (
              <strong className="font-medium">
                <ActorName actor={event.actor} />
              </strong>
            ),
            whom: () => <bdi className="font-medium">{event.target?.label}</bdi>,
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
    <ul className="mt-0.5 flex flex-wrap gap-x-4 text-sm text-soft wrap-anywhere">
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
function Whence({ event, own }: { event: EventView; own: boolean }) {
  const t = useTranslations("audit");
  const device = useDevice(event);
  const door = useDoor(event.door);
  const address = isUntold(event, own) ? null : (event.address ?? t("nowhere"));
  return [address, device ?? door].filter(Boolean).join(" · ");
}
