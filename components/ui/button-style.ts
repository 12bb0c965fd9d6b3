import { cva } from "class-variance-authority";

/**
 * How buttons, and links that act as one, look. `primary` is the brass one: at most one on a screen, for the
 * thing to do there.
 */
export const buttonStyle = cva(
  "inline-flex items-center justify-center gap-2 rounded border font-medium whitespace-nowrap transition-colors duration-150 select-none aria-disabled:cursor-default disabled:cursor-default disabled:opacity-60",
  {
    variants: {
      look: {
        primary:
          "border-brass-edge bg-brass text-brass-on hover:bg-brass-hover aria-disabled:bg-brass",
        secondary: "border-edge bg-surface text-ink hover:bg-sunken",
        quiet: "border-transparent bg-transparent text-soft hover:bg-sunken hover:text-ink",
        danger: "border-danger bg-danger text-danger-on hover:opacity-90",
      },
      size: {
        base: "h-11 px-4 text-base",
        sm: "h-9 px-3 text-sm",
      },
    },
    defaultVariants: { look: "secondary", size: "base" },
  },
);
