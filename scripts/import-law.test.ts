import { expect, test } from "vitest";
import { breaches } from "./import-law.mjs";

/** A small house that keeps the law, with one file more. */
function withFile(name: string, text: string): string[] {
  const house = {
    "app/page.tsx": 'import { Button } from "@/components/ui/button";\n',
    "components/ui/button.tsx": "",
    "components/form.tsx": 'import { Email } from "@/lib/users/schema";\n',
    "cli/serve.ts": 'import { env } from "@/lib/platform/env";\n',
    "lib/bootstrap/doors/door.ts": 'import { claim } from "../claim";\n',
    "lib/bootstrap/claim.ts": 'import { listUsers } from "@/lib/users/list/list-users";\n',
    "lib/users/schema.ts": "",
    "lib/users/list/list-users.ts": 'import { env } from "@/lib/platform/env";\n',
    "lib/orders/sell.ts": "",
    "lib/access/actor.ts": "",
    "lib/platform/env.ts": "export const port = process.env.PORT;\n",
    "lib/platform/db.ts": 'import { Client } from "./generated/client";\n',
    "lib/platform/generated/client.ts": "",
  };
  return breaches(new Map([...Object.entries(house), [name, text]]));
}

test("a house that keeps the law has no breach", () => {
  expect(withFile("lib/users/invite.ts", "")).toEqual([]);
});

test.each([
  ["lib/users/x.ts", 'import { claim } from "@/lib/bootstrap/claim";'],
  ["lib/users/x.ts", 'import type { Claim } from "../bootstrap/claim";'],
  ["lib/users/x.ts", 'export { claim } from "@/lib/bootstrap/claim";'],
  ["lib/users/x.ts", 'const claim = await import("@/lib/bootstrap/claim");'],
  ["lib/users/x.ts", 'import {\n  a,\n  claim,\n} from "@/lib/bootstrap/claim";'],
  ["lib/bootstrap/x.ts", 'import { door } from "./doors/door";'],
  ["lib/platform/x.ts", 'import type { Actor } from "@/lib/access/actor";'],
  ["lib/users/x.ts", "const since = Date.now() - 1;"],
  ["lib/access/x.ts", 'import { env } from "@/lib/platform/env";'],
  ["components/x.tsx", 'import { listUsers } from "@/lib/users/list/list-users";'],
  ["components/ui/x.tsx", 'import type { Email } from "@/lib/users/schema";'],
  ["components/x.tsx", 'import Page from "@/app/page";'],
  ["cli/x.ts", 'import { Button } from "@/components/ui/button";'],
  ["proxy.ts", 'import { listUsers } from "@/lib/users/list/list-users";'],
  ["app/x.tsx", 'import { Client } from "@/lib/platform/generated/client";'],
  ["app/x.tsx", 'import NextAuth from "next-auth";'],
  ["app/x.tsx", 'import Credentials from "next-auth/providers/credentials";'],
  ["lib/invoices/x.ts", 'import { claim } from "@/lib/bootstrap/claim";'],
  ["lib/invoices/x.ts", 'import { sell } from "@/lib/orders/sell";'],
  ["lib/users/x.ts", 'import { sell } from "@/lib/orders/sell";'],
  ["lib/users/x.ts", "const port = process.env.PORT;"],
])("%s may not: %s", (name, text) => {
  expect(withFile(name, `${text}\n`)).toHaveLength(1);
});

test.each([
  "export async function save() {\n  await write();\n}\n",
  "export const save = async () => write();\n",
  'import { act } from "../acts";\nexport async function save() {\n  return act(write);\n}\n',
  'import { getActor } from "@/lib/sessions/auth";\nexport async function save() {\n  act(await getActor());\n}\nimport { act } from "../act";\n',
])("a server action of the administration may not be: %s", (text) => {
  expect(withFile("app/(admin)/x/actions.ts", `"use server";\n\n${text}`)).toHaveLength(1);
});

test("a server action of the administration may go through act.ts by a function of its file", () => {
  const text = [
    '"use server";',
    'import {\n  actAndShow,\n  type Work,\n} from "../act";',
    "export async function save() {\n  return change();\n}",
    "function change() {\n  return actAndShow<Done>(write);\n}",
  ];
  expect(withFile("app/(admin)/x/actions.ts", text.join("\n"))).toEqual([]);
});

test("a component may know the types and the schemas below it", () => {
  const types = 'import type { User } from "@/lib/users/list/list-users";\n';
  expect(withFile("components/table.tsx", types)).toEqual([]);
});

test("a room that the law does not name may know itself, and users and below", () => {
  const text = `import { list } from "./list";\nimport { may } from "@/lib/access/policy";\n`;
  expect(
    withFile("lib/invoices/x.ts", `${text}import { list as one } from "@/lib/invoices/list";\n`),
  ).toEqual([]);
});

test("a circle is found, also one of types", () => {
  const files = new Map([
    ["app/a.ts", 'import { b } from "./b";\n'],
    ["app/b.ts", 'import { c } from "./c";\n'],
    ["app/c.ts", 'import type { A } from "./a";\n'],
  ]);
  expect(breaches(files)).toEqual(["a circle: app/a.ts -> app/b.ts -> app/c.ts -> app/a.ts"]);
});
