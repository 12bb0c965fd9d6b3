import type { ReactNode } from "react";

/** A short word about something, in a frame. Its looks are in app/globals.css, since lists repeat it. */
export function Badge({
  tone = "plain",
  dot = false,
  children,
}: {
  tone?: "plain" | "strong" | "ok" | "off";
  dot?: boolean;
  children: ReactNode;
}) {
  return (
    <span
      className={dot ? "badge badge-dot" : "badge"}
      data-tone={tone === "plain" ? undefined : tone}
    >
      {children}
    </span>
  );
}
