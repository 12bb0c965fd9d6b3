import { deflateSync } from "node:zlib";
import { beforeAll, describe, expect, test } from "vitest";
import manifest from "@/package.json";
import { apiToken, inBrowser } from "../support/claimed";
import { type Database, freshDatabase } from "../support/database";
import { sendForm } from "../support/form";
import { bearer, call, get } from "../support/http";
import { type Installation, startInstallation } from "../support/installation";
import { type Mailbox, openMailbox } from "../support/mailbox";
import { OWNER } from "../support/owner";
import { until } from "../support/until";

const FROM = { MAIL_FROM: "no-reply@example.com" };

let database: Database;
let mailbox: Mailbox;
let installation: Installation;
let replica: Installation;
let asAdmin: Record<string, string>;

beforeAll(async () => {
  [database, mailbox] = await Promise.all([freshDatabase({ claimed: true }), openMailbox()]);
  [installation, replica] = await Promise.all([
    startInstallation({
      databaseUrl: database.url,
      env: { SESSION_DAYS: "7", SMTP_URL: mailbox.url, ...FROM },
    }),
    startInstallation({ databaseUrl: database.url }),
  ]);
  asAdmin = bearer(await apiToken(database));
  return async () => {
    await Promise.all([installation.stop(), replica.stop()]);
    await Promise.all([database.drop(), mailbox.close()]);
  };
});

const read = async (from = installation) => (await get(from.baseUrl, "/v1/settings", asAdmin)).json;
const change = (body: unknown, headers: Record<string, string> = {}) =>
  call(installation.baseUrl, "PATCH", "/v1/settings", {
    body,
    headers: { ...asAdmin, ...headers },
  });
const lastEvent = async () =>
  (await get(installation.baseUrl, "/v1/audit?limit=1&action=settings.updated", asAdmin)).json
    .data[0];
const page = async (path: string, from = installation) => (await fetch(from.baseUrl + path)).text();

function chunk(type: string, data: Buffer): Buffer {
  const head = Buffer.alloc(8);
  head.writeUInt32BE(data.length);
  head.write(type, 4, "latin1");
  return Buffer.concat([head, data, Buffer.alloc(4)]);
}

/** A PNG of one grey; its checksums are nobody's business here. */
function png(width: number, height = width): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header[8] = 8;
  const rows = deflateSync(Buffer.alloc((width + 1) * height));
  return Buffer.concat([
    Buffer.from("89504e470d0a1a0a", "hex"),
    ...[chunk("IHDR", header), chunk("IDAT", rows), chunk("IEND", Buffer.alloc(0))],
  ]);
}

const setMark = (bytes: Uint8Array<ArrayBuffer> | Buffer, type = "image/png") =>
  fetch(`${installation.baseUrl}/v1/settings/mark`, {
    method: "PUT",
    headers: { ...asAdmin, "content-type": type },
    body: new Uint8Array(bytes),
  });

test("a name is what the door, the titles and other processes say within seconds", async () => {
  expect((await read()).name).toEqual({ value: "Latchkey", default: "Latchkey", fixedBy: null });
  const { status, json } = await change({ name: "  Ñandú & <Sons>  " });
  expect(status).toBe(200);
  expect(json.name.value).toBe("Ñandú & <Sons>");
  const html = await page("/login");
  expect(html).toContain("· Ñandú &amp; &lt;Sons&gt;</title>");
  expect(html).not.toContain("<Sons>");
  await until(async () => (await page("/login", replica)).includes("Ñandú &amp;"), 10);
  expect(await (await fetch(`${replica.baseUrl}/manifest.webmanifest`)).json()).toMatchObject({
    name: "Ñandú & <Sons>",
  });
  expect(await lastEvent()).toMatchObject({
    action: "settings.updated",
    target: { type: "settings" },
    details: { name: { from: null, to: "Ñandú & <Sons>" } },
  });
});

