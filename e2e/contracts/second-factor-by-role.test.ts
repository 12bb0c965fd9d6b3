import { beforeAll, beforeEach, describe, expect, test } from "vitest";
import { apiToken, sessionCookie } from "../support/claimed";
import { bearer, call, get, post } from "../support/http";
import { OWNER } from "../support/owner";
import { type Shared, sharedClaimed } from "../support/shared-claimed";

const BOB = { email: "bob@example.com", password: "a fine passphrase" };
const ENROL = "/account/second-factor";
const OWED = { status: 403, code: "SECOND_FACTOR_SETUP_REQUIRED" };
type Headers = Record<string, string>;

let installation: Shared;
let base: string;
let asAdmin: Headers;
let asBob: Headers;
let bobId: string;
/** Bob's browser, and a token that Bob made for everything. */
let inBrowser: Headers;
let byToken: Headers;

const patchRole = (slug: string, body: unknown, headers = asAdmin) =>
  call(base, "PATCH", `/v1/roles/${slug}`, { body, headers });
const require = (graceDays: number | null, slug = "support") =>
  patchRole(slug, { secondFactor: graceDays === null ? null : { graceDays } });
const login = async (person: { email: string; password: string }) =>
  (await post(base, "/api/auth/login", person)).json.accessToken;

/** Moves the requirement and Bob's account into the past. */
const ago = (required: string, created = "1 year") =>
  installation.sql(`
    UPDATE roles SET second_factor_required_since = now() - interval '${required}' WHERE slug = 'support';
    UPDATE users SET created_at = now() - interval '${created}' WHERE id = '${bobId}'`);
const addTotp = (confirmed: "now()" | "NULL") =>
  installation.sql(
    `INSERT INTO totp_factors (user_id, secret, confirmed_at) VALUES ('${bobId}', 'sealed', ${confirmed})`,
  );
const removeFactors = () =>
  installation.sql("DELETE FROM totp_factors; DELETE FROM passkeys; DELETE FROM rate_limits");

async function cookieOf(userId: string): Promise<Headers> {
  const [row] = await installation.sql(
    `INSERT INTO sessions (user_id, door, expires_at) VALUES ('${userId}', 'browser', now() + interval '1 day') RETURNING id`,
  );
  return { cookie: await sessionCookie(base, String(row?.["id"])) };
}

beforeAll(async () => {
  installation = await sharedClaimed();
  base = installation.baseUrl;
  asAdmin = bearer(await apiToken(installation));
  const policies = [{ action: "manage", subject: "User" }];
  await post(base, "/v1/roles", { name: "Support", policies }, asAdmin);
  bobId = (await post(base, "/v1/users", { ...BOB, role: "support" }, asAdmin)).json.id;
  asBob = bearer(await login(BOB));
  inBrowser = await cookieOf(bobId);
  const made = await post(base, "/v1/tokens", { name: "Script", abilities: ["*"] }, asBob);
  byToken = bearer(made.json.token);
});
beforeEach(async () => {
  await removeFactors();
  await require(null);
});

