import type { ReactNode } from "react";

/** In the place of a plot: what will be drawn there, and from when on. */
export function PlotZero({ children }: { children: ReactNode }) {
  return (
    <div className="mt-4 grid min-h-44 flex-1 place-items-center rounded border border-dashed border-line px-6 text-center text-soft">
      <div className="max-w-sm text-pretty">{children}</div>
    </div>
  );
}
