import type { CSSProperties } from "react";
import { accentOf } from "@/lib/settings/accent";

/** The tokens of app/globals.css that an accent colour (`#rrggbb`) takes the place of, for the root of a page. */
export function accentStyle(hex: string): CSSProperties {
  const { fill, hover, on, edge } = accentOf(hex);
  return {
    "--brass": fill,
    "--brass-hover": hover,
    "--brass-edge": `light-dark(${edge.light}, ${edge.dark})`,
    "--brass-on": on,
  } as CSSProperties;
}
