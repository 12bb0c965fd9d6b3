import { useId } from "react";

/** The bow, and one row for each tooth: `pt-12` and `h-14` in the list beside it. */
const BOW = 48;
const ROW = 56;
/** How far each tooth stands out: a real key is not a comb. */
const DEPTHS = [14, 9, 16, 11];

function outline(rows: number): string {
  const end = BOW + rows * ROW;
  const teeth = Array.from({ length: rows }, (_, row) => {
    const middle = BOW + (row + 0.5) * ROW;
    const depth = DEPTHS[row % DEPTHS.length] ?? 0;
    return `V${middle - 7}h${depth - 3}l3 3v8l-3 3h-${depth - 3}`;
  });
  return `M20 43A20 20 0 1 1 28 43${teeth.join("")}V${end - 4}l-4 4-4-4Z M24 10a6 6 0 1 0 0 12 6 6 0 0 0 0-12Z`;
}

/** A key with one tooth a step, standing on its tip; it is filled as far as the work has come. */
export function KeyDrawing({ rows, done }: { rows: number; done: number }) {
  const clip = useId();
  const shape = outline(rows);
  return (
    <svg
      width={48}
      height={BOW + rows * ROW + 2}
      viewBox={`0 0 48 ${BOW + rows * ROW + 2}`}
      aria-hidden="true"
    >
      <clipPath id={clip}>
        <rect width="48" height={BOW + (done + 0.5) * ROW + 7} />
      </clipPath>
      <path d={shape} className="fill-surface stroke-edge" fillRule="evenodd" strokeWidth="1.25" />
      <path
        d={shape}
        className="fill-ink stroke-ink"
        fillRule="evenodd"
        strokeWidth="1.25"
        clipPath={`url(#${clip})`}
      />
    </svg>
  );
}
