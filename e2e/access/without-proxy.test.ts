import { cp, mkdir, readdir, readFile, rm, symlink, writeFile } from "node:fs/promises";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { get, post } from "../support/http";
import { type Installation, startInstallation } from "../support/installation";
import { OWNER } from "../support/owner";
import { callAction } from "./call-action";
import { lastChange, RECORD_CHANGES } from "./changes";
import { heard } from "./heard";
import { ACTIONS, type Answer, PAGES } from "./matrix";
import { pathsOf, serverActions } from "./there-is";

/** The same build without what proxy.ts was made into, as nothing but a convenience may be lost with it. */
const COPY = path.resolve(`.build/without-proxy-${process.pid}`);
const FUNCTIONS = ".next/server/functions-config-manifest.json";

/** What a start looks at, so that it finds the pages built: links suffice where nothing asks for its own folder. */
async function copyWithoutProxy() {
  await mkdir(COPY, { recursive: true });
  for (const name of await readdir(".")) {
    if (name.startsWith(".") || name === "cli") continue;
    await symlink(path.resolve(name), path.join(COPY, name));
  }
  await cp("cli", path.join(COPY, "cli"), { recursive: true });
  await mkdir(path.join(COPY, ".build"));
  for (const name of [".stamp", "main.mjs"])
    await cp(path.join(".build", name), path.join(COPY, ".build", name));
  await cp(".next", path.join(COPY, ".next"), {
    recursive: true,
    filter: (file) => file !== path.join(".next", "cache") && !file.endsWith(".map"),
  });
  const manifest = JSON.parse(await readFile(FUNCTIONS, "utf8"));
  delete manifest.functions["/_middleware"];
  await writeFile(path.join(COPY, FUNCTIONS), JSON.stringify(manifest));
  await rm(path.join(COPY, ".next/server/middleware.js"));
}

const actionIds = serverActions();
let installation: Installation;
beforeAll(async () => {
  await copyWithoutProxy();
  installation = await startInstallation({ root: COPY });
  await installation.sql(RECORD_CHANGES);
});
afterAll(async () => {
  await installation?.stop();
  await rm(COPY, { recursive: true, force: true });
});

test("there is no proxy in it", async () => {
  // An address that no page has: the proxy leads it to the setup, and without one it is not found.
  const nowhere = await get(installation.baseUrl, "/no-such-page");
  expect(nowhere.status).toBe(404);
});

test("the proxy sees pages, and no address that answers programs", async () => {
  const { functions } = JSON.parse(await readFile(FUNCTIONS, "utf8"));
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
  "GET /forgotten": "/setup",
  "GET /setup": 200,
};
/** What strangers may call, by intention; its own tests hold it. */
const FOR_STRANGERS = ["app/setup/actions.ts claim"];

const claim = async () => {
  const owner = { ...OWNER, first_name: "Ada", last_name: "Owner" };
  expect((await post(installation.baseUrl, "/v1/auth/setup", owner)).status).toBe(201);
};

describe.each([
  ["while nobody has claimed it", async () => {}, WHILE_UNCLAIMED],
  ["and then claimed", claim, {}],
])("a stranger, %s", (_state, begin, besides: Record<string, Answer>) => {
  beforeAll(begin);
  const changes = () => installation.sql(lastChange());

  test.each(PAGES.map((row) => [row.at, row] as const))("%s", async (at, { hears }) => {
    const expected = besides[at] ?? hears.anonymous;
    const before = await changes();
    const answer = await get(installation.baseUrl, named(at).replace("GET ", ""));
    expect(heard(answer, installation.baseUrl)).toEqual(
      typeof expected === "string" ? named(expected) : expected,
    );
    expect(await changes()).toEqual(before);
  });

  const refused = ACTIONS.filter(
    (row) => !row.for.includes("anonymous") && !FOR_STRANGERS.includes(row.action),
  );
  test.each(refused.map((row) => [row.action, row] as const))("%s", async (action, row) => {
    const before = await changes();
    const id = actionIds.get(action) ?? "";
    const asked = {
      ...row,
      page: named(row.page),
      with: JSON.parse(named(JSON.stringify(row.with))),
    };
    expect(await callAction(installation.baseUrl, id, asked)).toBeLessThan(500);
    expect(await changes()).toEqual(before);
  });
});
