"use client";

import { usePathname } from "next/navigation";
import type { ReactNode } from "react";

/** What a layout shows on every page but these: a layout itself is not told on which it is. */
export function UnlessOn({ paths, children }: { paths: readonly string[]; children: ReactNode }) {
  return paths.includes(usePathname()) ? null : children;
}
