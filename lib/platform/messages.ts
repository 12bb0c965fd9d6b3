import type { MessageKeys, NestedKeyOf } from "next-intl";
import { PRODUCT } from "@/product";
import en from "../../messages/en.json";
import es from "../../messages/es.json";

/**
 * Puts the product's names where a message says {product} or {command}, once a process and not once a page. In the
 * pages a message with places is not its text but the list that next.config.ts makes of it: `[["product"], " waits"]`.
 */
function named<T>(messages: T): T {
  let text = JSON.stringify(messages);
  for (const [place, name] of [
    ["product", PRODUCT.name],
    ["command", PRODUCT.command],
  ] as const) {
    text = text.replaceAll(`{${place}}`, name).replaceAll(`["${place}"]`, JSON.stringify(name));
  }
  return JSON.parse(text);
}

/** All that pages and mails say, by language. Spanish has the shape of English, or the types break here. */
export const MESSAGES = { en: named(en), es: named<typeof en>(es) } as const;
export type Locale = keyof typeof MESSAGES;
/** The whole name of one message: `admin.users`. */
export type MessageKey = MessageKeys<typeof en, NestedKeyOf<typeof en>>;
export const LOCALES = Object.keys(MESSAGES) as [Locale, ...Locale[]];
/** Each with its name in itself. */
export const LANGUAGES = LOCALES.map((code) => ({ code, name: MESSAGES[code].language.name }));
