import { execFile } from "node:child_process";
import { cp, mkdir, readFile, rm, symlink, writeFile } from "node:fs/promises";
import path from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { get } from "../support/http";
import { type Installation, startInstallation } from "../support/installation";
import { callAction } from "./call-action";
import { lastChange, RECORD_CHANGES } from "./changes";
import { heard } from "./heard";
import { ACTIONS, type Answer, PAGES } from "./matrix";
import { pathsOf, serverActions } from "./there-is";

vi.setConfig({ hookTimeout: 900_000 }); // it is built first

/**
 * The same product without proxy.ts, as nothing but a convenience may be lost with it. A copy inside this folder,
 * because the bundler follows no link that leads out of its root.
 */
const COPY = path.resolve(`.build/without-proxy-${process.pid}`);
/** What a build and a start need. `public` is there or not. */
const SOURCES = [
  ...["app", "components", "lib", "cli", "messages", "prisma", "public"],
  ...["instrumentation.ts", "next.config.ts", "tailwind.config.ts", "postcss.config.mjs"],
  ...["prisma.config.ts", "tsconfig.json", "package.json", "package-lock.json"],
];

async function buildWithoutProxy() {
  await mkdir(COPY, { recursive: true });
  for (const source of SOURCES) {
    await cp(source, path.join(COPY, source), { recursive: true, preserveTimestamps: true }).catch(
      (error) => {
        if (source !== "public" || error.code !== "ENOENT") throw error;
      },
    );
  }
  await symlink(path.resolve("node_modules"), path.join(COPY, "node_modules"));
  // Tailwind would follow the link and look for class names in every package. Styles grant nothing.
  const styles = path.join(COPY, "app/globals.css");
  const written = await readFile(styles, "utf8");
  const bare = written.replace('@import "tailwindcss";', '@import "tailwindcss" source(none);');
  await writeFile(styles, bare);
  const build =
    "const { bundle, build } = await import('./cli/prepare.mjs'); await bundle(); await build()";
  await promisify(execFile)(process.execPath, ["--input-type=module", "--eval", build], {
    cwd: COPY,
  });
}

let unclaimed: Installation;
let claimed: Installation;
beforeAll(async () => {
  await buildWithoutProxy();
  [unclaimed, claimed] = await Promise.all([
    startInstallation({ root: COPY }),
    startInstallation({ root: COPY, claimed: true }),
  ]);
});
afterAll(async () => {
  await Promise.all([unclaimed, claimed].map((installation) => installation?.stop()));
  await rm(COPY, { recursive: true, force: true });
});

test("there is no proxy in it", async () => {
  const file = ".next/server/functions-config-manifest.json";
  const ours: unknown = JSON.parse(await readFile(file, "utf8"));
  const theirs: unknown = JSON.parse(await readFile(path.join(COPY, file), "utf8"));
  expect(ours).toHaveProperty(["functions", "/_middleware"]);
  expect(theirs).toMatchObject({ functions: {} });
  expect(theirs).not.toHaveProperty(["functions", "/_middleware"]);
});

test("the proxy sees pages, and no address that answers programs", async () => {
  const file = ".next/server/functions-config-manifest.json";
  const { functions } = JSON.parse(await readFile(file, "utf8"));
  const [{ originalSource, regexp }] = functions["/_middleware"].matchers;
  expect(originalSource).toBeDefined();
  const seen = (path: string) => new RegExp(regexp).test(path);
  const routes = pathsOf("route.ts").map(({ path }) => path);
  expect(routes.filter(seen)).toEqual(["/.well-known/change-password"]);
  expect(pathsOf("page.tsx").filter(({ path }) => !seen(path))).toEqual([]);
});

const UNKNOWN = "00000000-0000-4000-8000-000000000000";
/** With something in it that nobody has. */
const named = (text: string) => text.replaceAll(/\{\w+\}/g, UNKNOWN);
/** As the matrix has it, but for the pages that know by themselves whether there is something to set up. */
const WHILE_UNCLAIMED: Record<string, Answer> = {
  "GET /login": "/setup",
  "GET /join": "/setup",
  "GET /setup": 200,
};
/** What strangers may call, by intention; its own tests hold it. */
const FOR_STRANGERS = ["app/setup/actions.ts claim"];

describe.each([
  ["while nobody has claimed it", () => unclaimed, WHILE_UNCLAIMED],
  ["claimed", () => claimed, {}],
])("a stranger, %s", (_state, installation, besides: Record<string, Answer>) => {
  beforeAll(() => installation().sql(RECORD_CHANGES));
  const changes = () => installation().sql(lastChange());

  test.each(PAGES.map((row) => [row.at, row] as const))("%s", async (at, { hears }) => {
    const expected = besides[at] ?? hears.anonymous;
    const before = await changes();
    const answer = await get(installation().baseUrl, named(at).replace("GET ", ""));
    expect(heard(answer, installation().baseUrl)).toEqual(
      typeof expected === "string" ? named(expected) : expected,
    );
    expect(await changes()).toEqual(before);
  });

  const refused = ACTIONS.filter(
    (row) => !row.for.includes("anonymous") && !FOR_STRANGERS.includes(row.action),
  );
  test.each(refused.map((row) => [row.action, row] as const))("%s", async (action, row) => {
    const before = await changes();
    const id = serverActions(COPY).get(action) ?? "";
    const asked = {
      ...row,
      page: named(row.page),
      with: JSON.parse(named(JSON.stringify(row.with))),
    };
    expect(await callAction(installation().baseUrl, id, asked)).toBeLessThan(500);
    expect(await changes()).toEqual(before);
  });
});
