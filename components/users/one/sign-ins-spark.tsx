import { useFormatter, useTranslations } from "next-intl";
import type { EventDay } from "@/lib/audit/count-events";

const HEIGHT = 40;

/** How often somebody has signed in, day by day: a glance at habits, and at a day that is none. */
export function SignInsSpark({ days }: { days: readonly EventDay[] }) {
  const t = useTranslations("userDetail.signIns");
  const format = useFormatter();
  const dayOf = (day: string) =>
    format.dateTime(new Date(day), { dateStyle: "medium", timeZone: "UTC" });
  const some = days.filter(({ count }) => count > 0);
  const total = some.reduce((sum, { count }) => sum + count, 0);
  const most = Math.max(...days.map(({ count }) => count), 1);
  const bars = days.map(({ count }, place) =>
    count === 0
      ? ""
      : `M${place + 0.1} ${HEIGHT}v-${Math.max(3, Math.round((count / most) * HEIGHT))}h.8V${HEIGHT}`,
  );
  const said = t("said", { count: total, days: days.length });
  if (total === 0) {
    return <p className="border-y border-line py-4 text-soft">{said}</p>;
  }
  return (
    <>
      <svg
        viewBox={`0 0 ${days.length} ${HEIGHT}`}
        preserveAspectRatio="none"
        width="100%"
        height={HEIGHT}
        role="img"
        aria-label={said}
        className="block border-b border-edge"
      >
        <path d={bars.join("")} className="fill-plot" />
      </svg>
      <p className="mt-2 flex flex-wrap justify-between gap-x-4 text-sm text-soft tabular-nums">
        <span>{said}</span>
        <span>{t("most", { count: most })}</span>
      </p>
      <details className="mt-2 text-sm">
        <summary className="w-fit rounded py-1 text-soft hover:text-ink">{t("table")}</summary>
        <ul className="mt-2 columns-[14rem] tabular-nums">
          {some.toReversed().map(({ day, count }) => (
            <li key={day}>{t("on", { day: dayOf(day), count })}</li>
          ))}
        </ul>
      </details>
    </>
  );
}
