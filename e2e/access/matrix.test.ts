import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { call } from "../support/http";
import { callAction, sendToAction } from "./call-action";
import { heard } from "./heard";
import { ACTIONS, type ActionRow, PAGES, ROUTES, type Row, WHO, type Who } from "./matrix";
import { methodsIn, pathsOf, serverActions } from "./there-is";
import { openWorld, type World } from "./world";

const EVIL = { origin: "https://evil.example" };
const FOREIGN = [
  EVIL,
  { origin: "null" },
  { "sec-fetch-site": "cross-site" },
  { "sec-fetch-site": "same-site" }, // a neighbour's port or subdomain
];
const METHODS = ["GET", "POST", "PUT", "PATCH", "DELETE"];

const split = (row: Row) => {
  const [method = "", path = ""] = row.at.split(" ");
  return { method, path };
};
/** The path without its query, as it stands in `app/`. */
const template = (row: Row) => split(row).path.split("?")[0] ?? "";

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world?.end());

/** A request of a row, ready to be sent: everything it is about is there. */
async function ready(row: Row) {
  const { method, path } = split(row);
  const id = row.id && (await world.make(row.id));
  const body = await world.fill(row.body);
  const named = (text: string) => text.replace(/\{\w+\}/, id ?? "");
  return {
    method,
    /** What a caller is to hear, with the name of what it is about. */
    hears: (who: Who) => {
      const answer = row.hears[who];
      return typeof answer === "string" ? named(answer) : answer;
    },
    send: (headers: Record<string, string>, by = method) =>
      call(world.installation.baseUrl, by, named(path), {
        headers: { ...(row.type && { "content-type": row.type }), ...headers },
        ...(body !== undefined && by !== "HEAD" && { body }),
      }),
  };
}

describe.each([
  ["routes", ROUTES, false],
  ["pages", PAGES, true],
] as const)("%s", (_kind, rows, isPage) => {
  const cells = rows.flatMap((row) => WHO.map((who) => [row.at, who, row] as const));
  test.each(cells)("%s by %s", async (_at, who, row) => {
    const headers = await world.enter(who, isPage);
    const { method, send, hears } = await ready(row);
    const options = { withoutAudit: row.leavesTrace ?? false };
    const before = await world.snapshot(options);
    const answer = await send(headers);
    expect(heard(answer, world.installation.baseUrl), answer.text.slice(0, 500)).toEqual(
      hears(who),
    );
    const changed = (await world.snapshot(options)) !== before;
    if (method === "GET" || row.changesNothing || answer.status >= 300) expect(changed).toBe(false);
    else if (who === "admin" && row.body === undefined && !row.id)
      return; // signing out of nothing
    else if (who === "admin") expect(changed, "a valid request changes something").toBe(true);
  });

  const reads = rows.filter((row) => split(row).method === "GET");
  test.each(reads.map((row) => [row.at, row] as const))(
    "%s with HEAD instead",
    async (_at, row) => {
      const headers = await world.enter("admin", isPage);
      const { send, hears } = await ready(row);
      const before = await world.snapshot();
      const answer = await send(headers, "HEAD");
      expect(heard(answer, world.installation.baseUrl)).toEqual(hears("admin"));
      expect(answer.text).toBe("");
      expect(await world.snapshot()).toBe(before);
    },
  );
});

describe("from another site", () => {
  // What only reads and is for everybody may be read from anywhere; a proxy asks on behalf of pages of everywhere.
  const guarded = ROUTES.filter(
    ({ at, hears }) =>
      !at.startsWith("GET ") || (hears.anonymous === 401 && !at.includes("/forward")),
  );
  test.each(guarded.map((row) => [row.at, row] as const))("%s", async (_at, row) => {
    const headers = await world.enter("admin");
    const { send } = await ready(row);
    const before = await world.snapshot();
    for (const foreign of FOREIGN) {
      expect((await send({ ...headers, ...foreign })).status).toBe(403);
    }
    expect(await world.snapshot()).toBe(before);
  });
});

