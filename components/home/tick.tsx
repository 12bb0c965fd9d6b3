import { useFormatter } from "next-intl";

/** A quiet line across a drawing, and left of it what it stands for. */
export function Tick({ y, value, base = false }: { y: number; value: number; base?: boolean }) {
  const format = useFormatter();
  const at = Math.round(y) + 0.5;
  const text = format.number(value, { notation: value >= 10_000 ? "compact" : "standard" });
  return (
    <>
      <line x2="100%" y1={at} y2={at} className={base ? "stroke-edge" : "stroke-line"} />
      <text x="-10" y={at + 4} textAnchor="end" className="fill-soft text-sm tabular-nums">
        {text}
      </text>
    </>
  );
}
