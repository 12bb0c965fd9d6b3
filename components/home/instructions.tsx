import type { ReactNode } from "react";
import { buttonStyle } from "../ui/button-style";

/**
 * A button, and what it shows: what to do outside of this product. The browser's own popover: no script needed, Escape
 * closes it.
 */
export function Instructions({
  id,
  open,
  close,
  title,
  look = "secondary",
  children,
}: {
  id: string;
  open: string;
  close: string;
  title: string;
  look?: "primary" | "secondary";
  children: ReactNode;
}) {
  return (
    <>
      <button
        type="button"
        popoverTarget={id}
        aria-label={`${open}: ${title}`}
        className={buttonStyle({ look, size: "sm" })}
      >
        {open}
      </button>
      <div
        id={id}
        popover="auto"
        role="dialog"
        aria-labelledby={`${id}-title`}
        className="m-auto w-[min(32rem,calc(100vw-2rem))] animate-arrive rounded border border-edge bg-surface p-6 text-ink"
      >
        <h3 id={`${id}-title`} className="text-lg font-semibold">
          {title}
        </h3>
        <div className="mt-3 space-y-3 text-pretty wrap-anywhere">{children}</div>
        <button
          type="button"
          popoverTarget={id}
          popoverTargetAction="hide"
          className={buttonStyle({ size: "sm", className: "mt-6" })}
        >
          {close}
        </button>
      </div>
    </>
  );
}

/** Something to type or to put into a file. */
export function Typed({ children }: { children: ReactNode }) {
  return (
    <p className="rounded bg-sunken px-3 py-2 font-mono text-sm">
      <code>{children}</code>
    </p>
  );
}
