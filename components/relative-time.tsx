"use client";

import { useFormatter } from "next-intl";
import { useSyncExternalStore } from "react";

const ownZone = () => Intl.DateTimeFormat().resolvedOptions().timeZone;
const serverZone = () => "UTC";
const never = () => () => {};

/**
 * How long ago something was; the exact time on hover, in the reader's zone and with the zone's name. The server
 * cannot know that zone: it says the time in UTC, which a browser without scripts keeps.
 *
 * @param at ISO 8601
 */
export function RelativeTime({ at, now }: { at: string; now: Date }) {
  const format = useFormatter();
  const timeZone = useSyncExternalStore(never, ownZone, serverZone);
  const time = new Date(at);
  return (
    <time
      dateTime={at}
      title={format.dateTime(time, { dateStyle: "long", timeStyle: "long", timeZone })}
    >
      {format.relativeTime(time, now)}
    </time>
  );
}
