import { createTranslator } from "next-intl";
import { expect, test } from "vitest";
import { MESSAGES } from "@/lib/platform/messages";
import en from "./en.json";
import es from "./es.json";

type Tree = { [key: string]: string | Tree };

function flatten(tree: Tree, path = ""): [string, string][] {
  return Object.entries(tree).flatMap(([key, value]): [string, string][] =>
    typeof value === "string" ? [[path + key, value]] : flatten(value, `${path}${key}.`),
  );
}

/** The values and tags a message asks for, without the inner words of its plurals. */
function asked(message: string): string[] {
  const values = [...message.matchAll(/\{(\w+)\s*[,}]/g)].map(([, name]) => `{${name}}`);
  const tags = [...message.matchAll(/<(\w+)>/g)].map(([, name]) => `<${name}>`);
  return [...new Set([...values, ...tags])].sort();
}

const spanish = new Map(flatten(es));

test("both languages say the same things", () => {
  expect([...spanish.keys()]).toEqual(flatten(en).map(([key]) => key));
});

test.each(flatten(en))("%s asks for the same values in both languages", (key, english) => {
  expect(asked(spanish.get(key) ?? "")).toEqual(asked(english));
});

test.each(["en", "es"] as const)("every message in %s can be formatted", (locale) => {
  const messages = MESSAGES[locale];
  const errors: unknown[] = [];
  const t = createTranslator({ locale, messages, onError: (error) => errors.push(error) });
  for (const [key, message] of flatten(messages)) {
    const tags = asked(message).filter((name) => name.startsWith("<"));
    const rich = Object.fromEntries(tags.map((tag) => [tag.slice(1, -1), (text: string) => text]));
    const given = Object.fromEntries(
      asked(message)
        .filter((name) => name.startsWith("{"))
        .map((name) => [name.slice(1, -1), 2]),
    );
    t.markup(key as never, { ...given, ...rich } as never);
  }
  expect(errors).toEqual([]);
});

test("no message shouts", () => {
  for (const [, message] of [...flatten(en), ...flatten(es)]) expect(message).not.toMatch(/[!¡]/);
});

// What is compiled for the pages has no word for "the hour as it is written there", and leaves it out.
test("hours are asked for by names that the build knows", () => {
  const unknown = [...flatten(en), ...flatten(es)].filter(([, text]) => /::\w*j/.test(text));
  expect(unknown).toEqual([]);
});
