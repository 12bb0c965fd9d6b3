import { cx } from "class-variance-authority";
import type { ComponentProps } from "react";
import { Link } from "@/components/ui/link";
import { textLinkStyle } from "./text-link-style";

/** A link inside text to another page of ours. */
export function TextLink({ className, ...props }: ComponentProps<typeof Link>) {
  return <Link className={cx(textLinkStyle, className)} {...props} />;
}
