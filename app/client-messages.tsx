import { type Messages, NextIntlClientProvider } from "next-intl";
import { getMessages } from "next-intl/server";
import type { ReactNode } from "react";

/**
 * Sends the named sections of the messages to the browser, and no others: each page those that its own components read
 * there. client-messages.test.ts holds the pages to it.
 */
export async function ClientMessages({
  sections,
  children,
}: {
  sections: readonly (keyof Messages)[];
  children: ReactNode;
}) {
  const messages = await getMessages();
  const sent = Object.fromEntries(sections.map((section) => [section, messages[section]]));
  return <NextIntlClientProvider messages={sent}>{children}</NextIntlClientProvider>;
}
