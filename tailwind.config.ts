import type { Config } from "tailwindcss";

/**
 * The vocabulary of the design, and all of it: these colours, five sizes of type, one radius. The values live
 * as CSS variables in app/globals.css, where light and dark stand side by side.
 */
export default {
  content: [],
  theme: {
    colors: {
      transparent: "transparent",
      current: "currentColor",
      canvas: "var(--canvas)",
      surface: "var(--surface)",
      sunken: "var(--sunken)",
      ink: "var(--ink)",
      soft: "var(--soft)",
      line: "var(--line)",
      edge: "var(--edge)",
      brass: {
        DEFAULT: "var(--brass)",
        hover: "var(--brass-hover)",
        edge: "var(--brass-edge)",
        on: "var(--brass-on)",
      },
      danger: { DEFAULT: "var(--danger)", tint: "var(--danger-tint)", on: "var(--danger-on)" },
      warning: { DEFAULT: "var(--warning)", tint: "var(--warning-tint)" },
      ok: "var(--ok)",
      plot: "var(--plot)",
    },
    fontFamily: {
      sans: ["var(--font-geist-sans)", "system-ui", "sans-serif"],
      mono: ["var(--font-geist-mono)", "ui-monospace", "monospace"],
    },
    fontSize: {
      sm: ["0.8125rem", { lineHeight: "1.25rem" }],
      base: ["0.9375rem", { lineHeight: "1.5rem" }],
      lg: ["1.0625rem", { lineHeight: "1.625rem" }],
      xl: ["1.375rem", { lineHeight: "1.75rem", letterSpacing: "-0.012em" }],
      "2xl": ["1.875rem", { lineHeight: "2.25rem", letterSpacing: "-0.022em" }],
    },
    borderRadius: { DEFAULT: "0.5rem", full: "9999px" },
  },
} satisfies Config;