describe("the requirement of a role", () => {
  test("is read and changed with the role, counts from when it was made, and is in the audit trail", async () => {
    const created = await post(
      base,
      "/v1/roles",
      { name: "Night", secondFactor: { graceDays: 3 } },
      asAdmin,
    );
    expect(created.json.secondFactor).toEqual({ graceDays: 3 });
    const since = async () =>
      (
        await installation.sql(
          "SELECT second_factor_required_since AS since FROM roles WHERE slug = 'night'",
        )
      )[0]?.["since"];
    const first = await since();
    expect(Date.now() - Number(first)).toBeLessThan(60_000);
    expect((await require(20, "night")).json.secondFactor).toEqual({ graceDays: 20 });
    expect(await since()).toEqual(first);
    const same = await require(20, "night");
    expect(same.headers.get("etag")).toBe('"2"');
    expect((await patchRole("night", { name: "Nights" })).json.secondFactor).toEqual({
      graceDays: 20,
    });
    expect((await require(null, "night")).json.secondFactor).toBeNull();
    expect(await since()).toBeNull();
    await require(0, "night");
    expect(await since()).not.toEqual(first);

    const trail = await get(base, `/v1/audit?targetId=${created.json.id}`, asAdmin);
    const days = trail.json.data.map(
      (event: { details: Record<string, unknown> }) => event.details["secondFactorGraceDays"],
    );
    expect(days).toEqual([
      { from: null, to: 0 },
      { from: 20, to: null },
      undefined,
      { from: 3, to: 20 },
      { from: null, to: 3 },
    ]);
  });

  test.each([
    [{ graceDays: 91 }, "secondFactor.graceDays"],
    [{ graceDays: -1 }, "secondFactor.graceDays"],
    [{ graceDays: 1.5 }, "secondFactor.graceDays"],
    [{ graceDays: "14" }, "secondFactor.graceDays"],
    [{}, "secondFactor.graceDays"],
    [true, "secondFactor"],
    ["14", "secondFactor"],
  ])("is not %j", async (secondFactor, place) => {
    const answer = await patchRole("support", { secondFactor });
    expect(answer.json).toMatchObject({ status: 400, code: "VALIDATION_FAILED" });
    expect(Object.keys(answer.json.errors)).toEqual([place]);
  });

  test("is the one thing to change about a predefined role", async () => {
    const slug = "predefined_super_admin";
    for (const more of [{ name: "Mine" }, { policies: [] }]) {
      const answer = await patchRole(slug, { secondFactor: { graceDays: 5 }, ...more });
      expect(answer.json.code).toBe("ROLE_FIXED");
    }
    const changed = await require(30, slug);
    expect(changed.json).toMatchObject({ name: "Administrator", secondFactor: { graceDays: 30 } });
    expect((await require(null, slug)).json.secondFactor).toBeNull();
  });

  test("is made by who may edit roles and governs the role, and by nobody else", async () => {
    const policies = [{ action: "manage", subject: "Role" }];
    await post(base, "/v1/roles", { name: "Editor", policies }, asAdmin);
    const eve = { email: "eve@example.com", password: BOB.password };
    await post(base, "/v1/users", { ...eve, role: "editor" }, asAdmin);
    const asEve = bearer(await login(eve));
    const body = { secondFactor: { graceDays: 1 } };
    const beyond = await patchRole("predefined_super_admin", body, asEve);
    expect(beyond.json).toMatchObject({ status: 403, code: "BEYOND_OWN_RIGHTS" });
    expect((await patchRole("support", body, asEve)).json.code).toBe("BEYOND_OWN_RIGHTS");
    expect((await patchRole("support", body, asBob)).json.code).toBe("FORBIDDEN");
    expect((await patchRole("predefined_user", body, asEve)).status).toBe(200);
    await require(null, "predefined_user");
  });
});

