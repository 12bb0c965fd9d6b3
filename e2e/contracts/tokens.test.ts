import { beforeAll, beforeEach, describe, expect, test } from "vitest";
import { ABILITIES, type Ability } from "@/lib/tokens/abilities";
import { apiToken } from "../support/claimed";
import { bearer, call, get, post } from "../support/http";
import { OWNER } from "../support/owner";
import { type Shared, sharedClaimed } from "../support/shared-claimed";

const BOB = { name: "Bob", email: "bob@example.com", password: "SecurePass456" };
const NOBODY = "00000000-0000-4000-8000-000000000000";
const DAY_MS = 24 * 60 * 60 * 1000;
const inDays = (days: number) => new Date(Date.now() + days * DAY_MS).toISOString();

describe("API tokens and sessions", () => {
  let installation: Shared;
  let base: string;
  let asAdmin: Record<string, string>;
  let asBob: Record<string, string>;
  let adminId: string;
  let bobId: string;

  beforeAll(async () => {
    installation = await sharedClaimed();
    base = installation.baseUrl;
    asAdmin = bearer(await apiToken(installation));
    adminId = (await get(base, "/v1/auth/me", asAdmin)).json.id;
    const body = { ...BOB, role: "predefined_user" };
    bobId = (await post(base, "/v1/users", body, asAdmin)).json.id;
    asBob = bearer((await post(base, "/api/auth/login", BOB)).json.accessToken);
  });
  beforeEach(() => installation.sql("DELETE FROM rate_limits"));

  const create = (body: unknown, headers = asAdmin) => post(base, "/v1/tokens", body, headers);
  const list = (query = "", headers = asAdmin) => get(base, `/v1/tokens${query}`, headers);
  const revoke = (id: unknown, headers = asAdmin) =>
    call(base, "DELETE", `/v1/tokens/${id}`, { headers });
  /** A fresh token of the owner of `headers`, as headers. */
  const tokenFor = async (abilities: Ability[], headers = asAdmin) =>
    bearer((await create({ name: "For a test", abilities }, headers)).json.token);
  const me = async (headers: Record<string, string>) =>
    (await get(base, "/v1/auth/me", headers)).status;

  test("a token is shown once, listed without its secret, used, and revoked", async () => {
    const expiresAt = inDays(30);
    const created = await create({
      name: " Nightly backup ",
      abilities: ["users:read", "users:read"],
      expiresAt,
    });
    expect(created.status).toBe(201);
    const { token, ...view } = created.json;
    expect(created.headers.get("location")).toBe(`/v1/tokens/${view.id}`);
    expect(token).toMatch(new RegExp(`^lk_${view.id}_[0-9A-Za-z]{49}$`));
    expect(view).toEqual({
      id: expect.any(Number),
      userId: adminId,
      name: "Nightly backup",
      abilities: ["users:read"],
      createdAt: expect.any(String),
      lastUsedAt: null,
      expiresAt,
    });
    expect(await me(bearer(token))).toBe(200);
    const [listed] = (await list()).json.data;
    expect(listed).toEqual({ ...view, lastUsedAt: expect.any(String) });
    const [row] = await installation.sql(`SELECT digest FROM api_tokens WHERE id = ${view.id}`);
    expect(row?.["digest"]).toMatch(/^[0-9a-f]{64}$/);
    expect(installation.logs()).not.toContain(token.split("_")[2]);

    expect((await revoke(view.id)).status).toBe(204);
    expect(await me(bearer(token))).toBe(401);
    expect((await revoke(view.id)).status).toBe(404);
    expect((await list()).json.data.map(({ id }: { id: number }) => id)).not.toContain(view.id);
    const trail = await installation.sql(
      `SELECT action, actor_id, target_label FROM audit_events WHERE target_type = 'token' AND target_id = '${view.id}' ORDER BY id`,
    );
    expect(trail).toEqual(
      ["token.created", "token.revoked"].map((action) => ({
        action,
        actor_id: adminId,
        target_label: "Nightly backup",
      })),
    );
  });

  test("a token from before the prefix is good, and so is a new one in Laravel's spelling", async () => {
    expect(await me(bearer(await apiToken(installation)))).toBe(200);
    const { id, token } = (await create({ name: "Laravel", abilities: ["*"] })).json;
    expect(await me(bearer(`${id}|${token}`))).toBe(200);
    expect(await me(bearer(`${id + 1}|${token}`))).toBe(401);
    expect(await me(bearer(token.replace("lk_", "")))).toBe(401);
    await revoke(id);
  });

  test('everything beside "*" is dropped, and no expiry means none', async () => {
    const { json } = await create({ name: "All", abilities: ["users:read", "*"] });
    expect(json).toMatchObject({ abilities: ["*"], expiresAt: null });
    await revoke(json.id);
  });

  test.each([
    ["no name", { abilities: ["*"] }, "name"],
    ["blank name", { name: "  ", abilities: ["*"] }, "name"],
    ["long name", { name: "x".repeat(121), abilities: ["*"] }, "name"],
    ["a tab in the name", { name: "a\tb", abilities: ["*"] }, "name"],
    ["NUL in the name", { name: "a\0b", abilities: ["*"] }, "name"],
    ["name of another type", { name: ["x"], abilities: ["*"] }, "name"],
    ["no abilities", { name: "x" }, "abilities"],
    ["an empty list", { name: "x", abilities: [] }, "abilities"],
    ["a single text", { name: "x", abilities: "*" }, "abilities"],
    ["an unknown one", { name: "x", abilities: ["users:read", "users:eat"] }, "abilities"],
    ["an expiry in the past", { name: "x", abilities: ["*"], expiresAt: inDays(-1) }, "expiresAt"],
    ["in 11 years", { name: "x", abilities: ["*"], expiresAt: inDays(4_018) }, "expiresAt"],
    ["no time", { name: "x", abilities: ["*"], expiresAt: "soon" }, "expiresAt"],
    ["no offset", { name: "x", abilities: ["*"], expiresAt: "2030-01-01T00:00:00" }, "expiresAt"],
    [
      "no such day",
      { name: "x", abilities: ["*"], expiresAt: "2030-02-31T00:00:00Z" },
      "expiresAt",
    ],
    ["a number", { name: "x", abilities: ["*"], expiresAt: 1e12 }, "expiresAt"],
    ["no object", ["*"], "body"],
  ])("%s is 400, and the field is named", async (_name, body, field) => {
    const answer = await create(body);
    expect(answer.status).toBe(400);
    expect(answer.json.code).toBe("VALIDATION_FAILED");
    expect(Object.keys(answer.json.errors)).toEqual([field]);
  });

  test("an expired token is refused and still listed", async () => {
    const { json } = await create({ name: "Old", abilities: ["*"], expiresAt: inDays(1) });
    expect(await me(bearer(json.token))).toBe(200);
    await installation.sql(
      `UPDATE api_tokens SET expires_at = now() - interval '1 s' WHERE id = ${json.id}`,
    );
    expect(await me(bearer(json.token))).toBe(401);
    expect((await list()).json.data[0].id).toBe(json.id);
    expect((await revoke(json.id)).status).toBe(204);
  });

  test("at most 50 tokens work at a time, also when many are asked for at once", async () => {
    const answers = await Promise.all(
      Array.from({ length: 60 }, (_, i) =>
        create({ name: `Token ${i}`, abilities: ["*"], expiresAt: inDays(1) }, asBob),
      ),
    );
    expect(answers.filter(({ status }) => status === 201).length).toBe(50);
    const refused = answers.filter(({ status }) => status !== 201);
    expect(new Set(refused.map(({ json }) => json.code))).toEqual(new Set(["TOO_MANY_TOKENS"]));

    const seen: number[] = [];
    let path = "/v1/tokens?limit=20";
    for (;;) {
      const page = await get(base, path, asBob);
      seen.push(...page.json.data.map(({ id }: { id: number }) => id));
      if (page.json.nextCursor === null) break;
      expect(page.headers.get("link")).toContain('rel="next"');
      path = `/v1/tokens?limit=20&cursor=${page.json.nextCursor}`;
    }
    expect(seen).toEqual([...new Set(seen)].sort((a, b) => b - a));
    expect(seen.length).toBe(50);
    // One that has expired takes no place.
    await installation.sql(
      `UPDATE api_tokens SET expires_at = now() - interval '1 s' WHERE id = ${seen[0]}`,
    );
    expect((await create({ name: "Again", abilities: ["*"] }, asBob)).status).toBe(201);
    await installation.sql(`DELETE FROM api_tokens WHERE user_id = '${bobId}'`);
  });

  test("others see and revoke a user's tokens if they may update the user; nobody else", async () => {
    const [bobs, adas] = await Promise.all([
      create({ name: "Bob's", abilities: ["*"] }, asBob),
      create({ name: "Ada's", abilities: ["*"] }),
    ]);
    const listed = await list(`?userId=${bobId}`);
    expect(listed.json.data.map(({ name }: { name: string }) => name)).toEqual(["Bob's"]);
    expect(listed.text).not.toContain(bobs.json.token.split("_")[2]);
    expect((await list(`?userId=${adminId}`, asBob)).status).toBe(403);
    expect((await list(`?userId=${bobId}`, asBob)).status).toBe(200);
    expect((await revoke(adas.json.id, asBob)).status).toBe(404);
    expect((await revoke(bobs.json.id)).status).toBe(204);
    expect(await me(bearer(bobs.json.token))).toBe(401);
    expect(await me(bearer(adas.json.token))).toBe(200);
    await revoke(adas.json.id);
  });

  test.each(["nope", "0", "-1", "1.5", "2147483648", "9999999999", "%00", "1|x"])(
    "token %s is 404",
    async (id) => expect((await revoke(id)).status).toBe(404),
  );

  test.each([
    ["/v1/tokens?limit=0", 400],
    ["/v1/tokens?cursor=zzz", 400],
    ["/v1/tokens?cursor=eyJpZCI6OTk5OTk5OTk5OTk5fQ", 400],
    ["/v1/tokens?userId=%00", 400],
    ["/v1/tokens?userId=nope", 404],
    [`/v1/tokens?userId=${NOBODY}`, 404],
    ["/v1/sessions?limit=101", 400],
    ["/v1/sessions?cursor=zzz", 400],
    ["/v1/sessions?userId=nope", 404],
    ["/v1/sessions?userId=%00", 404],
    [`/v1/sessions?userId=${NOBODY}`, 404],
    [`/v1/users/${NOBODY}/sessions`, 404],
  ])("GET %s is %i", async (path, status) => {
    expect((await get(base, path, asAdmin)).status).toBe(status);
  });

  test("anonymous is 401 everywhere", async () => {
    for (const [method, path] of [
      ["GET", "/v1/tokens"],
      ["POST", "/v1/tokens"],
      ["DELETE", "/v1/tokens/1"],
      ["GET", "/v1/sessions"],
    ] as const) {
      expect((await call(base, method, path)).status, `${method} ${path}`).toBe(401);
    }
  });

  describe("a bounded token", () => {
    /** What an administrator's token with one ability hears; everything not named is 403. */
    const CALLS: Record<string, [method: string, path: () => string, body?: unknown]> = {
      "GET /v1/auth/me": ["GET", () => "/v1/auth/me"],
      "GET /v1/users": ["GET", () => "/v1/users"],
      "GET /v1/users/{bob}": ["GET", () => `/v1/users/${bobId}`],
      "GET /v1/audit": ["GET", () => "/v1/audit"],
      "PATCH /v1/users/{bob}": ["PATCH", () => `/v1/users/${bobId}`, { name: "Bobby" }],
      "PATCH /v1/users/{ada}": ["PATCH", () => `/v1/users/${adminId}`, { name: "Adah" }],
      "POST /v1/users": ["POST", () => "/v1/users", { email: "x@example.com" }],
      "POST /v1/users (admin)": [
        "POST",
        () => "/v1/users",
        { email: "y@example.com", role: "predefined_super_admin" },
      ],
      "GET sessions of bob": ["GET", () => `/v1/sessions?userId=${bobId}`],
      "DELETE sessions of bob": ["DELETE", () => `/v1/users/${bobId}/sessions`],
      "GET own sessions": ["GET", () => "/v1/sessions"],
      "DELETE own sessions": ["DELETE", () => `/v1/users/${adminId}/sessions`],
      "DELETE own session": ["DELETE", () => `/v1/sessions/${adminSession}`],
      "GET tokens of bob": ["GET", () => `/v1/tokens?userId=${bobId}`],
      "GET own tokens": ["GET", () => "/v1/tokens"],
      "POST /v1/tokens": ["POST", () => "/v1/tokens", { name: "More", abilities: ["*"] }],
      "DELETE own token": ["DELETE", () => `/v1/tokens/${adminToken}`],
      "PUT /v1/auth/password": [
        "PUT",
        () => "/v1/auth/password",
        { current: OWNER.password, next: "another fine passphrase" },
      ],
      "DELETE /v1/users/{bob}": ["DELETE", () => `/v1/users/${bobId}`],
      "DELETE /v1/users/{ada}": ["DELETE", () => `/v1/users/${adminId}`],
    };
    const ALLOWED: Record<Exclude<Ability, "*">, Record<string, number>> = {
      "users:read": { "GET /v1/users": 200, "GET /v1/users/{bob}": 200 },
      "users:write": {
        "GET /v1/users": 200,
        "GET /v1/users/{bob}": 200,
        "PATCH /v1/users/{bob}": 200,
        "POST /v1/users": 201,
        "GET sessions of bob": 200,
        "DELETE sessions of bob": 204,
        "GET tokens of bob": 200,
        "DELETE /v1/users/{bob}": 204,
      },
      "roles:read": {},
      "roles:write": {},
      "audit:read": { "GET /v1/audit": 200 },
    };
    let adminSession: string;
    let adminToken: number;

    test.each(ABILITIES.filter((ability) => ability !== "*"))(
      "%s allows just that",
      async (one) => {
        const login = (await post(base, "/api/auth/login", OWNER)).json.accessToken;
        adminSession = (await get(base, "/v1/sessions", bearer(login))).json.data[0].id;
        adminToken = (await create({ name: "To be kept", abilities: ["*"] })).json.id;
        const asToken = await tokenFor([one]);
        const heard: Record<string, number> = {};
        for (const [name, [method, path, body]] of Object.entries(CALLS)) {
          heard[name] = (await call(base, method, path(), { body, headers: asToken })).status;
        }
        const expected = Object.fromEntries(
          Object.keys(CALLS).map((name) => [name, ALLOWED[one][name] ?? 403]),
        );
        expect(heard).toEqual({ ...expected, "GET /v1/auth/me": 200 });

        expect(await me(bearer(login)), "the owner is still signed in").toBe(200);
        expect((await post(base, "/api/auth/login", OWNER)).status).toBe(200);
        if (one === "users:write") {
          const body = { ...BOB, role: "predefined_user" };
          bobId = (await post(base, "/v1/users", body, asAdmin)).json.id;
        }
      },
    );

    test('"*" is the whole person', async () => {
      const asToken = await tokenFor(["*"]);
      expect((await list("", asToken)).status).toBe(200);
      const made = await create({ name: "Made by a token", abilities: ["audit:read"] }, asToken);
      expect(made.status).toBe(201);
      expect((await revoke(made.json.id, asToken)).status).toBe(204);
      expect((await get(base, "/v1/sessions", asToken)).status).toBe(200);
    });

    test("adds nothing to what its owner's role allows", async () => {
      asBob = bearer((await post(base, "/api/auth/login", BOB)).json.accessToken);
      const asToken = await tokenFor(["users:write", "audit:read"], asBob);
      for (const path of ["/v1/users", "/v1/audit", `/v1/users/${adminId}`]) {
        expect((await get(base, path, asToken)).status, path).toBe(403);
      }
    });
  });

  test("sessions: one's own and a user's in the same shape, page by page", async () => {
    asBob = bearer((await post(base, "/api/auth/login", BOB)).json.accessToken);
    for (let i = 0; i < 4; i++) await post(base, "/api/auth/login", BOB);
    const own = await get(base, "/v1/sessions", asBob);
    const bobs = await get(base, `/v1/users/${bobId}/sessions`, asAdmin);
    expect(own.json.data[0]).toEqual({
      id: expect.any(String),
      userId: bobId,
      door: "api",
      address: expect.any(String),
      userAgent: expect.any(String),
      createdAt: expect.any(String),
      lastSeenAt: expect.any(String),
      expiresAt: expect.any(String),
      current: expect.any(Boolean),
    });
    const ids = (answer: typeof own) => answer.json.data.map(({ id }: { id: string }) => id);
    expect(ids(own).sort()).toEqual(ids(bobs).sort());
    expect(ids(await get(base, `/v1/sessions?userId=${bobId}`, asAdmin)).sort()).toEqual(
      ids(own).sort(),
    );
    const seen: string[] = [];
    let cursor = "";
    do {
      const page = await get(base, `/v1/users/${bobId}/sessions?limit=2${cursor}`, asAdmin);
      seen.push(...ids(page));
      cursor = page.json.nextCursor === null ? "" : `&cursor=${page.json.nextCursor}`;
    } while (cursor);
    expect(seen.sort()).toEqual(ids(own).sort());
    expect((await get(base, `/v1/sessions?userId=${adminId}`, asBob)).status).toBe(403);
  });

  test("who may update only some users reaches only their sessions and tokens", async () => {
    await installation.sql(`INSERT INTO roles (slug, name, policies) VALUES ('support', 'Support',
      '[{"action":["read","update"],"subject":"User","conditions":{"role.slug":"predefined_user"}}]')`);
    const sam = { email: "sam@example.com", password: "SecurePass789", role: "support" };
    const samId = (await post(base, "/v1/users", sam, asAdmin)).json.id;
    const asSam = bearer((await post(base, "/api/auth/login", sam)).json.accessToken);
    for (const what of ["sessions", "tokens"]) {
      const at = (id: string) => get(base, `/v1/${what}?userId=${id}`, asSam);
      expect((await at(bobId)).status, what).toBe(200);
      expect((await at(samId)).status, what).toBe(200);
      // Not 403: who is out of sight is not told to exist.
      expect((await at(adminId)).status, what).toBe(404);
    }
    const session = (await get(base, `/v1/sessions?userId=${adminId}`, asAdmin)).json.data[0].id;
    const end = (id: string) => call(base, "DELETE", `/v1/sessions/${id}`, { headers: asSam });
    expect((await end(session)).status).toBe(404);
    const bobs = (await get(base, `/v1/sessions?userId=${bobId}`, asSam)).json.data[0].id;
    expect((await end(bobs)).status).toBe(204);
    // The trail says whose session it was.
    const [event] = await installation.sql(
      "SELECT actor_label, target_type, target_label FROM audit_events WHERE action = 'session.ended' ORDER BY id DESC LIMIT 1",
    );
    expect(event).toEqual({
      actor_label: sam.email,
      target_type: "user",
      target_label: BOB.email,
    });
  });

  test("a user who was disabled has no token that works, also not later", async () => {
    const asToken = await tokenFor(
      ["*"],
      bearer((await post(base, "/api/auth/login", BOB)).json.accessToken),
    );
    const patch = (status: string) =>
      call(base, "PATCH", `/v1/users/${bobId}`, { body: { status }, headers: asAdmin });
    expect(await me(asToken)).toBe(200);
    expect((await patch("disabled")).status).toBe(200);
    expect(await me(asToken)).toBe(401);
    expect((await patch("active")).status).toBe(200);
    expect(await me(asToken)).toBe(401);
  });

  describe("If-Match", () => {
    const patch = (ifMatch: string, name: string) =>
      call(base, "PATCH", `/v1/users/${bobId}`, {
        body: { name },
        headers: { ...asAdmin, "if-match": ifMatch },
      });
    const etag = async () =>
      (await get(base, `/v1/users/${bobId}`, asAdmin)).headers.get("etag") ?? "";

    test.each([
      ["the tag", (tag: string) => tag, 200],
      ["a list that has it", (tag: string) => `"x", ${tag}`, 200],
      ["any", () => "*", 200],
      ["the tag as a weak one", (tag: string) => `W/${tag}`, 412],
      ["another", () => '"x"', 412],
      ["a list without it", () => '"x", "y"', 412],
      ["no tag at all", () => "1", 412],
    ])("%s", async (_name, header, status) => {
      const answer = await patch(header(await etag()), `Name ${Math.random()}`);
      expect(answer.status).toBe(status);
    });
  });

  test("NUL in a role or a reason is refused, not a fault", async () => {
    for (const body of [{ role: "a\0" }, { status: "disabled", disabledReason: "a\0b" }]) {
      const answer = await call(base, "PATCH", `/v1/users/${bobId}`, { body, headers: asAdmin });
      expect(answer.status).toBe(400);
    }
  });
});
