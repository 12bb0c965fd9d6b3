/** How a link inside text looks: known by its underline, not by its colour. */
export const textLinkStyle =
  "rounded font-medium underline decoration-edge underline-offset-4 hover:decoration-ink";
