import { useFormatter } from "next-intl";

const TONES = { ok: "text-ok", plain: "text-ink", danger: "text-danger" } as const;

/** A few numbers that say how it stands. */
export function Sums({
  sums,
}: {
  sums: readonly { label: string; count: number; tone: keyof typeof TONES }[];
}) {
  const format = useFormatter();
  return (
    <dl className="flex flex-wrap gap-px overflow-hidden rounded border border-line bg-line">
      {sums.map(({ label, count, tone }) => (
        <div
          key={label}
          className="flex min-w-0 flex-1 basis-24 flex-col-reverse justify-end bg-surface px-4 py-3"
        >
          <dt className="text-sm text-soft">{label}</dt>
          <dd
            className={`text-2xl font-semibold tabular-nums ${count > 0 ? TONES[tone] : "text-soft"}`}
          >
            {format.number(count)}
          </dd>
        </div>
      ))}
    </dl>
  );
}
