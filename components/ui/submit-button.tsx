"use client";

import type { VariantProps } from "class-variance-authority";
import type { ReactNode } from "react";
import { useFormStatus } from "react-dom";
import { Button } from "./button";
import type { buttonStyle } from "./button-style";
import { Spinner } from "./spinner";

const UNSEEN = { className: "invisible" };

/**
 * Sends its form once, and says so while it does. Both labels lie in one grid cell, so the button keeps its
 * width; it is `aria-disabled` and not `disabled`, so it keeps the focus.
 *
 * @param held said in place of its label for as long as it must not be pressed
 * @param pending for a form that is sent by script; others are watched through useFormStatus
 */
export function SubmitButton({
  children,
  working,
  pending,
  held = null,
  name,
  value,
  look = "primary",
  size,
  className,
}: {
  children: ReactNode;
  working: ReactNode;
  pending?: boolean;
  held?: string | null;
  /** What it adds to its form, where the form has several: the one that was pressed is the one that works. */
  name?: string;
  value?: string;
  className?: string;
} & VariantProps<typeof buttonStyle>) {
  const status = useFormStatus();
  const isPressed = name === undefined || status.data?.get(name) === value;
  const isWorking = pending ?? (status.pending && isPressed);
  return (
    <Button
      type="submit"
      look={held === null ? look : "secondary"}
      {...(size && { size })}
      {...(className && { className })}
      {...(name !== undefined && { name, value })}
      aria-disabled={isWorking || held !== null || undefined}
      onClick={(event) => {
        if (isWorking || held !== null) event.preventDefault();
      }}
    >
      <span className="button-words">
        <span {...(isWorking && UNSEEN)}>{held ?? children}</span>
        <span {...(!isWorking && UNSEEN)}>
          {/* One that turns unseen would still cost a frame sixty times a second. */}
          {isWorking ? <Spinner /> : <i />}
          {working}
        </span>
      </span>
    </Button>
  );
}
