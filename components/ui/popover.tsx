import "./popover.css";
import { type ReactNode, useId } from "react";
import { ChevronDown } from "@/components/ui/icons/chevron-down";

/**
 * A panel behind a button, by the browser's own means: it opens, closes and stands beside its button without scripts.
 * What is in it belongs to the form around it.
 */
export function Popover({
  label,
  title,
  active = false,
  children,
}: {
  /** What the button says, and what the panel is called. */
  label: string;
  title: string;
  /** Whether something in it is chosen. */
  active?: boolean;
  children: ReactNode;
}) {
  const id = useId();
  return (
    <>
      <button
        type="button"
        popoverTarget={id}
        className="popover-button"
        data-active={active || undefined}
      >
        {label}
        <ChevronDown className="size-4 text-soft" aria-hidden="true" />
      </button>
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset has one subject, this may have several */}
      <div id={id} popover="auto" role="group" aria-label={title} className="popover">
        {children}
      </div>
    </>
  );
}
