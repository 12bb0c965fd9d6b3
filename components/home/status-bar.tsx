import { useFormatter, useTranslations } from "next-intl";
import { useId } from "react";
import { Link } from "@/components/ui/link";
import type { Statistics } from "@/lib/statistics/statistics-view";
import { textLinkStyle } from "../ui/text-link-style";
import { Card } from "./card";
import { Swatch } from "./swatch";

const STATUSES = ["active", "invited", "disabled"] as const;
const HEIGHT = 28;
/** Percent of the bar that one among a million still has. */
const LEAST = 1;

/** All users in one bar, by their status; each number leads to the list of them. */
export function StatusBar({ byStatus }: Pick<Statistics["users"], "byStatus">) {
  const t = useTranslations("home.statuses");
  const format = useFormatter();
  const total = STATUSES.reduce((sum, status) => sum + byStatus[status], 0);
  return (
    <Card id="statuses" title={t("title")}>
      <Bar byStatus={byStatus} total={total} label={t("drawn", byStatus)} />
      <ul className="mt-4 divide-y divide-line">
        {STATUSES.map((status) => (
          <li key={status} className="flex items-center gap-2.5 py-2.5 last:pb-0">
            <Swatch look={status} />
            <Link href={`/users?status=${status}`} className={textLinkStyle}>
              {t(status)}
            </Link>
            <span className="ms-auto tabular-nums">{format.number(byStatus[status])}</span>
          </li>
        ))}
      </ul>
    </Card>
  );
}

function Bar({
  byStatus,
  total,
  label,
}: {
  byStatus: Statistics["users"]["byStatus"];
  total: number;
  label: string;
}) {
  const id = useId();
  const present = STATUSES.filter((status) => byStatus[status] > 0);
  const shares = present.map((status) => Math.max(LEAST, (100 * byStatus[status]) / total));
  const whole = shares.reduce((sum, share) => sum + share, 0);
  let begin = 0;
  return (
    <svg
      width="100%"
      height={HEIGHT}
      role="img"
      aria-label={label}
      className="mt-4 block rounded rtl:-scale-x-100"
    >
      <pattern
        id={id}
        width="6"
        height="6"
        patternUnits="userSpaceOnUse"
        patternTransform="rotate(45)"
      >
        <rect width="6" height="6" className="fill-sunken" />
        <rect width="2" height="6" className="fill-edge" />
      </pattern>
      {present.map((status, place) => {
        const share = (100 * (shares[place] ?? 0)) / whole;
        const x = begin;
        begin += share;
        const fill = { active: "fill-plot", invited: "", disabled: "fill-edge" }[status];
        return (
          <rect
            key={status}
            x={`${x.toFixed(2)}%`}
            width={`${share.toFixed(2)}%`}
            height={HEIGHT}
            className={`stroke-surface ${fill}`}
            strokeWidth="2"
            {...(status === "invited" && { fill: `url(#${id})` })}
          />
        );
      })}
    </svg>
  );
}