test("null takes a setting back, and what stays as it is leaves no trace", async () => {
  await change({ name: "Once", accent: "#2563EB" });
  const before = await lastEvent();
  const { json, headers } = await change({ name: "Once", accent: "#2563eb" });
  expect(json.accent).toEqual({ value: "#2563eb", default: null, fixedBy: null });
  expect((await lastEvent()).id).toBe(before.id); // its seal may follow
  const back = await change({ name: null });
  expect(back.json.name.value).toBe("Latchkey");
  expect(back.json.accent.value).toBe("#2563eb");
  expect(back.headers.get("etag")).not.toBe(headers.get("etag"));
  expect((await lastEvent()).details).toEqual({ name: { from: "Once", to: null } });
});

test("an accent colour is in both themes what a page is drawn in", async () => {
  await change({ accent: "#ffd400" });
  const [, style = ""] = /<html[^>]* style="([^"]*)"/.exec(await page("/login")) ?? [];
  expect(style).toContain("--brass:#ffd400");
  expect(style).toMatch(/--brass-edge:light-dark\(#[0-9a-f]{6}, #ffd400\)/);
  await change({ accent: null });
  expect(await page("/login")).not.toMatch(/<html[^>]* style=/);
});

test("a stale edit is refused, and nothing of it is kept", async () => {
  const { headers } = await get(installation.baseUrl, "/v1/settings", asAdmin);
  const etag = headers.get("etag") ?? "";
  expect((await change({ name: "First" }, { "if-match": etag })).status).toBe(200);
  const second = await change({ name: "Second" }, { "if-match": etag });
  expect(second.status).toBe(412);
  expect(second.json.code).toBe("STALE");
  expect((await read()).name.value).toBe("First");
});

test.each([
  [{ name: "" }, "name"],
  [{ name: "x".repeat(61) }, "name"],
  [{ name: "a\nb" }, "name"],
  [{ name: "a‮b" }, "name"],
  [{ name: 7 }, "name"],
  [{ accent: "blue" }, "accent"],
  [{ accent: "#12345" }, "accent"],
  [{ accent: "#123456;}" }, "accent"],
])("refuses %j, and what came with it", async (body, field) => {
  const before = await read();
  const { status, json } = await change({ name: "Not this", ...body });
  expect(status).toBe(400);
  expect(Object.keys(json.errors)).toEqual([field]);
  expect(await read()).toEqual(before);
});

describe("the mark", () => {
  test("is shown at the door, to be seen and nothing else", async () => {
    const bytes = png(64);
    const answer = await setMark(bytes, "text/html");
    expect(answer.status).toBe(200);
    const { mark } = (await answer.json()) as { mark: { type: string; path: string } };
    expect(mark.type).toBe("image/png");
    expect(await page("/login")).toContain(`src="${mark.path}"`);
    const shown = await fetch(installation.baseUrl + mark.path);
    expect(Buffer.from(await shown.arrayBuffer()).equals(bytes)).toBe(true);
    expect(Object.fromEntries(shown.headers)).toMatchObject({
      "content-type": "image/png",
      "x-content-type-options": "nosniff",
      "content-security-policy": "default-src 'none'; frame-ancestors 'none'; sandbox",
      "cross-origin-resource-policy": "same-origin",
      "cache-control": "public, max-age=31536000, immutable",
    });
    await until(async () => (await fetch(replica.baseUrl + mark.path)).status === 200, 10);
    expect((await lastEvent()).details.mark).toEqual({
      from: null,
      to: expect.stringMatching(/^image\/png [0-9a-f]{16}$/),
    });
    const anew = await fetch(`${installation.baseUrl}/v1/settings/mark`);
    expect(anew.headers.get("cache-control")).toBe("no-cache");

    const removed = await fetch(`${installation.baseUrl}/v1/settings/mark`, {
      method: "DELETE",
      headers: asAdmin,
    });
    expect(((await removed.json()) as { mark: unknown }).mark).toBeNull();
    expect((await fetch(installation.baseUrl + mark.path)).status).toBe(404);
  });

  const svg = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script>1</script></svg>');
  test.each([
    ["an SVG", svg],
    ["an SVG that is said to be a PNG", Buffer.concat([Buffer.from("89504e47", "hex"), svg])],
    ["a page behind a whole image", Buffer.concat([png(64), Buffer.from("<script>1</script>")])],
    ["half an image", png(64).subarray(0, 40)],
    ["nothing", Buffer.alloc(0)],
    ["one that is too small", png(8)],
    ["one that is too large to be small", png(1025, 16)],
  ])("refuses %s", async (_, bytes) => {
    const answer = await setMark(bytes);
    expect(answer.status).toBe(400);
    expect(((await answer.json()) as { errors: object }).errors).toHaveProperty("mark");
    expect((await read()).mark).toBeNull();
  });

  test("a file beyond its bound is not read", async () => {
    expect((await setMark(Buffer.alloc(48 * 1024 + 1))).status).toBe(413);
  });
});

