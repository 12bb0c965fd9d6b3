import { expect, test } from "vitest";
import { negotiateLocale } from "./i18n";

test.each([
  ["", "en"],
  ["es", "es"],
  ["es-MX,es;q=0.9,en;q=0.8", "es"],
  ["en;q=0.4, es;q=0.5", "es"],
  ["de-DE,de;q=0.9,es;q=0.2", "es"],
  ["fr, de", "en"],
  ["es;q=0, en", "en"],
  ["ES-419", "es"],
  ["*", "en"],
  [";;;,q=,es;q=nonsense", "en"],
])("%j is answered in %s", (header, locale) => expect(negotiateLocale(header)).toBe(locale));
