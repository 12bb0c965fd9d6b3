"use client";

import type { VariantProps } from "class-variance-authority";
import type { ReactNode } from "react";
import { useFormStatus } from "react-dom";
import { Button } from "./button";
import type { buttonStyle } from "./button-style";
import { Spinner } from "./spinner";

/**
 * Sends its form once, and says so while it does. Both labels lie in one grid cell, so the button keeps its
 * width; it is `aria-disabled` and not `disabled`, so it keeps the focus.
 *
 * @param pending for a form that is sent by script; others are watched through useFormStatus
 */
export function SubmitButton({
  children,
  working,
  pending,
  look = "primary",
  size,
  className,
}: {
  children: ReactNode;
  working: ReactNode;
  pending?: boolean;
  className?: string;
} & VariantProps<typeof buttonStyle>) {
  const status = useFormStatus();
  const isWorking = pending ?? status.pending;
  return (
    <Button
      type="submit"
      look={look}
      {...(size && { size })}
      {...(className && { className })}
      aria-disabled={isWorking}
      onClick={(event) => {
        if (isWorking) event.preventDefault();
      }}
    >
      <span className="grid min-w-0 justify-items-center">
        <span
          className={`col-start-1 row-start-1 max-w-full truncate ${isWorking ? "invisible" : ""}`}
        >
          {children}
        </span>
        <span
          className={`col-start-1 row-start-1 flex items-center gap-2 ${isWorking ? "" : "invisible"}`}
        >
          {/* One that turns unseen would still cost a frame sixty times a second. */}
          {isWorking ? <Spinner /> : <span className="size-4" />}
          {working}
        </span>
      </span>
    </Button>
  );
}
