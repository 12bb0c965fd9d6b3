import { useFormatter, useTranslations } from "next-intl";
import type { DayView } from "@/lib/statistics/statistics-view";
import { Card } from "./card";
import { DayAxis } from "./day-axis";
import { DayTable } from "./day-table";
import { PlotReader } from "./plot-reader";
import { lengthOf, niceAbove } from "./plot-scale";
import { PlotZero } from "./plot-zero";
import { Tick } from "./tick";
import { useDay } from "./use-day";

const HEIGHT = 176;
/** Room for half of the figure at a line. */
const TOP = 6;
/** What the refused have below the line when there are only few of them. */
const LEAST = 10;

/** Is somebody guessing? Sign-ins by day: those that succeeded above the line, those that were refused below. */
export function SignInsPlot({ days, className }: { days: readonly DayView[]; className?: string }) {
  const t = useTranslations("home.signIns");
  const home = useTranslations("home");
  const format = useFormatter();
  const dayOf = useDay();
  const good = days.reduce((sum, { signIns }) => sum + signIns, 0);
  const refused = days.reduce((sum, { refusedSignIns }) => sum + refusedSignIns, 0);
  return (
    <Card id="sign-ins" title={t("title")} {...(className && { className })}>
      {good + refused === 0 ? (
        <PlotZero>{t("zero")}</PlotZero>
      ) : (
        <>
          <PlotReader
            label={t("read")}
            series={[
              { name: t("good"), look: "up" },
              { name: t("refused"), look: "down" },
            ]}
            sum={{ when: home("period"), values: [format.number(good), format.number(refused)] }}
            days={days.map(({ day, signIns, refusedSignIns }) => ({
              when: dayOf(day),
              values: [format.number(signIns), format.number(refusedSignIns)],
              said: t("said", { day: dayOf(day), good: signIns, refused: refusedSignIns }),
            }))}
          >
            <Bars days={days} label={t("drawn", { good, refused })} />
          </PlotReader>
          <DayAxis days={days} />
          <DayTable
            days={days}
            columns={[
              [t("good"), ({ signIns }) => signIns],
              [t("refused"), ({ refusedSignIns }) => refusedSignIns],
              [t("blocks"), ({ blocks }) => blocks],
            ]}
          />
        </>
      )}
    </Card>
  );
}

function Bars({ days, label }: { days: readonly DayView[]; label: string }) {
  const up = niceAbove(Math.max(...days.map(({ signIns }) => signIns)));
  const most = Math.max(...days.map(({ refusedSignIns }) => refusedSignIns));
  const down = most === 0 ? 0 : niceAbove(most);
  const room = HEIGHT - TOP;
  const below = down === 0 ? 1 : Math.max(LEAST, (room * down) / (up + down));
  const line = Math.round(HEIGHT - below);
  const unit = Math.min((line - TOP) / up, down === 0 ? Number.POSITIVE_INFINITY : below / down);
  const slot = 100 / days.length;
  const slots = days.map((_, place) => ({
    x: `${(place * slot + slot * 0.15).toFixed(2)}%`,
    width: `${(slot * 0.7).toFixed(2)}%`,
    rx: 1.5,
  }));
  const ticks = [up, ...(up % 2 === 0 ? [up / 2] : [])].filter((tick) => tick * unit > 24);
  return (
    <svg
      width="100%"
      height={HEIGHT}
      role="img"
      aria-label={label}
      className="block overflow-visible"
    >
      {ticks.map((tick) => (
        <Tick key={tick} y={line - tick * unit} value={tick} />
      ))}
      <g className="fill-plot">
        {days.map(({ day, signIns }, place) => {
          const height = lengthOf(signIns, unit);
          return (
            height > 0 && <rect key={day} {...slots[place]} y={line - height} height={height} />
          );
        })}
      </g>
      <g className="fill-danger">
        {days.map(({ day, refusedSignIns }, place) => {
          const height = Math.min(below - 1, lengthOf(refusedSignIns, unit));
          return height > 0 && <rect key={day} {...slots[place]} y={line + 1} height={height} />;
        })}
      </g>
      <Tick y={line} value={0} base />
      {down * unit > 24 && <Tick y={line + down * unit - 1} value={down} />}
    </svg>
  );
}
