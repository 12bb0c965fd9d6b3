"use client";

import { useRouter } from "next/navigation";
import { useFormatter, useTranslations } from "next-intl";
import { type PointerEvent, useState } from "react";
import { Link } from "@/components/ui/link";
import { type AskedFilter, auditAddress } from "./audit-address";

const HEIGHT = 56;
const DAY_MS = 24 * 60 * 60 * 1000;

/**
 * How many events there were by day, and the way to those of a day or of several: by a slider that lies over the drawing,
 * whose keys and words are the browser's own, and without scripts by the table behind.
 */
export function EventHistogram({
  first,
  counts,
  filter,
}: {
  /** The first of the days; they are of UTC. */
  first: string;
  counts: readonly number[];
  filter: AskedFilter;
}) {
  const t = useTranslations("auditFilters.histogram");
  const format = useFormatter();
  const router = useRouter();
  const [at, setAt] = useState<number | null>(null);
  const [begun, setBegun] = useState<number | null>(null);

  const last = counts.length - 1;
  const dayAt = (place: number) =>
    new Date(Date.parse(first) + place * DAY_MS).toISOString().slice(0, 10);
  const said = (place: number) =>
    t("said", {
      day: format.dateTime(new Date(dayAt(place)), { dateStyle: "medium", timeZone: "UTC" }),
      count: counts[place] ?? 0,
    });
  const address = (from: number, to: number) =>
    auditAddress({
      ...filter,
      from: dayAt(Math.min(from, to)),
      to: dayAt(Math.max(from, to)),
      zone: "UTC",
    });
  const choose = (from: number, to: number) => router.push(address(from, to), { scroll: false });
  const placeOf = ({ clientX, currentTarget }: PointerEvent<HTMLElement>) => {
    const { left, width } = currentTarget.getBoundingClientRect();
    return Math.min(last, Math.floor(((clientX - left) / width) * counts.length));
  };

  const most = Math.max(...counts, 1);
  const { from = "", to = "", actorId, targetId, door, search } = filter;
  const isChosen = (place: number) =>
    at !== null
      ? place >= Math.min(begun ?? at, at) && place <= Math.max(begun ?? at, at)
      : (from === "" || dayAt(place) >= from.slice(0, 10)) &&
        (to === "" || dayAt(place) <= to.slice(0, 10));
  const bars = (chosen: boolean) =>
    counts
      .map((count, place) =>
        count > 0 && isChosen(place) === chosen
          ? `M${place + 0.15} ${HEIGHT}v-${Math.max(2, Math.round((count / most) * HEIGHT))}h.7V${HEIGHT}`
          : "",
      )
      .join("");
  const total = counts.reduce((sum, count) => sum + count, 0);
  return (
    <section aria-label={t("title")} className="mb-6">
      <p className="flex flex-wrap justify-between gap-x-4 text-sm text-soft tabular-nums">
        <span>{at === null ? t("sum", { count: total, days: counts.length }) : said(at)}</span>
        <span className="max-sm:hidden noscript:hidden">
          {t(actorId || targetId || door || search ? "whole" : "hint")}
        </span>
      </p>
      <div className="relative mt-2 rounded outline-offset-2 outline-ink has-focus-visible:outline-2">
        <svg
          viewBox={`0 0 ${counts.length} ${HEIGHT}`}
          preserveAspectRatio="none"
          width="100%"
          height={HEIGHT}
          aria-hidden="true"
          className="block border-b border-edge"
        >
          <path d={bars(true)} className="fill-plot" />
          <path d={bars(false)} className="fill-edge" />
        </svg>
        <input
          type="range"
          min={0}
          max={last}
          value={at ?? last}
          aria-label={t("read")}
          aria-valuetext={said(at ?? last)}
          onChange={({ currentTarget }) => setAt(Number(currentTarget.value))}
          onFocus={() => setAt((known) => known ?? last)}
          onBlur={() => setAt(null)}
          onKeyDown={({ key }) => {
            if (key === "Enter") choose(at ?? last, at ?? last);
          }}
          onPointerDown={(event) => setBegun(placeOf(event))}
          onPointerMove={(event) => setAt(placeOf(event))}
          onPointerUp={(event) => {
            const place = placeOf(event);
            setBegun(null);
            choose(begun ?? place, place);
          }}
          onPointerLeave={({ currentTarget }) => {
            if (!currentTarget.matches(":focus-visible")) setAt(null);
          }}
          className="absolute inset-0 size-full cursor-crosshair touch-pan-y opacity-0 noscript:hidden"
        />
      </div>
      <details className="mt-2 text-sm">
        <summary className="w-fit rounded py-1 text-soft hover:text-ink">{t("table")}</summary>
        <ul className="mt-2 grid max-h-72 grid-cols-[repeat(auto-fill,minmax(14rem,1fr))] gap-x-6 overflow-auto tabular-nums">
          {counts.map((_, back) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: days stay where they are
            <li key={back}>
              <Link
                href={address(last - back, last - back)}
                scroll={false}
                className="block rounded py-1 underline-offset-4 hover:underline"
              >
                {said(last - back)}
              </Link>
            </li>
          ))}
        </ul>
      </details>
    </section>
  );
}