describe("passwords and sessions", () => {
  const person = (password: string, from = installation) =>
    call(from.baseUrl, "POST", "/v1/users", {
      body: { email: `p${Math.random()}@example.com`, role: "predefined_user", password },
      headers: asAdmin,
    });
  const SHORT = "eleven bees";

  test("what the environment fixes is told with its variable, and stays", async () => {
    expect((await read()).sessionDays).toEqual({ value: 7, default: 30, fixedBy: "SESSION_DAYS" });
    const { status, json } = await change({ sessionDays: 3, sessionIdleDays: 3 });
    expect([status, json.code]).toEqual([409, "SETTING_FIXED"]);
    expect(json.detail).toContain("SESSION_DAYS");
    expect((await read()).sessionIdleDays.value).toBe(14);
    expect((await read(replica)).sessionDays).toMatchObject({ value: 30, fixedBy: null });
  });

  test("a longer password is asked for by every door, and in every process", async () => {
    expect((await person(SHORT)).status).toBe(201);
    expect((await change({ passwordMinLength: 20 })).status).toBe(200);
    const refused = await person(SHORT);
    expect(refused.json.errors.password).toEqual([expect.stringContaining("20")]);
    await until(async () => (await person(SHORT, replica)).status === 400, 10);
    const published = await call(installation.baseUrl, "POST", "/api/v1/auth/create-user", {
      body: { name: "X", email: "x@example.com", role: "predefined_user", password: "SecurePass1" },
      headers: asAdmin,
    });
    expect(published.json.errors.password).toEqual([
      "The password must be at least 20 characters.",
    ]);
    expect((await lastEvent()).details).toEqual({ passwordMinLength: { from: null, to: 20 } });
    await change({ passwordMinLength: null });
    expect((await person(SHORT)).status).toBe(201);
  });

  test("days without use end a session at once", async () => {
    const headers = await inBrowser(installation);
    const me = async () => (await get(installation.baseUrl, "/v1/auth/me", headers)).status;
    await installation.sql("UPDATE sessions SET last_seen_at = now() - interval '3 days'");
    expect(await me()).toBe(200);
    await installation.sql("UPDATE sessions SET last_seen_at = now() - interval '3 days'");
    await change({ sessionIdleDays: 2 });
    expect(await me()).toBe(401);
    await change({ sessionIdleDays: null });
  });

  test.each([
    [{ passwordMinLength: 7 }],
    [{ passwordMinLength: 65 }],
    [{ passwordMinLength: "12" }],
    [{ sessionIdleDays: 0 }],
    [{ sessionIdleDays: 366 }],
    [{ sessionIdleDays: 1.5 }],
    [{ breachedPasswords: "yes" }],
  ])("refuses %j", async (body) => {
    const { status, json } = await change(body);
    expect([status, Object.keys(json.errors)]).toEqual([400, Object.keys(body)]);
  });

  test("a person proves first who they are, and for a name they need not", async () => {
    const headers = { ...(await inBrowser(installation)), origin: installation.baseUrl };
    await installation.sql("UPDATE sessions SET confirmed_at = now() - interval '1 hour'");
    const asked = (body: unknown) =>
      call(installation.baseUrl, "PATCH", "/v1/settings", { body, headers });
    expect((await asked({ passwordMinLength: 9 })).json.code).toBe("CONFIRMATION_REQUIRED");
    expect((await asked({ name: "Again" })).status).toBe(200);
  });
});

