import { useFormatter } from "next-intl";

/** A day in UTC, as a calendar has it, in words; "" for none. */
export function useDay(): (day: string) => string {
  const format = useFormatter();
  return (day) =>
    day && format.dateTime(new Date(day), { day: "numeric", month: "short", timeZone: "UTC" });
}
