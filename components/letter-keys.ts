import { KEPT } from "@/product";

/** Where letters are letters, and keys belong to a menu or a question that is open. */
const ELSEWHERE =
  "input:not([type=checkbox]), textarea, select, [contenteditable], dialog, [role=menu]";

/** Whether a key was pressed alone, and where it belongs to nobody else. */
export function isAlone(event: KeyboardEvent): boolean {
  const { target } = event;
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return false;
  if (target instanceof Element && target.closest(ELSEWHERE)) return false;
  return !document.querySelector("dialog[open], :popover-open");
}

/** Whether letters are shortcuts in this browser (WCAG 2.1.4: whoever dictates or trembles turns them off). */
export function lettersAreKeys(): boolean {
  return !document.cookie.includes(`${KEPT.keysCookie}=off`);
}
