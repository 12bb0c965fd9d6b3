import type { ComponentProps } from "react";
import { Button } from "./button";
import { X } from "./icons/x";

/** A quiet cross; `label` says what it takes away. */
export function CloseButton({
  label,
  className = "",
  ...button
}: { label: string } & Pick<ComponentProps<typeof Button>, "className" | "title" | "onClick">) {
  return (
    <Button
      look="quiet"
      size="sm"
      className={`w-9 px-0 ${className}`}
      aria-label={label}
      {...button}
    >
      <X className="size-4 shrink-0" aria-hidden="true" />
    </Button>
  );
}
