import { cookies, headers } from "next/headers";
import { getRequestConfig } from "next-intl/server";
import { KEPT } from "@/product";
import { LOCALES, type Locale, MESSAGES } from "./messages";

declare module "next-intl" {
  interface AppConfig {
    Locale: Locale;
    Messages: (typeof MESSAGES)[Locale];
  }
}

export function isLocale(value: unknown): value is Locale {
  return LOCALES.some((locale) => locale === value);
}

/** The first language of an Accept-Language header that we speak, by its weights (RFC 9110, 12.5.4); else English. */
export function negotiateLocale(acceptLanguage: string): Locale {
  const wishes = acceptLanguage
    .split(",")
    .map((part) => {
      const [tag = "", ...parameters] = part.trim().toLowerCase().split(";");
      const weight = parameters.find((parameter) => parameter.trim().startsWith("q="));
      return { locale: tag.split("-")[0], weight: Number(weight?.trim().slice(2) ?? 1) };
    })
    .filter((wish) => wish.weight > 0)
    .sort((a, b) => b.weight - a.weight);
  return wishes.map((wish) => wish.locale).find(isLocale) ?? "en";
}

/** What the browser's owner chose, else what the browser asks for. No language in the address. */
export default getRequestConfig(async () => {
  const chosen = (await cookies()).get(KEPT.localeCookie)?.value;
  const locale = isLocale(chosen)
    ? chosen
    : negotiateLocale((await headers()).get("accept-language") ?? "");
  return {
    locale,
    // One zone that is named on the page, since the server cannot know the reader's.
    timeZone: "UTC",
    messages: MESSAGES[locale],
  };
});
