import type { Page } from "playwright/test";

const CONTROLS = "a, button, summary, label, legend, .badge";

/** What of the controls cannot be read whole: it goes beyond the window, or beyond an edge that cuts it off. */
export const clippedControls = (page: Page) => clipped(page, CONTROLS);

/** The same of everything that is said. */
export const clippedTexts = (page: Page) =>
  clipped(page, `${CONTROLS}, :is(h1, h2, h3, p, dt, dd, th, td, li, output):not(:has(a, button))`);

function clipped(page: Page, selector: string) {
  return page.evaluate(
    ([selector, controls]) => {
      const found: string[] = [];
      const width = document.documentElement.clientWidth;
      for (const control of document.querySelectorAll(selector)) {
        if (!control.checkVisibility({ visibilityProperty: true, opacityProperty: true })) continue;
        const own = control.getBoundingClientRect();
        const pressed = control.matches(controls);
        const texts = document.createTreeWalker(control, NodeFilter.SHOW_TEXT);
        for (let text = texts.nextNode(); text !== null; text = texts.nextNode()) {
          const holder = text.parentElement;
          if (!holder?.checkVisibility({ visibilityProperty: true })) continue;
          const range = document.createRange();
          range.selectNodeContents(text);
          for (const box of range.getClientRects()) {
            let [left, right, bottom] = [0, width, Number.POSITIVE_INFINITY];
            let forEyes = box.width > 0;
            let scrolls = false;
            for (let around: Element | null = holder; around; around = around.parentElement) {
              const style = getComputedStyle(around);
              const edge = around.getBoundingClientRect();
              if (style.clipPath !== "none" || edge.width <= 1 || edge.right <= 0) forEyes = false;
              // A long name ends in three dots, and stands whole on its own page.
              const isName = !pressed || control.tagName === "A";
              if (style.textOverflow === "ellipsis" && isName) forEyes = false;
              if (style.overflowX === "visible") continue;
              // What scrolls by itself, with the keyboard too, shows all it has.
              if (style.overflowX === "auto" && around.getAttribute("tabindex") === "0") {
                [left, right, bottom] = [-1e6, 1e6, Number.POSITIVE_INFINITY];
                break;
              }
              if (style.overflowX !== "hidden" && !pressed) forEyes = false;
              left = Math.max(left, edge.left);
              right = Math.min(right, edge.right);
              scrolls ||= style.overflowY === "auto";
              if (!scrolls) bottom = Math.min(bottom, edge.bottom);
            }
            const cut = box.left < left - 1 || box.right > right + 1 || box.bottom > bottom + 1;
            const spilt =
              box.top < own.top - 1 ||
              box.bottom > own.bottom + 1 ||
              box.right > own.right + 1 ||
              box.left < own.left - 1;
            if (forEyes && (cut || (pressed && spilt)))
              found.push(`${control.tagName} "${text.textContent?.trim()}"`);
          }
        }
      }
      return [...new Set(found)];
    },
    [selector, CONTROLS] as const,
  );
}
