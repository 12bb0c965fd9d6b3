import { useFormatter, useTranslations } from "next-intl";
import type { DayView } from "@/lib/statistics/statistics-view";
import { TextLink } from "../ui/text-link";
import { Card } from "./card";
import { DayAxis } from "./day-axis";
import { DayTable } from "./day-table";
import { PlotReader } from "./plot-reader";
import { lineRange } from "./plot-scale";
import { PlotZero } from "./plot-zero";
import { Tick } from "./tick";
import { useDay } from "./use-day";

const HEIGHT = 176;
const TOP = 6;
const BOTTOM = 6;

/** Are we growing? How many users there were at the end of each day. */
export function UsersPlot({
  days,
  invite,
  className,
}: {
  days: readonly DayView[];
  /** Where the first others are invited; null for who may not. */
  invite: string | null;
  className?: string;
}) {
  const t = useTranslations("home.growth");
  const format = useFormatter();
  const dayOf = useDay();
  const users = days.at(-1)?.users ?? 0;
  const added = days.reduce((sum, { usersAdded }) => sum + usersAdded, 0);
  const removed = days.reduce((sum, { usersRemoved }) => sum + usersRemoved, 0);
  if (users <= 1 && removed === 0) {
    return (
      <Card id="growth" title={t("title")} {...(className && { className })}>
        <PlotZero>
          <p>{t("zero")}</p>
          {invite && (
            <p className="mt-2">
              <TextLink href={invite}>{t("invite")}</TextLink>
            </p>
          )}
        </PlotZero>
      </Card>
    );
  }
  return (
    <Card id="growth" title={t("title")} {...(className && { className })}>
      <PlotReader
        label={t("read")}
        series={[{ name: t("users"), look: "line" }]}
        sum={{ when: t("moved", { added, removed }), values: [format.number(users)] }}
        days={days.map((day) => ({
          when: dayOf(day.day),
          values: [format.number(day.users)],
          said: t("said", { day: dayOf(day.day), count: day.users }),
        }))}
      >
        <Line values={days.map((day) => day.users)} label={t("drawn", { users, added, removed })} />
      </PlotReader>
      <DayAxis days={days} />
      <DayTable
        days={days}
        columns={[
          [t("users"), (day) => day.users],
          [t("added"), (day) => day.usersAdded],
          [t("removed"), (day) => day.usersRemoved],
        ]}
      />
    </Card>
  );
}

function Line({ values, label }: { values: readonly number[]; label: string }) {
  const { from, to } = lineRange(values);
  const yOf = (value: number) =>
    Math.round((HEIGHT - BOTTOM - ((value - from) / (to - from)) * (HEIGHT - TOP - BOTTOM)) * 10) /
    10;
  const points = values.map((value, place) => `${place + 0.5} ${yOf(value)}`);
  const last = values.at(-1) ?? 0;
  return (
    <svg
      width="100%"
      height={HEIGHT}
      role="img"
      aria-label={label}
      className="block overflow-visible"
    >
      <Tick y={yOf(to)} value={to} />
      <Tick y={yOf(from)} value={from} base={from === 0} />
      {/* Stretched to the width there is, which its stroke is not. */}
      <svg
        width="100%"
        height={HEIGHT}
        viewBox={`0 0 ${values.length} ${HEIGHT}`}
        preserveAspectRatio="none"
        aria-hidden="true"
      >
        {from === 0 && (
          <path d={`M0.5 ${yOf(0)}L${points.join("L")}V${yOf(0)}Z`} className="fill-plot/10" />
        )}
        <path
          d={`M${points.join("L")}`}
          className="fill-none stroke-plot"
          strokeWidth="2"
          strokeLinejoin="round"
          vectorEffect="non-scaling-stroke"
        />
      </svg>
      <circle
        cx={`${(100 * (values.length - 0.5)) / values.length}%`}
        cy={yOf(last)}
        r="4"
        className="fill-plot stroke-surface"
        strokeWidth="2"
      />
    </svg>
  );
}
