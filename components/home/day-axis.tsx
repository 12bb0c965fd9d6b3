import { useTranslations } from "next-intl";
import { useDay } from "./use-day";

/** Which days a plot is of, below it. Time goes from left to right in every language here, as the plot draws it. */
export function DayAxis({ days }: { days: readonly { day: string }[] }) {
  const t = useTranslations("home");
  const dayOf = useDay();
  const middle = days[Math.floor(days.length / 2)];
  return (
    <div
      dir="ltr"
      className="mt-2 ml-11 flex justify-between text-sm text-soft tabular-nums"
      aria-hidden="true"
    >
      <span>{dayOf(days[0]?.day ?? "")}</span>
      <span className="max-sm:hidden">{dayOf(middle?.day ?? "")}</span>
      <span>{t("today")}</span>
    </div>
  );
}
