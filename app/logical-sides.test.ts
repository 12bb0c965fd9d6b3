import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";

/** Tailwind's names, and CSS's own, that mean a side of the window and not the beginning or end of a line. */
const PHYSICAL = new RegExp(
  [
    /(?<![\w-])-?(?:ml|mr|pl|pr|left|right|scroll-[mp][lr])-(?:[[(\d]|px\b|auto\b|full\b)[^\s"'`;]*/,
    /(?<![\w-])(?:border-[lr]|rounded-(?:[lr]|[tb][lr]))(?!\w)[^\s"'`;]*/,
    /(?<![\w-])(?:text|float|clear)-(?:left|right)(?![\w-])/,
    /(?<![\w-])(?:(?:margin|padding|border|inset)-)?(?:left|right)\s*:\s*(?:[\d`-]|auto|var|calc)[^;}]*[;`]/,
  ]
    .map(({ source }) => source)
    .join("|"),
  "g",
);

/** What draws from left to right in every language says so. */
const SAYS_SO = /\bdir="ltr"/;

const FILES = ["app", "components", "cli/generate/templates"].flatMap((folder) =>
  readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((name) => /\.(tsx?|css)(\.txt)?$/.test(name) && !name.includes(".test."))
    .map((name) => path.join(folder, name)),
);

test.each([
  ["ml-3 flex", ["ml-3"]],
  ["sm:-right-4 text-left", ["-right-4", "text-left"]],
  ["border-l-2 rounded-tr", ["border-l-2", "rounded-tr"]],
  ["margin-left: 3px;", ["margin-left: 3px;"]],
  ["ms-3 start-4 border-s-2 text-start md:pe-2 rounded-s border-line rounded-lg", []],
  ["what is left: nothing", []],
])("%j: %j", (text, found) => {
  expect(text.match(PHYSICAL) ?? []).toEqual(found);
});

test("pages have beginnings and ends, so that they can be read from right to left", () => {
  expect(FILES.length).toBeGreaterThan(200);
  const found = FILES.flatMap((file) => {
    const text = readFileSync(file, "utf8");
    return SAYS_SO.test(text) ? [] : (text.match(PHYSICAL) ?? []).map((one) => `${file}: ${one}`);
  });
  expect(found).toEqual([]);
});
