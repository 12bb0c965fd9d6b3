import type { MessageKeys, NestedKeyOf } from "next-intl";
import { PRODUCT } from "@/product";
import en from "../../messages/en.json";
import es from "../../messages/es.json";

/** Puts the product's names where a message says {product} or {command}, once a process and not once a page. */
function named<T>(messages: T): T {
  const text = JSON.stringify(messages)
    .replaceAll("{product}", PRODUCT.name)
    .replaceAll("{command}", PRODUCT.command);
  return JSON.parse(text);
}

/** All that pages and mails say, by language. Spanish has the shape of English, or the types break here. */
export const MESSAGES = { en: named(en), es: named<typeof en>(es) } as const;
export type Locale = keyof typeof MESSAGES;
/** The whole name of one message: `admin.users`. */
export type MessageKey = MessageKeys<typeof en, NestedKeyOf<typeof en>>;
export const LOCALES = Object.keys(MESSAGES) as Locale[];
