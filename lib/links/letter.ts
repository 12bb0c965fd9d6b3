import { escapeHtml } from "@/lib/platform/mail";
import type { Locale } from "@/lib/platform/messages";

/** A message with one link, in plain text and in the plainest HTML. What stands in it is text, never markup. */
export function letter(
  locale: Locale,
  {
    subject,
    before,
    link,
    after,
  }: { subject: string; before: readonly string[]; link: string; after: readonly string[] },
): { subject: string; text: string; html: string } {
  const paragraph = (text: string) => `<p>${escapeHtml(text)}</p>`;
  return {
    subject,
    text: `${[...before, link, ...after].join("\n\n")}\n`,
    html: [
      `<!doctype html><html lang="${locale}"><body>`,
      ...before.map(paragraph),
      `<p><a href="${escapeHtml(link)}">${escapeHtml(link)}</a></p>`,
      ...after.map(paragraph),
      "</body></html>",
    ].join("\n"),
  };
}
