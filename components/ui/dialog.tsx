"use client";

import { type ReactNode, useEffect, useId, useRef } from "react";

/**
 * A question that must be answered first. The browser's own modal dialog: it keeps the focus inside, makes the
 * rest inert, closes on Escape and gives the focus back.
 */
export function Dialog({
  title,
  onClose,
  children,
}: {
  title: string;
  onClose: () => void;
  children: ReactNode;
}) {
  const dialog = useRef<HTMLDialogElement>(null);
  const titleId = useId();
  useEffect(() => dialog.current?.showModal(), []);
  return (
    <dialog
      ref={dialog}
      aria-labelledby={titleId}
      onClose={onClose}
      className="m-auto w-[calc(100vw-2rem)] max-w-md animate-arrive rounded border border-line bg-surface p-6 text-ink"
    >
      <h2 id={titleId} className="text-xl font-semibold wrap-anywhere">
        {title}
      </h2>
      {children}
    </dialog>
  );
}
