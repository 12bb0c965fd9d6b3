import type { ReactNode } from "react";

/**
 * Thrown by a page that has nothing to show to whoever asks. The framework's own ways to say so, `notFound()` and
 * `forbidden()`, send a page that stays blank without JavaScript; `whenAvailable` renders this one where the page would be.
 */
export class PageRefusal extends Error {
  override name = "PageRefusal";

  constructor(
    readonly status: 403 | 404,
    readonly words: ReactNode,
  ) {
    super(`page refused with ${status}`);
  }
}