describe("a holder without a second factor", () => {
  const ways: [string, () => Headers][] = [
    ["access token", () => asBob],
    ["cookie", () => inBrowser],
  ];

  test.each(ways)("before the deadline everything is open, by %s", async (_way, headers) => {
    await require(7);
    await ago("6 days 23 hours");
    expect((await get(base, "/v1/users", headers())).status).toBe(200);
    expect((await get(base, "/v1/auth/forward", headers())).status).toBe(200);
    await ago("1 year", "6 days 23 hours"); // the days of a later user begin later
    expect((await get(base, "/v1/users", headers())).status).toBe(200);
  });

  test.each(ways)("after it nothing is, by %s", async (_way, headers) => {
    await require(7);
    await ago("7 days 1 second");
    for (const path of ["/v1/users", "/v1/auth/me", "/v1/sessions", "/v1/tokens", "/v1/jobs"]) {
      expect((await get(base, path, headers())).json, path).toMatchObject(OWED);
    }
    const name = { body: { name: "X" }, headers: headers() };
    expect((await call(base, "PATCH", `/v1/users/${bobId}`, name)).json).toMatchObject(OWED);
    const password = { current: BOB.password, next: "another fine passphrase" };
    const changed = { body: password, headers: headers() };
    expect((await call(base, "PUT", "/v1/auth/password", changed)).json).toMatchObject(OWED);
    const token = { name: "Way around", abilities: ["*"] };
    expect((await post(base, "/v1/tokens", token, headers())).json).toMatchObject(OWED);
    expect((await get(base, "/v1/auth/forward", headers())).json).toMatchObject(OWED);
    const led = await get(base, "/v1/auth/forward?signin=redirect", headers());
    expect([led.status, led.headers.get("location")]).toEqual([302, base + ENROL]);
    expect(led.headers.get("x-auth-user")).toBeNull();
  });

  test("is led to where one is set up, and can confirm, and see who they are", async () => {
    await require(0);
    await ago("1 second");
    for (const path of ["/users", "/users/new", "/account", `/users/${bobId}`]) {
      const answer = await get(base, path, inBrowser);
      expect([answer.status, answer.headers.get("location")], path).toEqual([307, ENROL]);
    }
    const enrol = await get(base, ENROL, inBrowser);
    expect(enrol.status).toBe(200);
    expect(enrol.text).toContain("Set up a second factor to go on");
    expect(enrol.text).toContain(BOB.email);
    expect(enrol.text).not.toContain('href="/users"');
    await installation.sql("UPDATE sessions SET confirmed_at = now() - interval '1 hour'");
    const answer = await get(base, ENROL, inBrowser);
    expect(answer.headers.get("location")).toBe("/account/confirm?next=%2Faccount%2Fsecond-factor");
    expect((await get(base, "/account/confirm", inBrowser)).status).toBe(200);
  });

  test("is reminded on the pages before, and nobody else is", async () => {
    const notice = /Your role requires a second factor by [A-Z]/; // the text itself has {date} there
    await require(7);
    await ago("1 day");
    expect((await get(base, "/users", inBrowser)).text).toMatch(notice);
    await addTotp("now()");
    expect((await get(base, "/users", inBrowser)).text).not.toMatch(notice);
    await removeFactors();
    await require(null);
    expect((await get(base, "/users", inBrowser)).text).not.toMatch(notice);
  });

  test("signs in, and out", async () => {
    await require(0);
    await ago("1 second");
    const [session] = await installation.sql("SELECT count(*)::int AS n FROM sessions");
    const as = bearer(await login(BOB));
    expect((await get(base, "/v1/users", as)).json).toMatchObject(OWED);
    expect((await call(base, "POST", "/api/auth/logout", { headers: as })).status).toBe(204);
    expect((await get(base, "/v1/users", as)).status).toBe(401);
    const [after] = await installation.sql("SELECT count(*)::int AS n FROM sessions");
    expect(after?.["n"]).toBe(Number(session?.["n"]) + 1);
  });

  test("has API tokens that go on: they are no person at a keyboard", async () => {
    await require(0);
    await ago("1 second");
    expect((await get(base, "/v1/users", asBob)).json).toMatchObject(OWED);
    expect((await get(base, "/v1/users", byToken)).status).toBe(200);
    expect((await get(base, "/v1/auth/forward", byToken)).status).toBe(200);
    const name = { body: { name: "Robert" }, headers: byToken };
    expect((await call(base, "PATCH", `/v1/users/${bobId}`, name)).status).toBe(200);
  });

  test("has everything open with the first one, in the same session, and shut with the last", async () => {
    await require(0);
    await ago("1 second");
    const shut = async () => {
      expect((await get(base, "/v1/users", asBob)).json).toMatchObject(OWED);
      expect((await get(base, "/users", inBrowser)).headers.get("location")).toBe(ENROL);
    };
    const open = async () => {
      expect((await get(base, "/v1/users", asBob)).status).toBe(200);
      expect((await get(base, "/users", inBrowser)).status).toBe(200);
    };
    await addTotp("NULL"); // begun is not done
    await shut();
    await removeFactors();
    await addTotp("now()");
    await open();
    await removeFactors();
    await shut();
    await installation.sql(
      `INSERT INTO passkeys (id, user_id, name, public_key) VALUES ('key', '${bobId}', 'Key', '')`,
    );
    await open();
    await removeFactors();
    await require(null);
    await open();
  });

  test("may be the owner who has just required it: shut at once, and not for ever", async () => {
    const owner = bearer(await login(OWNER));
    const body = { secondFactor: { graceDays: 0 } };
    expect((await patchRole("predefined_super_admin", body, owner)).status).toBe(200);
    expect((await get(base, "/v1/users", owner)).json).toMatchObject(OWED);
    const undo = await patchRole("predefined_super_admin", { secondFactor: null }, owner);
    expect(undo.json).toMatchObject(OWED);
    const [ada] = await installation.sql(`SELECT id FROM users WHERE email = '${OWNER.email}'`);
    expect((await get(base, ENROL, await cookieOf(String(ada?.["id"])))).status).toBe(200);
    await require(null, "predefined_super_admin"); // by a token
    expect((await get(base, "/v1/users", owner)).status).toBe(200);
  });

  test("a job of theirs stops", async () => {
    const users = Array.from({ length: 30 }, (_, i) => `('job-${i}@example.com')`).join();
    await installation.sql(
      `INSERT INTO users (email, role_id) SELECT column1, (SELECT id FROM roles WHERE slug = 'predefined_user') FROM (VALUES ${users}) AS people`,
    );
    await require(0);
    await ago("1 second");
    const [job] = await installation.sql(`
      WITH job AS (
        INSERT INTO jobs (kind, state, creator_id, creator_email, total, started_at)
        VALUES ('disable', 'running', '${bobId}', 'bob@example.com', 30, now()) RETURNING id)
      INSERT INTO job_items (job_id, position, user_id, label)
      SELECT job.id, row_number() OVER (), users.id, email FROM job, users WHERE email LIKE 'job-%' RETURNING job_id AS id`);
    const stopped = async () =>
      (await installation.sql(`SELECT state, changed FROM jobs WHERE id = '${job?.["id"]}'`))[0];
    await expect.poll(stopped, { timeout: 30_000 }).toEqual({ state: "stopped", changed: 0 });
  });
});
