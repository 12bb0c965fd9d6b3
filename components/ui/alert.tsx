import { type ReactNode, useEffect, useRef } from "react";
import { Notice } from "./notice";

/** A notice about what was just attempted. It takes the focus, and again each time `attempt` changes. */
export function Alert({
  tone = "danger",
  attempt,
  children,
}: {
  tone?: "danger" | "warning";
  attempt: unknown;
  children: ReactNode;
}) {
  const notice = useRef<HTMLDivElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: each answer takes the focus again
  useEffect(() => notice.current?.focus(), [attempt]);
  return (
    <Notice ref={notice} tone={tone} role="alert" tabIndex={-1}>
      {children}
    </Notice>
  );
}
