import { readdirSync } from "node:fs";
import { expect, test } from "vitest";
// @ts-expect-error plain JavaScript without types
import { AREAS, testsThatLookAt } from "./touched.mjs";

const tests = readdirSync("e2e", { recursive: true, encoding: "utf8" }).filter((name) =>
  /\.(test|spec)\.ts$/.test(name),
);

test("every name in the table is how a test in e2e begins", () => {
  const names: string[] = AREAS.flatMap(([, names]: [RegExp, string[] | "itself"]) =>
    names === "itself" ? [] : names,
  );
  expect(names.filter((name) => !tests.some((one) => one.startsWith(name)))).toEqual([]);
});

test.each([
  [["README.md", "lib/links/accept-link.test.ts"], []],
  [["e2e/races/claim.test.ts"], ["races/claim.test.ts"]],
  [["lib/links/accept-link.ts"], ["access/matrix", "browser/links", "contracts/links"]],
  [["README.md", "lib/platform/db.ts"], null],
])("%j is looked at by %j", (files, found) => {
  expect(testsThatLookAt(files)).toEqual(found);
});
