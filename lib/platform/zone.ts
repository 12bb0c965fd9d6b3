import { writable } from "./bounds";
import { DAY_MS } from "./days";

/** Whether `name` is a time zone we know (IANA, such as "Europe/Madrid"). */
export function isZone(name: string): boolean {
  try {
    // A fixed offset is taken by some engines and refused by others; a name is a name everywhere.
    return /^[A-Za-z]/.test(name) && Boolean(new Intl.DateTimeFormat("en", { timeZone: name }));
  } catch {
    return false;
  }
}

/** Before it there were no zones, and the calendars of engines are not all ours: what held then is taken to hold. */
const FIRST_ZONES = Date.UTC(1900, 0, 1);

/** Milliseconds that clocks in `zone` are ahead of UTC at the instant `when`. */
function offsetAt(when: number, zone: string): number {
  const at = Math.max(when, FIRST_ZONES);
  const parts = new Intl.DateTimeFormat("en", {
    timeZone: zone,
    calendar: "iso8601",
    hourCycle: "h23",
    ...{ year: "numeric", month: "numeric", day: "numeric" },
    ...{ hour: "numeric", minute: "numeric", second: "numeric" },
  }).formatToParts(at);
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = (
    ["year", "month", "day", "hour", "minute", "second"] as const
  ).map((type) => Number(parts.find((part) => part.type === type)?.value));
  return Date.UTC(year, month - 1, day, hour, minute, second) - Math.floor(at / 1000) * 1000;
}

/**
 * The first instant of a day in a zone; of a day that begins with skipped hours, the instant after them.
 *
 * @param day "2026-11-21"
 * @param plus days to go on from there
 */
export function startOfDay(day: string, zone: string, plus = 0): Date {
  const midnight = Date.parse(`${day}T00:00:00Z`) + plus * DAY_MS;
  // The offset is wanted at an instant that depends on it. Seen from before and from after, one of the two is
  // right; where clocks go back at midnight both are, and the earlier begins the day.
  const candidates = [midnight - DAY_MS, midnight + DAY_MS].map(
    (near) => midnight - offsetAt(near, zone),
  );
  const right = candidates.filter((at) => at + offsetAt(at, zone) === midnight);
  return writable(Math.min(...(right.length > 0 ? right : [Math.max(...candidates)])));
}

/** The day it is in a zone, as "2026-11-21". */
export function dayIn(zone: string, at: Date): string {
  return new Date(at.getTime() + offsetAt(at.getTime(), zone)).toISOString().slice(0, 10);
}
