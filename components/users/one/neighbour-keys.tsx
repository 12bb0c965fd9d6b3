"use client";

import { useEffect } from "react";
import { isAlone, lettersAreKeys } from "@/components/letter-keys";

const WAYS: Record<string, string> = { j: "next", k: "prev" };

/** The keys of the list, on the page of one of its users: `j` and `k` go to the next and the one before. */
export function NeighbourKeys() {
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      const way = WAYS[event.key];
      if (way && isAlone(event) && lettersAreKeys()) {
        document.querySelector<HTMLElement>(`a[rel=${way}]`)?.click();
      }
    };
    addEventListener("keydown", press);
    return () => removeEventListener("keydown", press);
  }, []);
  return null;
}