describe("front ends elsewhere", () => {
  const APP = "https://app.example.com";
  const FROM_APP = { origin: APP, "sec-fetch-site": "cross-site" };
  const allow = (origins: string[] | null, more = {}) =>
    change({ allowedOrigins: origins, ...more });
  const ask = (
    path: string,
    headers: Record<string, string>,
    method = "GET",
    from = installation,
  ) => fetch(from.baseUrl + path, { method, headers, redirect: "manual" });
  const preflight = (path: string, headers: Record<string, string> = {}, method = "PATCH") =>
    ask(path, { origin: APP, "access-control-request-method": method, ...headers }, "OPTIONS");
  /** What of an answer concerns a page of another origin. */
  const told = ({ headers }: { headers: Headers }) =>
    [...headers].filter(([name]) => name.startsWith("access-control-"));

  test("are none by default, and nothing is told to them", async () => {
    const { value, default: usual } = (await read()).allowedOrigins;
    expect([value, usual]).toEqual([[], []]);
    const answer = await ask("/v1/auth/me", { ...asAdmin, ...FROM_APP });
    expect([answer.status, told(answer)]).toEqual([403, []]);
    const asked = await preflight("/v1/users");
    expect([asked.status, told(asked)]).toEqual([405, []]);
  });

  describe("once one is allowed", () => {
    beforeAll(async () => {
      expect(
        (await allow(["HTTPS://App.Example.com:443/", APP])).json.allowedOrigins.value,
      ).toEqual([APP]);
    });

    // The first is answered past the framework, the second by it.
    test.each(["/v1/users", "/v1/roles"])("%s is for its pages, by a token", async (path) => {
      const answer = await ask(path, { ...asAdmin, ...FROM_APP });
      expect(answer.status).toBe(200);
      expect(answer.headers.get("access-control-allow-origin")).toBe(APP);
      expect(answer.headers.get("access-control-expose-headers")).toContain("ETag");
      expect(answer.headers.has("access-control-allow-credentials")).toBe(false);
      expect(answer.headers.get("vary")).toMatch(/(^|, )Origin(,|$)/);
    });

    test("what is changed by its pages is changed, and a refusal can be read there", async () => {
      const headers = { ...asAdmin, ...FROM_APP };
      const named = (name: string) =>
        call(installation.baseUrl, "PATCH", "/v1/settings", { body: { name }, headers });
      const done = await named("From elsewhere");
      expect([done.status, done.json.name.value]).toEqual([200, "From elsewhere"]);
      const refused = await named("");
      expect(refused.status).toBe(400);
      expect(refused.headers.get("access-control-allow-origin")).toBe(APP);
      await change({ name: null });
    });

    test("Origin stands in Vary beside the others, and for who sends none", async () => {
      for (let i = 0; i < 5; i++) {
        const body = { email: `vary${i}@example.com`, role: "predefined_user" };
        await call(installation.baseUrl, "POST", "/v1/users", { body, headers: asAdmin });
      }
      const long = await ask("/v1/users?limit=100", asAdmin);
      expect(long.headers.get("vary")).toBe("Origin, Accept-Encoding");
      expect(told(long)).toEqual([]);
    });

    test.each([
      "https://other.example.com",
      "https://app.example.com.evil.test",
      "https://evil.app.example.com",
      "https://evilapp.example.com",
      "https://app.example.com:8443",
      "http://app.example.com",
      "HTTPS://APP.EXAMPLE.COM",
      "https://app.example.com/",
      "https://app.example.com, https://evil.test",
      "null",
      "*",
    ])("%s is another one", async (origin) => {
      const answer = await ask("/v1/users", { ...asAdmin, ...FROM_APP, origin });
      expect([answer.status, told(answer)]).toEqual([403, []]);
      const asked = await preflight("/v1/users", { origin });
      expect([asked.status, told(asked)]).toEqual([405, []]);
      expect(asked.headers.get("vary")).toContain("Origin");
    });

    test("a preflight names what may be sent, whatever it asked for", async () => {
      const asked = await preflight("/v1/users/1", {
        "access-control-request-headers": "authorization,x-setup-token,cookie",
      });
      expect([asked.status, await asked.text()]).toEqual([204, ""]);
      expect(Object.fromEntries(told(asked))).toEqual({
        "access-control-allow-origin": APP,
        "access-control-allow-methods": "GET, HEAD, POST, PUT, PATCH, DELETE",
        "access-control-allow-headers":
          "Authorization, Content-Type, If-Match, Idempotency-Key, Accept-Language",
        "access-control-max-age": "600",
      });
      const trace = await preflight("/v1/users", {}, "TRACE");
      expect(trace.headers.get("access-control-allow-methods")).not.toContain("TRACE");
      // What is no preflight is a method that a route has not.
      expect((await ask("/v1/users", FROM_APP, "OPTIONS")).status).toBe(405);
    });

    test("a cookie is no use there, and a token is with one as without", async () => {
      const { cookie } = await inBrowser(installation);
      const byCookie = await ask("/v1/auth/me", { cookie, ...FROM_APP });
      expect([byCookie.status, told(byCookie)]).toEqual([403, []]);
      const basic = { cookie, authorization: "Basic eDp5", ...FROM_APP };
      expect(told(await ask("/v1/auth/me", basic))).toEqual([]);
      const stranger = await ask("/v1/auth/me", FROM_APP);
      expect([stranger.status, stranger.headers.get("access-control-allow-origin")]).toEqual([
        401,
        APP,
      ]);
      expect((await ask("/v1/auth/me", { ...asAdmin, cookie, ...FROM_APP })).status).toBe(200);
    });

    test("one signs in from there for a token, and gets no cookie", async () => {
      const signedIn = await call(installation.baseUrl, "POST", "/v1/auth/login", {
        body: { email: OWNER.email, password: OWNER.password },
        headers: FROM_APP,
      });
      expect(signedIn.status).toBe(200);
      expect(signedIn.headers.get("access-control-allow-origin")).toBe(APP);
      expect(signedIn.headers.has("set-cookie")).toBe(false);
      const headers = { ...FROM_APP, ...bearer(signedIn.json.accessToken) };
      expect((await ask("/v1/auth/me", headers)).status).toBe(200);
    });

    test.each([
      ["POST", "/v1/auth/setup"],
      ["POST", "/api/auth/bootstrap"],
      ["POST", "/api/auth/initialize"],
      ["POST", "/auth/admin/signup"],
      ["POST", "/api/auth/login"],
      ["POST", "/api/auth/refresh"],
      ["POST", "/api/auth/logout"],
      ["POST", "/api/v1/auth/create-user"],
    ])("%s %s stays shut", async (method, path) => {
      const { status, json, headers } = await call(installation.baseUrl, method, path, {
        body: {},
        headers: { ...asAdmin, ...FROM_APP },
      });
      expect([status, json.code, told({ headers })]).toEqual([403, "CROSS_SITE", []]);
      const asked = await preflight(path, {}, method);
      expect([asked.status, told(asked)]).toEqual([405, []]);
    });

    test.each(["/v1/auth/forward", "/health/ready", "/login", "//v1/users", "/v1/auth/forward/"])(
      "%s is told to no page elsewhere",
      async (path) => {
        expect(told(await ask(path, { ...asAdmin, ...FROM_APP }))).toEqual([]);
        expect(told(await preflight(path))).toEqual([]);
      },
    );

    test("every process hears who came and who went", async () => {
      const atReplica = async () =>
        (await ask("/v1/auth/me", { ...asAdmin, ...FROM_APP }, "GET", replica)).status;
      await until(async () => (await atReplica()) === 200, 10);
      const { details } = await lastEvent();
      await allow(null);
      expect((await ask("/v1/auth/me", { ...asAdmin, ...FROM_APP })).status).toBe(403);
      await until(async () => (await atReplica()) === 403, 10);
      expect(Object.keys(details)).toEqual(["name"]);
      expect((await lastEvent()).details).toEqual({ allowedOrigins: { from: [APP], to: null } });
    });
  });

  test.each([
    "app.example.com",
    "https://*.example.com",
    "*",
    "null",
    "https://app.example.com/path",
    "https://app.example.com/?",
    "https://app.example.com#",
    "https://user@app.example.com",
    "ftp://app.example.com",
    "https://",
    "https:app.example.com",
    "https://a.example.com,https://b.example.com",
    "https://app.example.com\\",
    "",
  ])("refuses %j", async (origin) => {
    const { status, json } = await allow(["https://good.example.com", origin]);
    expect([status, Object.keys(json.errors)]).toEqual([400, ["allowedOrigins"]]);
  });

  test("are at most twenty, counted once each, and for who has just confirmed", async () => {
    const many = (count: number) => Array.from({ length: count }, (_, i) => `https://a${i}.test`);
    expect((await allow(many(21))).status).toBe(400);
    expect((await allow([...many(20), "https://a0.test/"])).status).toBe(200);
    const headers = { ...(await inBrowser(installation)), origin: installation.baseUrl };
    await installation.sql("UPDATE sessions SET confirmed_at = now() - interval '1 hour'");
    const body = { allowedOrigins: [APP] };
    const asked = await call(installation.baseUrl, "PATCH", "/v1/settings", { body, headers });
    expect(asked.json.code).toBe("CONFIRMATION_REQUIRED");
    await allow(null);
  });
});

