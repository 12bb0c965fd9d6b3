import type { ReactElement, ReactNode } from "react";

export type Icon = (props: { className?: string; "aria-hidden"?: "true" }) => ReactElement;

/**
 * A drawing of Lucide's 1.75 (https://lucide.dev, ISC licence, copyright Lucide Contributors), 24 by 24. Copied like the
 * rest of components/ui: the package is 51 MB in 4,900 files for the forty that are shown here. Each has a file, so that
 * a page brings the ones it shows. How all of them are drawn is in app/globals.css.
 */
export const icon =
  (name: string, drawing: ReactNode): Icon =>
  ({ className = "" }) => (
    <svg viewBox="0 0 24 24" className={`lucide lucide-${name} ${className}`} aria-hidden="true">
      {drawing}
    </svg>
  );
