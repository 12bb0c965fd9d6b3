import { cx, type VariantProps } from "class-variance-authority";
import type { ComponentProps } from "react";
import { buttonStyle } from "./button-style";

export function Button({
  look,
  size,
  className,
  type = "button",
  ...props
}: ComponentProps<"button"> & VariantProps<typeof buttonStyle>) {
  return <button type={type} className={cx(buttonStyle({ look, size }), className)} {...props} />;
}
