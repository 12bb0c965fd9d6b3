import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { bearer, get, post } from "../support/http";
import { type Installation, startInstallation } from "../support/installation";

const SIGNUP_SECRET = "a-very-secret-signup-key-for-tests";
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;

/** The published example of each contract, its published success, and what a second caller hears. */
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

describe("door 2, setup", () => {
  let installation: Installation;
  let base: string;
  beforeAll(async () => {
    installation = await startInstallation();
    base = installation.baseUrl;
  });
  afterAll(() => installation.stop());

  const example = {
    email: "admin@example.com",
    password: "securepassword123",
    first_name: "John",
    last_name: "Doe",
  };
  const published = {
    accessToken: expect.any(String),
    user: {
      id: expect.stringMatching(UUID),
      first_name: "John",
      last_name: "Doe",
      email: "admin@example.com",
      role: {
        id: expect.stringMatching(UUID),
        slug: "predefined_super_admin",
        name: "Super Admin",
        policies: [{ action: "manage", subject: "all" }],
        createdAt: expect.stringMatching(TIME),
        updatedAt: expect.stringMatching(TIME),
      },
      createdAt: expect.stringMatching(TIME),
    },
  };

  test("status says so before and after, setup works once, login answers in the same shape", async () => {
    expect((await get(base, "/v1/auth/status")).json).toEqual({ needsSetup: true });
    const first = await post(base, "/v1/auth/setup", example);
    expect(first.status).toBe(201);
    expect(first.json).toEqual(published);
    const [header = ""] = first.json.accessToken.split(".");
    expect(Buffer.from(header, "base64url").toString()).toBe('{"alg":"HS256","typ":"JWT"}');
    expect((await get(base, "/v1/users", bearer(first.json.accessToken))).status).toBe(200);

    const second = await post(base, "/v1/auth/setup", { ...example, email: "b@example.com" });
    expect(second.status).toBe(403);
    expect(second.json).toEqual({ message: expect.any(String), code: "ALREADY_SET_UP" });
    const status = await get(base, "/v1/auth/status");
    expect(status.status).toBe(200);
    expect(status.text).toBe('{"needsSetup":false}');

    const login = await post(base, "/v1/auth/login", example);
    expect(login.status).toBe(200);
    expect(login.json).toEqual(published);
    const wrong = await post(base, "/v1/auth/login", { ...example, password: "wrong" });
    expect(wrong.text).toBe('{"message":"Invalid credentials","code":"INVALID_CREDENTIALS"}');
  });
});

describe("door 3, initialize", () => {
  let installation: Installation;
  let base: string;
  beforeAll(async () => {
    installation = await startInstallation();
    base = installation.baseUrl;
  });
  afterAll(() => installation.stop());

  const example = { name: "Super Admin", email: "admin@example.com", password: "SecurePass123" };

  test("initializes once; its token opens every protected endpoint", async () => {
    const first = await post(base, "/api/auth/initialize", example);
    expect(first.status).toBe(200);
    expect(first.json).toEqual({
      message: "Sistema inicializado exitosamente",
      user: { id: 1, name: "Super Admin", email: "admin@example.com", role: "Super Administrador" },
      access_token: expect.stringMatching(/^1\|.{40,}$/),
      token_type: "Bearer",
    });
    const token = first.json.access_token;
    expect((await get(base, "/v1/auth/me", bearer(token))).json.emailVerifiedAt).toMatch(TIME);

    const second = await post(base, "/api/auth/initialize", example);
    expect(second.status).toBe(400);
    expect(second.json).toEqual({ message: "Sistema ya inicializado", status: "error" });

    const user = { name: "Ana", email: "ana@example.com", password: "SecurePass123" };
    const created = await post(base, "/api/v1/auth/create-user", user, bearer(token));
    expect(created.status).toBe(201);
    expect(created.json).toEqual({
      message: "Usuario creado exitosamente",
      user: { id: 2, name: "Ana", email: "ana@example.com", role: "User" },
    });
    const twice = await post(base, "/api/v1/auth/create-user", user, bearer(token));
    expect(twice.status).toBe(422);
    expect(twice.json.errors.email).toEqual(["The email has already been taken."]);
    expect((await post(base, "/api/v1/auth/create-user", user)).status).toBe(401);
    const ana = await post(base, "/api/auth/login", user);
    const asAna = bearer(ana.json.access_token);
    expect((await post(base, "/api/v1/auth/create-user", user, asAna)).status).toBe(403);
  });
});

describe("door 4, signup", () => {
  let installation: Installation;
  let base: string;
  beforeAll(async () => {
    installation = await startInstallation({ env: { ADMIN_SIGNUP_SECRET: SIGNUP_SECRET } });
    base = installation.baseUrl;
  });
  afterAll(() => installation.stop());

  const example = {
    email: "admin@example.com",
    password: "SecurePassword123!",
    secretKey: SIGNUP_SECRET,
    name: "Admin",
    metadata: { department: "IT" },
  };

  test("creates an administrator with the secret, before and after the claim", async () => {
    const refused = await post(base, "/auth/admin/signup", { ...example, secretKey: "wrong" });
    expect(refused.status).toBe(401);
    expect(refused.json).toEqual({
      statusCode: 401,
      error: "Unauthorized",
      message: expect.any(String),
      code: "INVALID_SECRET_KEY",
    });

    const first = await post(base, "/auth/admin/signup", example);
    expect(first.status).toBe(201);
    expect(first.json).toEqual({
      message: "Admin user created successfully",
      admin: {
        id: expect.stringMatching(UUID),
        email: "admin@example.com",
        name: "Admin",
        metadata: { department: "IT" },
        lastLoginAt: null,
        createdAt: expect.stringMatching(TIME),
        updatedAt: expect.stringMatching(TIME),
      },
    });

    const taken = await post(base, "/auth/admin/signup", example);
    expect(taken.status).toBe(409);
    expect(taken.json).toMatchObject({ statusCode: 409, code: "ADMIN_USER_EXISTS" });
    const another = await post(base, "/auth/admin/signup", { ...example, email: "b@example.com" });
    expect(another.status).toBe(201);
    const stranger = await post(base, "/auth/admin/signup", { ...example, secretKey: undefined });
    expect(stranger.json.code).toBe("INVALID_SECRET_KEY");
    expect(await installation.sql("SELECT count(*)::int AS n FROM installation")).toEqual([
      { n: 1 },
    ]);
  });
});
