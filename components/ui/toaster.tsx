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
      <section aria-label={label} aria-live="polite" className="toaster">
        {toast && (
          // biome-ignore lint/a11y/noStaticElementInteractions: holds the message, offers nothing to press
          <div
            key={toast.id}
            data-tone={toast.tone}
            onMouseEnter={() => setHeld(true)}
            onMouseLeave={() => setHeld(false)}
            onFocus={() => setHeld(true)}
            onBlur={() => setHeld(false)}
          >
            <p>{toast.text}</p>
            {toast.action && (
              <button
                type="button"
                className="toast-action"
                onClick={() => {
                  toast.action?.run();
                  dismiss();
                }}
              >
                {toast.action.label}
              </button>
            )}
            <button type="button" aria-label={dismissLabel} onClick={dismiss}>
              <X />
            </button>
          </div>
        )}
      </section>
    </ShowToast>
  );
}
