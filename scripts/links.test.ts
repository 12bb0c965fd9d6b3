import path from "node:path";
import { expect, test } from "vitest";
import { EVERY_SETTING } from "../cli/every-setting";
import { allFiles, deadLinks } from "./links.mjs";

/** A small house in which everything that is cited is there, with one file more. */
function withFile(name: string, text: string): string[] {
  const house = {
    "docs/contracts/setup.md": "# Door 2\n\n## POST /v1/auth/login\n\n[above](#door-2)\n",
    "docs/decisions/0010-the-import-law.md": "# 10. The import law\n",
    "lib/users/schema.ts": "",
    "app/(admin)/users/[id]/page.tsx": "",
  };
  return deadLinks(new Map([...Object.entries(house), [name, text]]));
}

test.each([
  ["README.md", "[the law](docs/decisions/0010-the-import-law.md#10-the-import-law), `lib/users/`"],
  [
    "docs/a.md",
    "[login](contracts/setup.md#post-v1authlogin) and [elsewhere](https://example.com)",
  ],
  ["a.ts", "// (docs/contracts/setup.md#post-v1authlogin), see lib/users/schema.ts."],
  ["a.ts", "/** docs/decisions/0010, decision 10; app/(admin)/users/[id]/page.tsx, schema.ts */"],
  ["a.ts", "/** lib/<room>/schema.ts, lib/users/*.ts */"],
  ["a.ts", 'export const file = "lib/users/gone.ts"; // no utils.ts'],
  ["a.ts", "// https://example.com/docs/gone.html"],
])("%s: %s", (name, text) => {
  expect(withFile(name, `${text}\n`)).toEqual([]);
});

test.each([
  ["README.md", "[the law](docs/decisions/0010-the-law.md)"],
  ["README.md", "[the law](docs/decisions/0010-the-import-law.md#11-the-import-law)"],
  ["README.md", '<img src="app/icon.svg">'],
  ["docs/a.md", "[login](docs/contracts/setup.md)"],
  ["a.ts", "// docs/contracts/setup.md#claim"],
  ["a.ts", "// decisions 10 and 11"],
  ["a.ts", "// docs/decisions/0011"],
  ["a.ts", "const a = 1; // (lib/users/gone.ts)"],
  ["a.ts", "/**\n * As gone.ts has it.\n */"],
  ["a.ts", "/** lib/<room>/gone.ts */"],
  ["a.sql", "-- held by prisma/gone.test.ts"],
  [".env.example", "# docs/guides/gone.md"],
])("%s cites what is not there: %s", (name, text) => {
  expect(withFile(name, `${text}\n`)).toHaveLength(1);
});

test("the contract of the environment has every variable", () => {
  const root = path.resolve(import.meta.dirname, "..");
  const text = allFiles(root).get("docs/contracts/environment.md") ?? "";
  const rows = text.split("\n").filter((line) => line.startsWith("| `"));
  const named = rows.flatMap((row) => row.split("|")[1]?.match(/[A-Z][A-Z_]+/g) ?? []);
  expect(named.sort()).toEqual([...EVERY_SETTING.names].sort());
});
