import { readFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { MESSAGES } from "@/lib/platform/messages";
import { PRODUCT } from "@/product";
import { breaches } from "./import-law.mjs";
import { allFiles } from "./links.mjs";

const read = (file: string) => readFileSync(path.resolve(import.meta.dirname, "..", file), "utf8");

test("package.json gives the command the same name", () => {
  const { name, bin, scripts } = JSON.parse(read("package.json"));
  expect({ name, bin: Object.keys(bin) }).toEqual({ name: PRODUCT.command, bin: [name] });
  expect(scripts).toHaveProperty(PRODUCT.command);
});

test("the icon is the mark of an installation that waits for its owner", () => {
  const drawn = [...read("app/icon.svg").matchAll(/ d="([^"]+)"/g)].map(([, d]) => d);
  expect(drawn).toEqual([PRODUCT.mark.tile, PRODUCT.mark.waiting]);
});

test("messages say the names of the product, and hold no place for them any more", () => {
  const said = JSON.stringify(MESSAGES);
  expect(said).not.toMatch(/\{(product|command)\}/);
  expect(MESSAGES.es.setup.title).toBe(`Configurar ${PRODUCT.name}`);
});

/** As it is called upstream: a fork hears of what comes from there and says the name. */
const NAME = /latchkey/i;

test("the name stands in product.ts, and nowhere else in what is built", () => {
  const BUILT = /^(app|cli|components|lib|messages)\/|^(instrumentation|proxy|next\.config)\.ts$/;
  const named = [...allFiles(path.resolve(import.meta.dirname, ".."))].flatMap(([file, text]) =>
    BUILT.test(file) && !file.endsWith(".test.ts") && NAME.test(text) ? [file] : [],
  );
  expect(named).toEqual([]);
});

test.each([
  ["lib/users/x.ts", []],
  ["components/ui/x.tsx", ["components/ui/x.tsx imports product.ts, which is not below it"]],
])("%s imports the names: %j", (file, found) => {
  const files = new Map([
    [file, 'import { PRODUCT } from "@/product";\n'],
    ["product.ts", ""],
  ]);
  expect(breaches(files)).toEqual(found);
});
