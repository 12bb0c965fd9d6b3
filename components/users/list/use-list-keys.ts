import { useEffect, useEffectEvent } from "react";

/** Where single keys mean letters, or belong to a menu or a question that is open. */
const ELSEWHERE =
  "input:not([type=checkbox]), textarea, select, [contenteditable], dialog, [role=menu]";

type ListKeys = {
  enabled: boolean;
  search: () => void;
  move: (by: 1 | -1) => void;
  select: () => void;
  bulk: () => void;
  help: () => void;
  clear: () => void;
};

/**
 * The keys of the list: `/`, `j`, `k`, `x`, `b`, `?` and Escape. Enter needs none, since the row's link has the focus.
 * Escape is no letter and works also where the others are turned off.
 */
export function useListKeys(keys: ListKeys) {
  const press = useEffectEvent((event: KeyboardEvent) => {
    const { target } = event;
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
    if (target instanceof Element && target.closest(ELSEWHERE)) return;
    if (document.querySelector("dialog[open], :popover-open")) return;
    if (event.key === "Escape") return keys.clear();
    const act = keys.enabled ? actOf(keys, event.key) : null;
    if (act === null) return;
    act();
    // The "/" must not arrive in the field that it moves to; Firefox would also search the page.
    event.preventDefault();
  });
  useEffect(() => {
    document.addEventListener("keydown", press);
    return () => document.removeEventListener("keydown", press);
  }, []);
}

function actOf(keys: ListKeys, key: string): (() => void) | null {
  switch (key.toLowerCase()) {
    case "/":
      return keys.search;
    case "j":
      return () => keys.move(1);
    case "k":
      return () => keys.move(-1);
    case "x":
      return keys.select;
    case "b":
      return keys.bulk;
    case "?":
      return keys.help;
    default:
      return null;
  }
}
