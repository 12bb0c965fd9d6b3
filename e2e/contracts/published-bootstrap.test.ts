import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { bearer, get, post } from "../support/http";
import { type Installation, startInstallation } from "../support/installation";

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** The published example, its published success, and what a second caller hears: docs/contracts/bootstrap.md. */
describe("door 1, bootstrap", () => {
  let installation: Installation;
  let base: string;
  beforeAll(async () => {
    installation = await startInstallation({ env: { ALLOW_BOOTSTRAP: "true" } });
    base = installation.baseUrl;
  });
  afterAll(() => installation.stop());

  const example = { email: "admin@example.com", password: "StrongPassword123!", name: "Admin" };

  test("creates the administrator, then says that one exists", async () => {
    const first = await post(base, "/api/auth/bootstrap", example);
    expect(first.status).toBe(201);
    expect(first.json).toEqual({ message: "Admin user created successfully" });
    expect(first.headers.get("cache-control")).toBe("no-store");
    const second = await post(base, "/api/auth/bootstrap", { ...example, email: "b@example.com" });
    expect(second.status).toBe(409);
    expect(second.json).toEqual({ message: "Admin already exists", code: "ADMIN_EXISTS" });
  });

  test("login gives both spellings of the token and the cookie; refresh rotates; logout ends", async () => {
    const login = await post(base, "/api/auth/login", example);
    expect(login.status).toBe(200);
    expect(login.json).toEqual({
      accessToken: expect.stringMatching(/^eyJ/),
      access_token: login.json.accessToken,
      token_type: "Bearer",
      expires_in: expect.any(Number),
      user: {
        id: expect.stringMatching(UUID),
        email: "admin@example.com",
        name: "Admin",
        role: "ADMIN",
      },
    });
    const cookie = login.headers.get("set-cookie") ?? "";
    expect(cookie).toMatch(
      /^refresh_token=[A-Za-z0-9_-]{43}; HttpOnly; SameSite=Strict; Path=\/api\/auth;/,
    );

    const me = await get(base, "/v1/auth/me", bearer(login.json.accessToken));
    expect(me.status).toBe(200);
    expect(me.json).toMatchObject({ email: "admin@example.com", status: "active", number: 1 });

    const sent = { cookie: cookie.split(";")[0] ?? "" };
    const refreshed = await post(base, "/api/auth/refresh", undefined, sent);
    expect(refreshed.status).toBe(200);
    expect(Object.keys(refreshed.json)).toEqual(Object.keys(login.json));
    const next = { cookie: refreshed.headers.get("set-cookie")?.split(";")[0] ?? "" };
    expect(next).not.toEqual(sent);

    const logout = await post(base, "/api/auth/logout", undefined, next);
    expect(logout.status).toBe(204);
    expect(logout.headers.get("set-cookie")).toMatch(/^refresh_token=; .*Max-Age=0/);
    expect((await post(base, "/api/auth/refresh", undefined, next)).status).toBe(401);
    expect((await get(base, "/v1/auth/me", bearer(refreshed.json.accessToken))).status).toBe(401);
  });

  test("unknown user and wrong password hear the same bytes", async () => {
    const wrong = await post(base, "/api/auth/login", { ...example, password: "nope" });
    const unknown = await post(base, "/api/auth/login", {
      email: "x@example.com",
      password: "nope",
    });
    expect(wrong.status).toBe(401);
    expect(wrong.text).toBe('{"message":"Invalid credentials","code":"INVALID_CREDENTIALS"}');
    expect(unknown.text).toBe(wrong.text);
    expect([...unknown.headers.keys()].sort()).toEqual([...wrong.headers.keys()].sort());
  });
});
