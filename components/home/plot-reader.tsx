"use client";

import { type PointerEvent, type ReactNode, useState, useSyncExternalStore } from "react";
import { Swatch, type SwatchLook } from "./swatch";

const never = () => () => {};

/** A day of a plot: its date, a value for each series, and both in a sentence. */
export type Reading = { when: string; values: readonly string[]; said: string };

/**
 * Has a plot read day by day, by pointer, finger or arrow keys: the figures above it are those of the day then. What
 * reads is a slider, so that the keys and what is spoken are the browser's own. Without scripts the figures stay those of
 * all days, and the table behind has the others.
 */
export function PlotReader({
  label,
  series,
  sum,
  days,
  children,
}: {
  label: string;
  series: readonly { name: string; look: SwatchLook }[];
  /** What stands there while no day is read. */
  sum: Omit<Reading, "said">;
  days: readonly Reading[];
  /** The drawing, of which each day has an equal share of the width; the figures of its scale stand left of it. */
  children: ReactNode;
}) {
  const [at, setAt] = useState<number | null>(null);
  const hasScripts = useSyncExternalStore(
    never,
    () => true,
    () => false,
  );
  const last = days.length - 1;
  const shown = (at !== null && days[at]) || sum;
  const follow = ({ clientX, currentTarget }: PointerEvent<HTMLElement>) => {
    const { left, width } = currentTarget.getBoundingClientRect();
    const day = Math.floor(((clientX - left) / width) * days.length);
    setAt(Math.min(last, Math.max(0, day)));
  };
  return (
    <>
      <div className="mt-3 flex flex-wrap items-end justify-between gap-x-6 gap-y-1">
        <dl className="flex flex-wrap gap-x-8 gap-y-2">
          {series.map(({ name, look }, place) => (
            <div key={name} className="flex flex-col-reverse">
              <dt className="flex items-center gap-1.5 text-sm text-soft">
                <Swatch look={look} />
                {name}
              </dt>
              <dd className="text-xl font-semibold tabular-nums">{shown.values[place]}</dd>
            </div>
          ))}
        </dl>
        <p className="text-sm text-soft tabular-nums">{shown.when}</p>
      </div>
      <div
        dir="ltr"
        className="relative mt-5 ml-11 rounded outline-offset-2 outline-ink has-focus-visible:outline-2"
      >
        {children}
        {at !== null && (
          <span
            className="pointer-events-none absolute inset-y-0 w-px bg-edge"
            style={{ left: `${((at + 0.5) / days.length) * 100}%` }}
          />
        )}
        {hasScripts && (
          <input
            type="range"
            min={0}
            max={last}
            value={at ?? last}
            aria-label={label}
            aria-valuetext={days[at ?? last]?.said}
            onChange={({ currentTarget }) => setAt(Number(currentTarget.value))}
            onFocus={() => setAt((known) => known ?? last)}
            onBlur={() => setAt(null)}
            onPointerMove={follow}
            onPointerLeave={({ currentTarget }) => {
              if (!currentTarget.matches(":focus-visible")) setAt(null);
            }}
            className="absolute inset-0 size-full cursor-crosshair touch-pan-y opacity-0"
          />
        )}
      </div>
    </>
  );
}
