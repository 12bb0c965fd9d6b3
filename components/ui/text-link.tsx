import { cx } from "class-variance-authority";
import type { ComponentProps } from "react";
import { Link } from "@/components/ui/link";

/** A link inside text: known by its underline, not by its colour. */
export function TextLink({ className, ...props }: ComponentProps<typeof Link>) {
  return (
    <Link
      className={cx(
        "rounded font-medium underline decoration-edge underline-offset-4 hover:decoration-ink",
        className,
      )}
      {...props}
    />
  );
}
