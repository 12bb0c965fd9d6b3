import { useFormatter, useTranslations } from "next-intl";

/** How long ago something was; the exact time in UTC on hover. */
export function RelativeTime({ at, now }: { at: string; now: Date }) {
  const t = useTranslations("users");
  const format = useFormatter();
  const time = new Date(at);
  const date = format.dateTime(time, { dateStyle: "long", timeStyle: "medium" });
  return (
    <time dateTime={at} title={t("exactTime", { date })}>
      {format.relativeTime(time, now)}
    </time>
  );
}
