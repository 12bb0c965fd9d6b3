import { cva } from "class-variance-authority";

/**
 * How buttons, and links that act as one, look: app/globals.css says it once for all of them. `primary` is the brass
 * one: at most one on a screen, for the thing to do there.
 */
export const buttonStyle = cva("button", {
  variants: {
    look: {
      primary: "button-primary",
      secondary: "button-secondary",
      quiet: "button-quiet",
      danger: "button-danger",
    },
    size: { base: "button-base", sm: "button-sm" },
  },
  defaultVariants: { look: "secondary", size: "base" },
});
