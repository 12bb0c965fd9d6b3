import { beforeAll, describe, expect, test } from "vitest";
import { apiToken } from "../support/claimed";
import { bearer, call, get, post } from "../support/http";
import { OWNER } from "../support/owner";
import { type Shared, sharedClaimed } from "../support/shared-claimed";

const BOB = { name: "Bob", email: "bob@example.com", password: "SecurePass456" };

describe("the users API", () => {
  let installation: Shared;
  let base: string;
  let asAdmin: Record<string, string>;
  let asBob: Record<string, string>;
  let adminId: string;

  beforeAll(async () => {
    installation = await sharedClaimed();
    base = installation.baseUrl;
    asAdmin = bearer(await apiToken(installation));
    adminId = (await get(base, "/v1/auth/me", asAdmin)).json.id;
    await post(base, "/v1/users", { ...BOB, role: "predefined_user" }, asAdmin);
    asBob = bearer((await post(base, "/api/auth/login", BOB)).json.accessToken);
  });

  const patch = (id: string, body: unknown, headers: Record<string, string> = {}) =>
    call(base, "PATCH", `/v1/users/${id}`, { body, headers: { ...asAdmin, ...headers } });

  test("only who may: anonymous 401, a user 403, an administrator in", async () => {
    const rows: [string, string, unknown][] = [
      ["GET", "/v1/users", undefined],
      ["POST", "/v1/users", { email: "x@example.com", role: "predefined_user" }],
      ["GET", `/v1/users/${adminId}`, undefined],
      ["PATCH", `/v1/users/${adminId}`, { name: "X" }],
      ["DELETE", `/v1/users/${adminId}`, undefined],
    ];
    for (const [method, path, body] of rows) {
      expect((await call(base, method, path, { body })).status, `${method} ${path}`).toBe(401);
      const forbidden = await call(base, method, path, { body, headers: asBob });
      expect(forbidden.status, `${method} ${path}`).toBe(403);
      expect(forbidden.json).toMatchObject({ status: 403, code: "FORBIDDEN", title: "Forbidden" });
    }
    expect((await get(base, "/v1/users", asAdmin)).status).toBe(200);
  });

  test("creates with a password, invites without one, keeps an e-mail once", async () => {
    const created = await post(
      base,
      "/v1/users",
      {
        email: " Cleo@Example.com ",
        name: "Cleo",
        role: "predefined_user",
        password: "a fine passphrase",
      },
      asAdmin,
    );
    expect(created.status).toBe(201);
    expect(created.headers.get("location")).toBe(`/v1/users/${created.json.id}`);
    expect(created.json).toEqual({
      id: expect.any(String),
      number: expect.any(Number),
      email: "cleo@example.com",
      name: "Cleo",
      firstName: null,
      lastName: null,
      role: { id: expect.any(String), slug: "predefined_user", name: "User" },
      status: "active",
      emailVerifiedAt: null,
      lastLoginAt: null,
      metadata: {},
      createdAt: expect.any(String),
      updatedAt: expect.any(String),
    });
    const invited = await post(
      base,
      "/v1/users",
      { email: "dan@example.com", role: "predefined_user" },
      asAdmin,
    );
    expect(invited.json.status).toBe("invited");
    const turn = async (status: string) => {
      const path = `/v1/users/${invited.json.id}`;
      return (await call(base, "PATCH", path, { body: { status }, headers: asAdmin })).json.status;
    };
    expect(await turn("disabled")).toBe("disabled");
    expect(await turn("active"), "without a password nobody is active").toBe("invited");

    const spellings = ["eve@example.com", "EVE@example.com", "Eve@Example.COM", " eve@example.com"];
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, i) =>
        post(base, "/v1/users", { email: spellings[i % 4], role: "predefined_user" }, asAdmin),
      ),
    );
    expect(answers.filter((answer) => answer.status === 201).length).toBe(1);
    expect(answers.filter((answer) => answer.json.code === "EMAIL_TAKEN").length).toBe(19);
  });

  test("pages by cursor through every user exactly once, in every order", async () => {
    const count = (await get(base, "/v1/users", asAdmin)).json.total.value;
    for (const sort of [
      "createdAt",
      "-createdAt",
      "email",
      "-email",
      "name",
      "-name",
      "lastLoginAt",
      "-lastLoginAt",
    ]) {
      const seen: string[] = [];
      let cursor = "";
      do {
        const page = await get(base, `/v1/users?limit=2&sort=${sort}${cursor}`, asAdmin);
        expect(page.status).toBe(200);
        seen.push(...page.json.data.map((user: { id: string }) => user.id));
        cursor = page.json.nextCursor === null ? "" : `&cursor=${page.json.nextCursor}`;
      } while (cursor);
      expect(seen.length, sort).toBe(count);
      expect(new Set(seen).size, sort).toBe(count);
    }
  });

  test("searches literally", async () => {
    await post(
      base,
      "/v1/users",
      { email: "p@example.com", name: "100%_Sure\\", role: "predefined_user" },
      asAdmin,
    );
    const find = async (text: string) =>
      (await get(base, `/v1/users?search=${encodeURIComponent(text)}`, asAdmin)).json.total.value;
    expect(await find("0%_")).toBe(1);
    expect(await find("%_S")).toBe(1);
    expect(await find("re\\")).toBe(1);
    expect(await find("BOB@")).toBe(1);
    expect(await find("' OR 1=1 --")).toBe(0);
  });

  test.each([
    "limit=0",
    "limit=-1",
    "limit=101",
    "limit=1e9",
    "limit=x",
    "sort=passwordHash",
    "sort=--email",
    "cursor=zzz",
    "cursor=eyJpZCI6MX0",
    "status=deleted",
    `search=${"x".repeat(201)}`,
    "search=%00",
    "role=%00",
  ])("?%s is 400", async (query) => {
    const answer = await get(base, `/v1/users?${query}`, asAdmin);
    expect(answer.status).toBe(400);
    expect(answer.json.code).toBe("VALIDATION_FAILED");
  });

  test.each(["nope", "00000000-0000-4000-8000-000000000000", "%00", "..%2f..", "1'--"])(
    "user %s is 404",
    async (id) => {
      for (const method of ["GET", "DELETE"]) {
        expect((await call(base, method, `/v1/users/${id}`, { headers: asAdmin })).status).toBe(
          404,
        );
      }
      expect((await patch(id, { name: "X" })).status).toBe(404);
    },
  );

  test("If-Match refuses a stale edit", async () => {
    const { json: bob } = await get(base, "/v1/users?search=bob@", asAdmin);
    const id = bob.data[0].id;
    const etag = (await get(base, `/v1/users/${id}`, asAdmin)).headers.get("etag") ?? "";
    expect((await patch(id, { name: "Bobby" }, { "if-match": etag })).status).toBe(200);
    const stale = await patch(id, { name: "Robert" }, { "if-match": etag });
    expect(stale.status).toBe(412);
    expect((await get(base, `/v1/users/${id}`, asAdmin)).json.name).toBe("Bobby");
  });

  test("the last active administrator cannot be disabled, demoted or deleted", async () => {
    for (const answer of [
      await patch(adminId, { status: "disabled" }),
      await patch(adminId, { role: "predefined_user" }),
      await call(base, "DELETE", `/v1/users/${adminId}`, { headers: asAdmin }),
    ]) {
      expect(answer.status).toBe(409);
      expect(answer.json.code).toBe("LAST_ADMIN");
    }
    for (const sql of [
      "UPDATE users SET status = 'disabled'",
      "DELETE FROM users",
      "TRUNCATE users CASCADE",
    ]) {
      await expect(installation.sql(sql)).rejects.toThrow("at least one active administrator");
    }
  });

  test("two administrators who remove each other at once leave one", async () => {
    const rounds = 20;
    for (let round = 0; round < rounds; round++) {
      const email = `second-${round}@example.com`;
      const body = { email, password: "a fine passphrase", role: "predefined_super_admin" };
      const second = (await post(base, "/v1/users", body, asAdmin)).json;
      const asSecond = bearer((await post(base, "/api/auth/login", body)).json.accessToken);
      const act = (id: string, headers: Record<string, string>) =>
        call(base, "PATCH", `/v1/users/${id}`, {
          headers,
          body: round % 2 ? { status: "disabled" } : { role: "predefined_user" },
        });
      await Promise.all([act(second.id, asAdmin), act(adminId, asSecond)]);
      const [left] = await installation.sql(
        `SELECT count(*)::int AS n FROM users u JOIN roles r ON r.id = u.role_id
         WHERE r.slug = 'predefined_super_admin' AND u.status = 'active'`,
      );
      expect(Number(left?.["n"])).toBeGreaterThanOrEqual(1);
      // Put the first administrator back, by the only path that is left when the second one won.
      await installation.sql(
        `UPDATE users SET status = 'active', role_id = (SELECT id FROM roles WHERE slug = 'predefined_super_admin')
         WHERE id = '${adminId}'`,
      );
      await installation.sql(`DELETE FROM users WHERE id = '${second.id}'`);
      const again = await post(base, "/api/auth/login", OWNER);
      asAdmin = bearer(again.json.accessToken);
      await installation.sql("DELETE FROM rate_limits");
    }
  });

  test("every answer is dressed: no-store, nosniff, request id, no X-Powered-By", async () => {
    for (const path of ["/v1/users", "/v1/auth/status", "/v1/nothing", "/login"]) {
      const { headers } = await get(base, path);
      expect(headers.get("x-content-type-options"), path).toBe("nosniff");
      expect(headers.get("x-request-id"), path).toMatch(/^[0-9a-f-]{36}$/);
      expect(headers.get("x-powered-by"), path).toBeNull();
      expect(headers.get("content-security-policy"), path).toContain("frame-ancestors 'none'");
    }
  });
});
