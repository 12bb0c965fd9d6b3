import { z } from "zod";
import { Day, Instant } from "./bounds";
import { startOfDay } from "./zone";

/** An end of a period, as clients send it: a day on a calendar, or an instant. */
export const DayOrInstant = z.union([Day, Instant]);

/**
 * The instants of a period that may be open at either end.
 *
 * @param from the first day, or instant
 * @param to the last day, all of it; or the instant before which
 * @param zone where days begin and end (IANA)
 * @returns null when it is open at both
 */
export function periodWhere(
  from: string | undefined,
  to: string | undefined,
  zone: string,
): { gte?: Date; lt?: Date } | null {
  const isDay = (text: string) => !text.includes("T");
  if (!from && !to) return null;
  return {
    ...(from && { gte: isDay(from) ? startOfDay(from, zone) : new Date(from) }),
    ...(to && { lt: isDay(to) ? startOfDay(to, zone, 1) : new Date(to) }),
  };
}
