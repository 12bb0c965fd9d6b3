// A language that nobody speaks, made of English: each letter has an accent, each vowel is said twice, so that words are
// longer than those of most languages, and each message stands in ⟦brackets⟧. What is seen without them is in no file of
// messages; where one stands beside another, a sentence was put together. It takes the place of Spanish in a server that
// is started with it, and is in no build:
//
//   NODE_OPTIONS="--import ./e2e/support/pseudo-locale.mjs" npm run dev
//
// PSEUDO_DIRECTION=rtl has it written from right to left.
import { readFileSync } from "node:fs";
import compile from "icu-minify/compile";

const ACCENTS = Object.fromEntries(
  [
    ["abcdefghijklmnopqrstuvwxyz", "áƀçðéƒĝĥîĵķļɱñöþǫŕšţûṽŵẋýž"],
    ["ABCDEFGHIJKLMNOPQRSTUVWXYZ", "ÁƁÇÐÉƑĜĤÎĴĶĻṀÑÖÞǪŔŠŢÛṼŴẊÝŽ"],
  ].flatMap(([plain, accented]) => [...plain].map((letter, at) => [letter, [...accented][at]])),
);

const said = (text) =>
  text.replaceAll(/[A-Za-z]/g, (letter) => {
    const accented = ACCENTS[letter];
    return /[aeiou]/i.test(letter) ? accented + accented.toLowerCase() : accented;
  });

/** Kinds of values that say something else by what they are: a choice, a plural, an ordinal. */
const CHOOSING = [1, 2, 3];

/** A part of a compiled message: a text, a value with its kind and format, a tag around other parts. */
function part(one) {
  if (typeof one === "string") return said(one);
  if (!Array.isArray(one)) return one;
  const [name, kind, choices] = one;
  if (CHOOSING.includes(kind)) return [name, kind, mapped(choices, parts)];
  return typeof kind === "number" && kind !== 0 ? one : [name, ...one.slice(1).map(part)];
}

const parts = (message) =>
  typeof message === "string"
    ? said(message)
    : Array.isArray(message)
      ? message.map(part)
      : message;

const mapped = (object, change) =>
  Object.fromEntries(Object.entries(object).map(([key, value]) => [key, change(value)]));

/** A compiled message in brackets; everything below a section of them. */
function pseudo(message) {
  if (typeof message === "string") return `⟦${said(message)}⟧`;
  return Array.isArray(message) ? ["⟦", ...parts(message), "⟧"] : mapped(message, pseudo);
}

const compiled = (messages) =>
  typeof messages === "string" ? compile(messages) : mapped(messages, compiled);
const read = (language) =>
  compiled(JSON.parse(readFileSync(new URL(`../../messages/${language}.json`, import.meta.url))));

const replaced = JSON.stringify(read("es"));
const instead = {
  ...pseudo(read("en")),
  language: { name: "Pseudo", direction: process.env.PSEUDO_DIRECTION ?? "ltr" },
};

// messages/compile-messages.mjs has made a text of the catalogue that is read by this.
const parse = JSON.parse;
JSON.parse = (text, ...reviver) =>
  parse(text === replaced ? JSON.stringify(instead) : text, ...reviver);
