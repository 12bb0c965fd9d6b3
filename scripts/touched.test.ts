import { readdirSync } from "node:fs";
import { expect, test } from "vitest";
import { testsThatLookAt } from "./touched.mjs";

test.each([
  [["README.md", "lib/roles/free-slug.test.ts"], []],
  [["e2e/browser/axe.spec.ts"], ["browser/axe.spec.ts"]],
  [["app/docs/api/page.tsx"], ["browser/api-docs", "contracts/openapi"]],
  [
    ["proxy.ts", "messages/en.json"],
    ["access/", "browser/", "browser/claim"],
  ],
  [["README.md", "lib/platform/db.ts"], null],
  [["e2e/support/http.ts"], null],
  [["package-lock.json"], null],
])("%s are looked at by %s", (files, tests) => {
  expect(testsThatLookAt(files)).toEqual(tests);
});

test("every test that the table names is there", () => {
  const there = readdirSync("e2e", { recursive: true, encoding: "utf8" });
  const named = ["lib/audit/x.ts", "lib/roles/x.ts", "lib/factors/x.ts", "lib/jobs/x.ts"]
    .concat(["lib/tokens/x.ts", "lib/bootstrap/x.ts", "app/login/x.ts", "app/join/x.ts"])
    .concat(["app/(admin)/account/x.ts", "components/users/x.ts", "app/docs/x.ts", "proxy.ts"])
    .flatMap((file) => testsThatLookAt([file]) ?? []);
  for (const name of named) {
    expect(
      there.some((file) => file.startsWith(name)),
      name,
    ).toBe(true);
  }
});
