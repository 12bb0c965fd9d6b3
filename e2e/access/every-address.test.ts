import { readFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openApiDocument } from "@/app/v1/openapi.json/document";
import { callAction } from "./call-action";
import { ACTIONS, PAGES, PASSWORD, ROUTES } from "./matrix";
import { pathsOf, serverActions } from "./there-is";
import { openWorld, type World } from "./world";

/** Every route, page and server action there is, under what nobody expects: wild values, and a database that only reads. */
const actions = serverActions();
let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world?.end());

const LONG = "9".repeat(400);
const DATES = [
  ...["0000-01-01", "0000-01-01T00:00:00Z", "0001-01-01", "0001-01-01T00:00:00+23:59"],
  ...["0050-06-01", "9999-12-31", "9999-12-31T23:59:59Z", "9999-12-31T23:59:59-23:59"],
  ...["+275760-09-13T00:00:00Z", "-000001-01-01T00:00:00Z", "2026-02-30", "2026-12-31T23:59:60Z"],
  `2026-01-01T00:00:00.${LONG}Z`,
];
const NUMBERS = [...["-1", "0", "1.5", "0x10", "1e400", "NaN", "2147483648", LONG]];
const TEXTS = [
  ...["", "a\0b", "%", "\\'", "__proto__", "\u{1F642}\u202e", "..", "x".repeat(8_000)],
  "AAAAAAAA-BBBB-4CCC-8DDD-EEEEEEEEEEEE",
];
/** Positions of every list there is, with something else in each of their places. */
const CURSORS = [
  { at: "2026-01-01T00:00:00Z", id: "00000000-0000-4000-8000-000000000000" },
  { at: "2026-01-01T00:00:00Z", id: 1 },
  { seen: "2026-01-01T00:00:00Z", id: "00000000-0000-4000-8000-000000000000" },
  { position: 1 },
  { predefined: true, name: "x", id: "00000000-0000-4000-8000-000000000000" },
  ...["createdAt", "-name", "lastLoginAt"].map((sort) => ({
    ...{ sort, value: "2026-01-01T00:00:00Z", id: "00000000-0000-4000-8000-000000000000" },
  })),
].flatMap((position) => [
  JSON.stringify(position),
  ...Object.keys(position).flatMap((key) =>
    ["0000-01-01T00:00:00Z", "9999-12-31T23:59:59-23:59", DATES.at(-1), "\0", "\ud800"]
      .map((value) => JSON.stringify(value))
      .concat("null", "-1", "2147483648", "1e400", "[]")
      .map((value) =>
        JSON.stringify({ ...position, [key]: "HERE" }).replace('"HERE"', () => value),
      ),
  ),
]);
const NO_CURSORS = ["null", "5", '"x"', "[]", "{}", '{"__proto__":{}}', "[".repeat(500), "\0"];
const encoded = (text: string) => Buffer.from(text).toString("base64url");

/** In JSON as it is written, because not all of it comes out of JSON.stringify. */
const JSON_VALUES = [
  ...["null", "true", "-1", "1.5", "1e400", "2147483648", LONG, '""', '"a\\u0000b"', '"\\ud800"'],
  ...['"__proto__"', "[]", "[null]", '["\\u0000"]', "{}", '{"__proto__":{"a":1}}'],
  ...['{"toString":1,"valueOf":1,"length":-1}', '{"a\\u0000":"\\u0000"}', '{"a":"\\udfff"}'],
  ...[`{"a":${LONG}}`, "[".repeat(2_000) + "]".repeat(2_000)],
  ...["0000-01-01T00:00:00Z", "9999-12-31T23:59:59Z"].map((date) => JSON.stringify(date)),
  JSON.stringify("x".repeat(10_000)),
  '[{"action":"read","subject":"User","conditions":{"metadata.a":1e308}}]',
  '[{"action":"read","subject":"User","conditions":{"metadata.a":"\\ud800"}}]',
  '{"search":"\\u0000","status":"x","role":[]}',
];
const NO_BODIES = ["", "null", "5", '"x"', "[]", "{", "[".repeat(8_000), '{"a":1}{', "\xff", "\0"];

