import { useFormatter, useTranslations } from "next-intl";
import { PlotTable } from "./plot-table";
import { useDay } from "./use-day";

/** What a plot of days is drawn from, the last day first. */
export function DayTable<Day extends { day: string }>({
  days,
  columns,
}: {
  days: readonly Day[];
  /** What each column is called, and which number of a day it has. */
  columns: readonly (readonly [name: string, countOf: (day: Day) => number])[];
}) {
  const t = useTranslations("home");
  const format = useFormatter();
  const dayOf = useDay();
  return (
    <PlotTable
      summary={t("table")}
      head={[t("day"), ...columns.map(([name]) => name)]}
      rows={days
        .toReversed()
        .map((day) => [
          dayOf(day.day),
          ...columns.map(([, countOf]) => format.number(countOf(day))),
        ])}
    />
  );
}
