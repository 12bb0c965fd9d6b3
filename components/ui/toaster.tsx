"use client";

import {
  createContext,
  type ReactNode,
  useCallback,
  useContext,
  useEffect,
  useRef,
  useState,
} from "react";
import { X } from "@/components/ui/icons/x";

type Toast = {
  text: string;
  tone?: "danger";
  /** The way back, where there is one. */
  action?: { label: string; run: () => void };
};

const ShowToast = createContext<((toast: Toast) => void) | null>(null);

/** Long enough to read two lines and reach the button. */
const SHOWN_MS = 8_000;

/** Shows a short message at the edge of the page, on any page inside a Toaster. */
export function useToast(): (toast: Toast) => void {
  const show = useContext(ShowToast);
  if (show === null) throw new Error("useToast needs a Toaster around it.");
  return show;
}

/**
 * One message at a time, spoken by screen readers; it goes by itself unless it is pointed at or has the focus.
 * Our own, because the common toast library adds a style element that our CSP refuses.
 */
export function Toaster({
  label,
  dismissLabel,
  children,
}: {
  label: string;
  dismissLabel: string;
  children: ReactNode;
}) {
  const [toast, setToast] = useState<(Toast & { id: number }) | null>(null);
  const [held, setHeld] = useState(false);
  const count = useRef(0);
  const show = useCallback((next: Toast) => {
    count.current += 1;
    setToast({ ...next, id: count.current });
  }, []);
  const dismiss = useCallback(() => {
    setToast(null);
    setHeld(false);
  }, []);

  useEffect(() => {
    if (toast === null || held) return;
    const timer = setTimeout(dismiss, SHOWN_MS);
    return () => clearTimeout(timer);
  }, [toast, held, dismiss]);

  return (
    <ShowToast value={show}>
      {children}
      <section
        aria-label={label}
        aria-live="polite"
        className="pointer-events-none fixed inset-x-4 bottom-4 z-30 flex justify-center sm:justify-end"
      >
        {toast && (
          // biome-ignore lint/a11y/noStaticElementInteractions: holds the message, offers nothing to press
          <div
            key={toast.id}
            className={`pointer-events-auto flex max-w-md animate-arrive items-center gap-2 rounded border bg-surface py-2 pr-2 pl-4 ${toast.tone === "danger" ? "border-danger" : "border-edge"}`}
            onMouseEnter={() => setHeld(true)}
            onMouseLeave={() => setHeld(false)}
            onFocus={() => setHeld(true)}
            onBlur={() => setHeld(false)}
          >
            <p className="min-w-0 py-1 text-base wrap-anywhere">{toast.text}</p>
            {toast.action && (
              <button
                type="button"
                className="rounded px-2 py-1 font-medium underline decoration-edge underline-offset-4 hover:decoration-ink"
                onClick={() => {
                  toast.action?.run();
                  dismiss();
                }}
              >
                {toast.action.label}
              </button>
            )}
            <button
              type="button"
              aria-label={dismissLabel}
              className="grid size-8 shrink-0 place-items-center rounded text-soft hover:bg-sunken hover:text-ink"
              onClick={dismiss}
            >
              <X className="size-4" aria-hidden="true" />
            </button>
          </div>
        )}
      </section>
    </ShowToast>
  );
}
