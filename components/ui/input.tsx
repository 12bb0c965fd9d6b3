import { cx } from "class-variance-authority";
import type { ComponentProps } from "react";

export const inputStyle =
  "block h-11 w-full min-w-0 rounded border border-edge bg-surface px-3 text-base text-ink transition-colors duration-150 placeholder:text-soft hover:border-ink aria-invalid:border-danger";

export function Input({ className, ...props }: ComponentProps<"input">) {
  return <input className={cx(inputStyle, className)} {...props} />;
}