type Sent = { method: string; path: string; headers?: Record<string, string>; body?: BodyInit };

const EVERYTHING = process.env["WILD_VALUES"] === "all";
let turn = 0;

/** So many of what is alike, others each time: all addresses together try every kind of value. */
function some<T>(all: T[], most: number): T[] {
  if (EVERYTHING || all.length <= most) return all;
  const step = Math.ceil(all.length / most);
  turn += 1;
  return all.filter((_, i) => i % step === turn % step);
}

/** What broke, of `most` of all that could be sent. Some at once, as there is only so much time. */
async function broken(
  everything: Sent[],
  headers: Record<string, string>,
  { letIn = true, most }: { letIn?: boolean; most: number },
): Promise<string[]> {
  const all = some(everything, most);
  const found: string[] = [];
  const waiting = [...all];
  const heard = new Map<number, number>();
  const work = async () => {
    for (let sent = waiting.pop(); sent !== undefined; sent = waiting.pop()) {
      const { method, path, body } = sent;
      const told = `${method} ${path.slice(0, 300)} ${typeof body === "string" ? body.slice(0, 300) : ""}`;
      try {
        const answer = await fetch(new URL(path, world.installation.baseUrl), {
          method,
          redirect: "manual",
          headers: { ...headers, ...sent.headers },
          ...(body !== undefined && { body }),
        });
        await answer.arrayBuffer();
        heard.set(answer.status, (heard.get(answer.status) ?? 0) + 1);
        if (answer.status >= 500) found.push(`${answer.status} to ${told}`);
      } catch (error) {
        found.push(`${error} to ${told}`);
      }
    }
  };
  await Promise.all(Array.from({ length: 6 }, work));
  await world.sql("DELETE FROM rate_limits");
  // A caller who is not let in tries nothing.
  const refused = [401, 429].reduce((sum, status) => sum + (heard.get(status) ?? 0), 0);
  if (letIn && all.length > 10 && refused > all.length / 2)
    found.push(`${refused} of ${all.length} refused`);
  return found;
}

const query = (path: string, text: string) => `${path}${path.includes("?") ? "&" : "?"}${text}`;

