import { useTranslations } from "next-intl";
import type { EventView } from "@/lib/audit/event-view";
import { describeDevice } from "../account/describe-device";
import { messageKey } from "./describe-event";

/** A person by name, or as they were called then; or the part of the system that acted. */
export function ActorName({
  actor,
  name,
}: {
  actor: EventView["actor"];
  name?: string | undefined;
}) {
  const t = useTranslations("audit.systems");
  const system = messageKey(actor.label) as Parameters<typeof t>[0];
  if (name) return <bdi title={actor.label}>{name}</bdi>;
  return <bdi>{actor.id === null && t.has(system) ? t(system) : actor.label}</bdi>;
}

/** A door in words; null for an event that came through none. */
export function useDoor(door: string | null): string | null {
  const t = useTranslations("auditFilters.doors");
  const key = messageKey(door ?? "") as Parameters<typeof t>[0];
  return door !== null && t.has(key) ? t(key) : door;
}

/** The browser and system that somebody signed in with; null where the event knows none. */
export function useDevice({ details }: EventView): string | null {
  const t = useTranslations("audit");
  const { userAgent } = details;
  const device = describeDevice(typeof userAgent === "string" ? userAgent : null);
  if (device === null) return null;
  return device.browser && device.system
    ? t("device", { browser: device.browser, system: device.system })
    : (device.browser ?? device.system);
}
