import { readdirSync } from "node:fs";
import { expect, test } from "vitest";
import { AREAS, testsThatLookAt } from "./touched.mjs";

test.each([
  [["README.md", "lib/roles/free-slug.test.ts"], []],
  [["e2e/browser/axe.spec.ts"], ["browser/axe.spec.ts"]],
  [["e2e/races/claim.test.ts"], ["races/claim.test.ts"]],
  [["app/docs/api/page.tsx"], ["browser/api-docs", "contracts/openapi"]],
  [["lib/links/accept-link.ts"], ["access/matrix", "browser/links", "contracts/links"]],
  [
    ["proxy.ts", "messages/en.json"],
    ["access/", "browser/", "browser/claim", "contracts/page-bytes"],
  ],
  [["README.md", "lib/platform/db.ts"], null],
  [["e2e/support/http.ts"], null],
  [["package-lock.json"], null],
])("%s are looked at by %s", (files, tests) => {
  expect(testsThatLookAt(files)).toEqual(tests);
});

test("every test that the table names is there", () => {
  const there = readdirSync("e2e", { recursive: true, encoding: "utf8" });
  const named = AREAS.flatMap(([, names]) => (names === "itself" ? [] : names));
  expect(named.length).toBeGreaterThan(30);
  expect(named.filter((name) => !there.some((file) => file.startsWith(name)))).toEqual([]);
});