describe("health", () => {
  const look = async (
    from: { baseUrl: string } = installation,
    headers: Record<string, string> = {},
  ) => (await get(from.baseUrl, "/v1/settings/health", { ...asAdmin, ...headers })).json;
  const check = async (id: string, ...from: Parameters<typeof look>) =>
    (await look(...from)).checks.find((one: { id: string }) => one.id === id);

  test("is told by what was seen, and tells no secret", async () => {
    const health = await look();
    expect(health.version).toBe(manifest.version);
    expect(await check("database")).toMatchObject({
      state: "ok",
      detail: { version: expect.stringMatching(/^\d+/) },
    });
    expect(await check("migrations")).toMatchObject({ state: "ok" });
    expect(await check("clock")).toMatchObject({ state: "ok" });
    expect(await check("writing")).toMatchObject({ state: "ok" });
    expect(await check("mail")).toEqual({
      id: "mail",
      state: "ok",
      detail: { from: FROM.MAIL_FROM, server: new URL(mailbox.url).host },
    });
    expect(await check("mail", replica)).toEqual({ id: "mail", state: "warning" });
    const said = JSON.stringify(health);
    const { password } = new URL(database.url);
    for (const secret of ["secret-of-the-mail", database.url, password].filter(Boolean)) {
      expect(said).not.toContain(secret);
    }
  });

  test("an address that is not the configured one, and a proxy that nobody declared, are told", async () => {
    const { baseUrl } = installation;
    expect(await check("address")).toEqual({
      id: "address",
      state: "ok",
      detail: { visited: baseUrl, configured: baseUrl },
    });
    const visited = baseUrl.replace("localhost", "127.0.0.1");
    expect(await check("address", { baseUrl: visited })).toMatchObject({
      state: "warning",
      detail: { visited, configured: baseUrl },
    });
    expect(await check("clients")).toMatchObject({ state: "ok", detail: { proxied: "no" } });
    expect(
      await check("clients", installation, { "x-forwarded-for": "203.0.113.7" }),
    ).toMatchObject({ state: "warning", detail: { proxied: "yes" } });
  });

  test("a job that nobody works on, and events that nobody seals, are told", async () => {
    expect(await check("jobs")).toMatchObject({ state: "ok", detail: { running: "0" } });
    await installation.sql(`
      INSERT INTO jobs (kind, state, creator_id, creator_email, total, position, touched_at)
      SELECT 'idle', 'running', id, email, 2, 1, now() - interval '1 hour' FROM users LIMIT 1`);
    expect(await check("jobs")).toMatchObject({ state: "warning", detail: { running: "1" } });
    await installation.sql("DELETE FROM jobs WHERE kind = 'idle'");
    expect(await check("trail")).toMatchObject({ state: "ok" });
  });

  test("is shown in the page with what is to be done", async () => {
    const html = await (
      await fetch(`${replica.baseUrl}/settings`, { headers: await inBrowser(replica) })
    ).text();
    expect(html).toContain("The database answers.");
    expect(html).toContain("No mail is sent: links are handed over by hand.");
    expect(html).toMatch(/Worth a look<!-- -->: |Worth a look: /);
  });
});

