"use client";

import { useFormatter } from "next-intl";
import { useZone } from "../use-zone";

/** A moment to the second, as the reader's clock shows it, with its zone. */
export function ExactTime({ at }: { at: string }) {
  const format = useFormatter();
  const timeZone = useZone();
  return (
    <time dateTime={at}>
      {format.dateTime(new Date(at), { dateStyle: "long", timeStyle: "long", timeZone })}
    </time>
  );
}
