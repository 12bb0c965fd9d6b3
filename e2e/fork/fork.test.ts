import { cp, readFile } from "node:fs/promises";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { PRODUCT } from "@/product";
import { EVERY_TYPE, SPANISH } from "./every-type";
import { type Fork, openFork, RECIPES } from "./open-fork";

vi.setConfig({ testTimeout: 600_000, hookTimeout: 600_000 });

/** A fork has carried them out already. */
const isFork = !/^latchkey$/i.test(PRODUCT.name);

let fork: Fork;
beforeAll(async () => {
  if (!isFork) fork = await openFork();
});
afterAll(() => fork?.close());

describe.skipIf(isFork)("the recipes of docs/fork.md", () => {
  /** How many files each has its reader touch. */
  const byHand = new Map<string, number>();

  test.each([...RECIPES.keys()])("%s", async (recipe) => {
    byHand.set(recipe, await fork.carryOut(recipe));
  });

  test("take as many files by hand as the document says", async () => {
    const rows = (await readFile("docs/fork.md", "utf8")).matchAll(
      /^\| \[([^\]]+)\].*\| (\d+) +\|$/gm,
    );
    expect(Object.fromEntries([...rows].map(([, name, files]) => [name, Number(files)]))).toEqual(
      Object.fromEntries(byHand),
    );
  });

  test("keep the types, and so do more entities, with every type of field", async () => {
    const generate = (...args: string[]) =>
      fork.node("cli/start.mjs", "generate", "entity", "--force", ...args);
    const spanish = ["--label-es", SPANISH.labelEs, "--fields-es", SPANISH.fieldsEs];
    await generate("invoice", "--fields", EVERY_TYPE, ...spanish);
    await generate("purchase-order", "--fields", "name:text");
    await fork.checkTypes();
  });
});

test.skipIf(isFork)("the fork passes its own tests of what was changed", async () => {
  // Its routes are called as they are written; bench/drills/fork.test.ts builds it.
  const at = (name: string) => path.join(fork.root, "e2e", name);
  await cp("e2e/fork/installation-in-process.ts", at("support/installation.ts"));
  await cp("e2e/fork/own-tests.ts", at("fork/own.test.ts"));
  const own = ["e2e/fork/own", "e2e/contracts/projects", "prisma/projects", "scripts/product"];
  await fork.node("node_modules/vitest/vitest.mjs", "run", ...own);
});