describe("a test mail", () => {
  const PATH = "/v1/settings/mail/test";
  const send = (from = installation) => call(from.baseUrl, "POST", PATH, { headers: asAdmin });
  const lastTest = async () =>
    (await get(installation.baseUrl, "/v1/audit?limit=1&action=settings.mailTested", asAdmin)).json
      .data[0];

  test("goes to whoever asks, and what came of it is told and recorded", async () => {
    const sent = await send();
    expect([sent.status, sent.json]).toEqual([
      200,
      { mail: "sent", fault: null, detail: "The mail server took the message." },
    ]);
    expect(mailbox.messages).toHaveLength(1);
    expect(mailbox.messages[0]).toMatchObject({ from: FROM.MAIL_FROM, to: ["ada@example.com"] });
    expect(mailbox.messages[0]?.text).toContain(`${installation.baseUrl}/settings#mail`);
    expect(await lastTest()).toMatchObject({
      target: { type: "settings" },
      details: { mail: "sent" },
    });
  });

  test("that failed says why, in no words of the mail server", async () => {
    mailbox.mode = "refuse";
    const { status, json, text } = await send();
    mailbox.mode = "take";
    expect([status, json.mail, json.fault]).toEqual([200, "failed", "refused"]);
    expect(text).not.toContain("no such mailbox");
    expect((await lastTest()).details).toEqual({ mail: "failed", fault: "refused" });
  });

  test("is not sent where no mail is configured, which leaves no trace", async () => {
    const before = await lastTest();
    const { status, json } = await send(replica);
    expect([status, json.mail]).toEqual([200, "off"]);
    expect((await lastTest()).id).toBe(before.id);
  });

  test("is asked for in the page, without a script too", async () => {
    const headers = await inBrowser(installation);
    const { text } = await get(installation.baseUrl, "/settings", headers);
    const answer = await sendForm(installation.baseUrl, "/settings", text, "testMail", {}, headers);
    expect(answer.text).toContain("The mail server took a message to ada@example.com.");
    expect(mailbox.messages).toHaveLength(2);
  });

  test("is sent five times in five minutes", async () => {
    const statuses = [];
    for (let i = 0; i < 3; i++) statuses.push((await send()).status);
    expect(statuses).toEqual([200, 200, 429]);
    expect((await send()).headers.get("retry-after")).toMatch(/^\d+$/);
    expect(mailbox.messages).toHaveLength(4);
  });
});
