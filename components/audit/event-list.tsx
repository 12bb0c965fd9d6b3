import { useTranslations } from "next-intl";
import type { EventView } from "@/lib/audit/list-events";
import { RelativeTime } from "../relative-time";

/** What changed, as `field: from → to`; null for details that say nothing to a reader. */
function change([field, value]: [string, unknown]): string | null {
  if (typeof value !== "object" || value === null || !("from" in value) || !("to" in value)) {
    return typeof value === "string" && value !== "" ? `${field}: ${value}` : null;
  }
  return `${field}: ${value.from ?? "–"} → ${value.to ?? "–"}`;
}

/** One page of the audit trail, newest first: who did what to whom, when, from where. */
export function EventList({ events, now }: { events: readonly EventView[]; now: Date }) {
  const t = useTranslations("audit");
  const actions = useTranslations("auditActions");
  return (
    <ol className="divide-y divide-line border-y border-line">
      {events.map((event) => {
        // next-intl takes a dot for a level of its own.
        const action = event.action.replace(".", "_") as Parameters<typeof actions>[0];
        const changes = Object.entries(event.details).flatMap((detail) => change(detail) ?? []);
        return (
          <li key={event.id} className="flex flex-wrap gap-x-6 gap-y-1 py-3">
            <div className="min-w-0 flex-1 basis-80">
              <p className="wrap-anywhere">
                {actions.has(action)
                  ? actions.rich(action, {
                      who: () => <bdi className="font-medium">{event.actor.label}</bdi>,
                      whom: () => <bdi>{event.target?.label}</bdi>,
                    })
                  : event.action}
              </p>
              {changes.length > 0 && (
                <p className="mt-1 font-mono text-sm text-soft wrap-anywhere">
                  {changes.join(", ")}
                </p>
              )}
            </div>
            <p className="text-sm text-soft tabular-nums sm:text-right">
              <RelativeTime at={event.at} now={now} />
              <br />
              {event.door
                ? t("fromByDoor", { address: event.address ?? t("nowhere"), door: event.door })
                : (event.address ?? t("nowhere"))}
            </p>
          </li>
        );
      })}
    </ol>
  );
}