describe("server actions", () => {
  const ids = serverActions();
  async function act(row: ActionRow, headers: Record<string, string>) {
    const filled = await world.fill({ ...row, for: [] });
    const before = await world.snapshot();
    const id = ids.get(row.action) ?? "";
    const status = await callAction(world.installation.baseUrl, id, filled, headers);
    return { status, changed: (await world.snapshot()) !== before };
  }

  const cells = ACTIONS.flatMap((row) => WHO.map((who) => [row.action, who, row] as const));
  test.each(cells)("%s by %s", async (_action, who, row) => {
    const { status, changed } = await act(row, await world.enter(who, true));
    expect(status).toBeLessThan(500);
    expect(changed).toBe(row.for.includes(who));
  });

  const named = ACTIONS.map((row) => [row.action, row] as const);
  test.each(named)("%s from another site", async (_action, row) => {
    const headers = await world.enter("admin", true);
    expect(await act(row, { ...headers, ...EVIL })).toEqual({ status: 403, changed: false });
  });

  /** A form that no page has. */
  const anothers = () => {
    const form = new FormData();
    form.append("_1_somethingElse", "x");
    form.append("0", JSON.stringify(["$K1", "$K1", "$K1"]));
    return form;
  };
  const asked = ACTIONS.filter((row) => row.with.length > 0);
  test.each(asked.map((row) => [row.action, row] as const))(
    "%s with what no page sends",
    async (action, row) => {
      const { page } = await world.fill({ page: row.page });
      const headers = await world.enter("admin", true);
      const before = await world.snapshot();
      const form = Object(row.with.at(-1));
      const other = Array.isArray(row.with[0]) ? "[{},[],7]" : "[[],{},7]";
      const bodies = ["[]", "[null]", "[null,null,null]", other, "{"];
      // Some look at nothing in their form.
      for (const body of [...bodies, ...("given" in form ? [] : [anothers()])]) {
        const { baseUrl } = world.installation;
        const status = await sendToAction(baseUrl, ids.get(action) ?? "", page, body, headers);
        const sent = typeof body === "string" ? body : "another form";
        expect(status, sent).toBeGreaterThanOrEqual(400);
        expect(status, sent).toBeLessThan(500);
      }
      expect(await world.snapshot()).toBe(before);
      expect(world.installation.logs()).not.toContain("page failed");
    },
  );
});

describe("nothing is missing", () => {
  /** Not held to the API's description: e2e/contracts/openapi.test.ts does that for refused methods. */
  const ask = async (method: string, url: string, headers: Record<string, string> = {}) => {
    const response = await fetch(new URL(url, world.installation.baseUrl), { method, headers });
    await response.arrayBuffer();
    return response;
  };

  test("every route has a row for each of its methods, and every row a route", async () => {
    const there: string[] = [];
    for (const { path, file } of pathsOf("route.ts")) {
      const url = path.replaceAll(/\{\w+\}/g, "1");
      const { headers } = await ask("OPTIONS", url);
      const answered = (headers.get("allow") ?? "").split(", ");
      const spelled = methodsIn(file);
      const methods = spelled.length > 0 ? spelled : answered;
      there.push(...methods.map((method) => `${method} ${path}`));
    }
    const methods = there.filter((at) => !at.startsWith("HEAD "));
    const rows = ROUTES.map((row) => `${split(row).method} ${template(row)}`);
    expect([...new Set(rows)].sort()).toEqual(methods.sort());
  });

  test("every other method is refused", async () => {
    const headers = await world.enter("admin");
    const before = await world.snapshot();
    for (const path of new Set(ROUTES.map(template))) {
      const known = ROUTES.filter((row) => template(row) === path).map((row) => split(row).method);
      for (const method of METHODS.filter((one) => !known.includes(one))) {
        const url = path.replaceAll(/\{\w+\}/g, "1");
        const { status } = await ask(method, url, headers);
        // 415 where it might have been a page's form.
        expect([405, 415], `${method} ${path}`).toContain(status);
      }
    }
    expect(await world.snapshot()).toBe(before);
  });

  test("every page has a row, and every row a page", () => {
    const there = pathsOf("page.tsx").map(({ path }) => path);
    expect(PAGES.map(template).sort()).toEqual(there.sort());
  });

  test("every server action has a row, and every row an action", () => {
    expect(ACTIONS.map((row) => row.action).sort()).toEqual([...serverActions().keys()].sort());
  });
});
