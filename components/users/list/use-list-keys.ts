import { useEffect, useEffectEvent } from "react";
import { isAlone, lettersAreKeys } from "@/components/letter-keys";

type ListKeys = {
  search: () => void;
  move: (by: 1 | -1) => void;
  select: () => void;
  bulk: () => void;
  peek: () => void;
  clear: () => void;
};

/**
 * The keys of the list: `/`, `j`, `k`, `x`, `b`, `p` and Escape. Enter needs none, since the row's link has the focus.
 * Escape is no letter and works also where the others are turned off.
 */
export function useListKeys(keys: ListKeys) {
  const press = useEffectEvent((event: KeyboardEvent) => {
    if (!isAlone(event)) return;
    if (event.key === "Escape") return keys.clear();
    const act = lettersAreKeys() && actOf(keys, event.key);
    if (!act) return;
    act();
    // The "/" must not arrive in the field that it moves to; Firefox would also search the page.
    event.preventDefault();
  });
  useEffect(() => {
    document.addEventListener("keydown", press);
    return () => document.removeEventListener("keydown", press);
  }, []);
}

function actOf(keys: ListKeys, key: string): (() => void) | undefined {
  const acts: Record<string, () => void> = {
    "/": keys.search,
    j: () => keys.move(1),
    k: () => keys.move(-1),
    x: keys.select,
    b: keys.bulk,
    p: keys.peek,
  };
  return acts[key.toLowerCase()];
}