/** One address for each value of a parameter of a query. */
function addresses(path: string, name: string): string[] {
  const dates = name === "from" || name === "to" ? DATES : DATES.slice(0, 1);
  const values =
    name === "cursor" ? [...CURSORS, ...NO_CURSORS].map(encoded) : [...dates, ...NUMBERS, ...TEXTS];
  return [
    ...values.map((value) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`),
    ...["=a&NAME=b", "[]=1", "[a]=1", "=%FF", "=%", "=%ED%A0%80", ""].map(
      (rest) => name + rest.replace("NAME", name),
    ),
  ].map((text) => query(path, text));
}

/** The ids that a path might name. The dots are taken for steps by every client, and none of them is sent. */
const ids = (path: string) =>
  [
    ...[...DATES.slice(0, 1), ...NUMBERS, ...TEXTS].filter(
      (value) => value !== "" && value !== "..",
    ),
    "%2e%2e",
    "a%2fb",
  ].map((value) =>
    path.replace(/\{\w+\}/, () => (value.startsWith("%2") ? value : encodeURIComponent(value))),
  );

type Described = {
  parameters?: { name: string; in: string }[];
  requestBody?: { content: Record<string, { schema?: { properties?: object } }> };
};
const document = openApiDocument().paths as unknown as Record<string, Record<string, Described>>;
const queryNames = (path: string, method: string) =>
  (document[path]?.[method.toLowerCase()]?.parameters ?? [])
    .filter((parameter) => parameter.in === "query")
    .map((parameter) => parameter.name);

const bodyNames = (path: string, method: string) => {
  const described = document[path]?.[method.toLowerCase()]?.requestBody?.content;
  return Object.keys(described?.["application/json"]?.schema?.properties ?? {});
};

/**
 * Values that no client of ours sends. What is wrong with them is for others to test; here nothing may break: no
 * answer of 500 and above, and no answer that breaks off.
 */
describe("wild values: routes", () => {
  test.each(ROUTES.map((row) => [row.at, row] as const))("%s", async (_at, row) => {
    const headers = await world.enter(row.at.includes("/auth/logout") ? "anonymous" : "admin");
    const [method = "", path = ""] = row.at.split(" ");
    const [template = ""] = path.split("?");
    const id = row.id && (await world.make(row.id));
    const named = path.replace(/\{\w+\}/, () => id ?? "");
    const type = { "content-type": row.type ?? "application/json" };
    const body = await world.fill(row.body);
    const valid = typeof body === "string" ? body : JSON.stringify(body ?? {});

    const all: Sent[] = queryNames(template, method).flatMap((name) =>
      addresses(named, name).map((one) => ({ method, path: one })),
    );
    if (path.includes("{")) {
      all.push(...ids(path).map((one) => ({ method, path: one, headers: type, body: valid })));
    }
    for (const item of all) if (method === "GET") delete item.body;
    if (method !== "GET") {
      all.push(...NO_BODIES.map((one) => ({ method, path: named, headers: type, body: one })));
      const fields = typeof body === "object" && body !== null ? Object.keys(body) : [];
      for (const field of new Set([...fields, ...bodyNames(template, method)])) {
        for (const value of JSON_VALUES) {
          const rest = { ...(body as object), [field]: "HERE" };
          const written = JSON.stringify(rest).replace('"HERE"', () => value);
          all.push({ method, path: named, headers: type, body: written });
        }
      }
      for (const name of ["If-Match", "Idempotency-Key", "X-Setup-Token"]) {
        for (const value of [LONG, "\xff\xfe", '"', 'W/"x", *', '"'.repeat(500), "{}{}{}{}{}"]) {
          all.push({ method, path: named, headers: { ...type, [name]: value }, body: valid });
        }
      }
    }
    // Who guesses a password has to wait, who has left is gone, and soon nothing else is asked of them.
    const shutsOut = ["PUT /v1/auth/password", "DELETE /v1/auth/me"].includes(row.at);
    const letIn = row.hears.admin !== 401 && !shutsOut;
    expect(await broken(all, headers, { letIn, most: 20 })).toEqual([]);
  });
});

describe("wild values: pages", () => {
  /** Lists whose addresses are those of the API, with its names. */
  const LISTS: Record<string, string> = {
    "/users": "/v1/users",
    "/audit": "/v1/audit",
    "/users/deleted": "/v1/deleted-users",
    "/jobs/{id}": "/v1/jobs/{id}/items",
  };
  const files = new Map(pathsOf("page.tsx").map(({ path, file }) => [path, file]));

  test.each(PAGES.map((row) => [row.at, row] as const))("%s", async (_at, row) => {
    const headers = await world.enter("admin", true);
    const path = row.at.replace("GET ", "");
    const id = row.id && (await world.make(row.id));
    const named = path.replace(/\{\w+\}/, () => id ?? "");
    const source = readFileSync(files.get(path) ?? "", "utf8");
    const names = [...source.matchAll(/\["(\w+)"\]/g)].map(([, name = ""]) => name);
    const asked = [...new Set([...names, ...queryNames(LISTS[path] ?? "", "GET")])];
    const all = [
      ...asked.flatMap((name) => addresses(named, name)),
      ...(path.includes("{") ? ids(path) : []),
    ];
    const sent = all.map((one) => ({ method: "GET", path: one }));
    expect(await broken(sent, headers, { most: 8 })).toEqual([]);
  });
});

describe("wild values: server actions", () => {
  /** As the framework's client writes arguments (JSON, with `$` for what JSON has no word for). */
  const ARGUMENTS = [
    ...["null", "-1", "[null]", "{}", '"\\u0000"', '"\\ud800"', '{"toString":1,"valueOf":1}'],
    ...['{"kind":"open"}', '{"kind":"filter","query":{}}', '{"kind":"ids"}', '{"__proto__":null}'],
    ...['"$undefined"', '"$NaN"', '"$n123"', '"$Dx"', '"$Q1"', '"$K1"', '"$F1"', '"$@1"'],
    JSON.stringify("x".repeat(8_000)),
  ];

  test.each(ACTIONS.map((row) => [row.action, row] as const))("%s", async (action, row) => {
    const headers = await world.enter("admin", true);
    const id = actions.get(action) ?? "";
    const { page, args } = await world.fill({ page: row.page, args: row.with });
    const last = args.at(-1);
    const fields = typeof last === "object" && last !== null && !row.noForm ? last : null;

    const plain = args.map((arg) => (arg === fields ? '"$K1"' : JSON.stringify(arg)));
    const lists = [
      ...["[]", "null", "{}", "5", '"x"', `[${"null,".repeat(20)}null]`],
      ...plain.flatMap((_, i) =>
        ARGUMENTS.map((value) => `[${plain.map((one, j) => (i === j ? value : one)).join()}]`),
      ),
      ...ARGUMENTS.map((value) => `[${args.map(() => value).join()}]`),
    ];
    const multipart = async (parts: [string, string | Blob][]): Promise<Sent> => {
      const form = new FormData();
      for (const [name, value] of parts) form.append(name, value);
      const whole = new Response(form);
      return {
        ...{ method: "POST", path: page, body: await whole.arrayBuffer() },
        headers: { "content-type": whole.headers.get("content-type") ?? "" },
      };
    };
    const filled = Object.entries(fields ?? {}).map(([name, value]): [string, string] => [
      `_1_${name}`,
      String(value),
    ]);
    const call = `[${plain.join()}]`;
    const all: Sent[] = lists.map((body) => ({
      ...{ method: "POST", path: page, body },
      headers: { "content-type": "text/plain;charset=UTF-8" },
    }));
    if (fields !== null) {
      for (const list of lists) all.push(await multipart([...filled, ["0", list]]));
      for (const [i] of filled.entries()) {
        const others = filled.filter((_, j) => i !== j);
        const [name] = filled[i] ?? [""];
        all.push(await multipart([...others, ["0", call]]));
        all.push(await multipart([...others, [name, new Blob(["x"])], ["0", call]]));
        for (const value of [
          "",
          "a\0b",
          "__proto__",
          LONG,
          DATES[0] ?? "",
          ...JSON_VALUES.slice(-5),
        ]) {
          all.push(await multipart([...others, [name, value], ["0", call]]));
        }
      }
    }
    const sent = all.map((one) => ({ ...one, headers: { ...one.headers, "next-action": id } }));
    expect(await broken(sent, headers, { most: 10 })).toEqual([]);
  });
});

test("a caller who is deleted in mid-request hears 401 or an answer, never 500", async () => {
  const heard = new Set<number>();
  for (let round = 0; round < 15; round++) {
    const headers = await world.enter("admin", true);
    const json = { ...headers, "content-type": "application/json" };
    const ask = async (method: string, path: string, body?: object) => {
      const url = new URL(path, world.installation.baseUrl);
      const sent = { method, redirect: "manual" as const, headers: body ? json : headers };
      const answer = await fetch(url, { ...sent, ...(body && { body: JSON.stringify(body) }) });
      const text = await answer.text();
      heard.add(answer.status);
      expect(answer.status, `${method} ${path}: ${text.slice(0, 300)}`).toBeLessThan(500);
    };
    await Promise.all([
      ask("GET", "/v1/auth/me"),
      ask("GET", "/v1/sessions"),
      ask("GET", "/users"),
      ask("PATCH", "/v1/auth/me", { name: "Y" }),
      ask("POST", "/v1/auth/confirm", { password: PASSWORD }),
      ask("POST", "/v1/tokens", { name: "script", abilities: ["*"] }),
      ask("POST", "/v1/invitations", { email: `mid-${round}@example.com` }),
      ask("GET", "/account"),
      sleep(round * 2).then(() =>
        world.sql(
          "DELETE FROM users WHERE number = (SELECT max(number) FROM users WHERE email LIKE 'someone-%')",
        ),
      ),
    ]);
  }
  expect([...heard].some((status) => status === 401)).toBe(true);
});

describe("a database that only reads", () => {
  let headers: Record<string, string>;
  let limited: Record<string, string>;
  const readOnly = (state: "on" | "off") =>
    world.sql(
      `DO $$ BEGIN EXECUTE format('ALTER DATABASE %I SET default_transaction_read_only = ${state}', current_database()); END $$`,
    );
  beforeAll(async () => {
    limited = await world.enter("limited");
    headers = await world.enter("admin", true);
    // Long enough ago that it would be written when they were last seen.
    await world.sql("UPDATE sessions SET last_seen_at = now() - interval '1 hour'");
    await readOnly("on");
    await world.sql(
      "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'latchkey' AND datname = current_database()",
    );
  });

  const ask = async (at: string, sent: RequestInit = {}) => {
    const [method = "", path = ""] = at.split(" ");
    const answer = await fetch(new URL(path, world.installation.baseUrl), {
      ...{ method, redirect: "manual", headers },
      ...sent,
    });
    return {
      status: answer.status,
      wait: answer.headers.get("retry-after"),
      text: await answer.text(),
    };
  };
  const about = async (row: (typeof ROUTES)[number]) => {
    const id = row.id && (await world.make(row.id));
    return row.at.replace(/\{\w+\}/, () => id ?? "");
  };
  const reads = [...ROUTES, ...PAGES].filter(({ at }) => at.startsWith("GET "));
  const writes = ROUTES.filter(({ at }) => !at.startsWith("GET "));

  test("readiness says so", async () => {
    let { status, text } = await ask("GET /health/ready", { headers: {} });
    // The connections that it had are gone; it is told so one after the other.
    for (let i = 0; status !== 200 && i < 20; i++) {
      await sleep(100);
      ({ status, text } = await ask("GET /health/ready", { headers: {} }));
    }
    expect(status).toBe(200);
    expect(JSON.parse(text)).toEqual({ status: "readOnly", detail: expect.any(String) });
  });

  test("an API token reads, though its last use cannot be written", async () => {
    expect((await ask("GET /v1/users", { headers: limited })).status).toBe(200);
  });

  test.each(reads.map((row) => [row.at, row] as const))("%s goes on", async (_at, row) => {
    const { status } = await ask(await about(row));
    const usual = row.hears.admin;
    // An export that leaves no trace is none.
    if (row.leavesTrace) expect(status).toBe(503);
    else if (typeof usual === "number") expect(status).toBe(usual);
    else expect([302, 303, 307, 308]).toContain(status);
  });

  test.each(writes.map((row) => [row.at, row] as const))("%s is for later", async (_at, row) => {
    const body = await world.fill(row.body);
    const { status, wait } = await ask(await about(row), {
      headers: { ...headers, "content-type": row.type ?? "application/json" },
      ...(body !== undefined && { body: typeof body === "string" ? body : JSON.stringify(body) }),
    });
    const usual = Number(row.hears.admin);
    const nothingToDo = usual >= 300 || row.changesNothing;
    expect(status).toBe(nothingToDo ? usual : 503);
    if (status === 503) expect(Number(wait)).toBeGreaterThan(0);
  });

  test.each(ACTIONS.map((row) => [row.action, row] as const))("%s", async (_action, row) => {
    await world.sql("DELETE FROM totp_factors"); // there is one to a person
    const filled = await world.fill(row);
    const before = await world.snapshot();
    const id = actions.get(row.action) ?? "";
    const status = await callAction(world.installation.baseUrl, id, filled, headers);
    expect(status === 503 || status < 500, String(status)).toBe(true);
    expect(await world.snapshot()).toBe(before);
  });

  test("is well again by itself, with the connections it has", async () => {
    await readOnly("off");
    const email = await world.fill("{personEmail}");
    const body = JSON.stringify({ email, password: PASSWORD });
    const send = { headers: { "content-type": "application/json" }, body };
    const deadline = Date.now() + 15_000;
    let status = 0;
    while (status !== 200 && Date.now() < deadline) {
      await world.sql("DELETE FROM rate_limits"); // of the guesses above, some of which are told late
      ({ status } = await ask("POST /v1/auth/login", send));
      if (status !== 200) await sleep(200);
    }
    expect(status).toBe(200);
    expect(JSON.parse((await ask("GET /health/ready")).text)).toEqual({ status: "ok" });
  });
});
