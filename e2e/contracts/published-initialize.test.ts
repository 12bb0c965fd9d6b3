import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { bearer, get, post } from "../support/http";
import { type Installation, startInstallation } from "../support/installation";

const TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;

/** The published example, its published success, and what a second caller hears: docs/contracts/initialize.md. */
describe("door 3, initialize", () => {
  let installation: Installation;
  let base: string;
  beforeAll(async () => {
    installation = await startInstallation();
    base = installation.baseUrl;
  });
  afterAll(() => installation.stop());

  const example = { name: "Super Admin", email: "admin@example.com", password: "SecurePass123" };
  const claim = () =>
    post(base, "/api/auth/initialize", example, { "idempotency-key": "initialize-key" });
  let token: string;

  test("says what is wrong in the published words", async () => {
    const path = "/api/auth/initialize";
    const one = await post(base, path, {
      name: "A",
      email: "a@example.com",
      password: "lowercase123",
    });
    expect(one.json).toEqual({
      message: "The password must contain at least one uppercase and one lowercase letter.",
      errors: {
        password: ["The password must contain at least one uppercase and one lowercase letter."],
      },
    });
    const many = await post(base, path, { name: "A".repeat(256), email: "nope", password: "abc" });
    expect(many.json).toEqual({
      message: "The name must not be greater than 255 characters. (and 4 more errors)",
      errors: {
        name: ["The name must not be greater than 255 characters."],
        email: ["The email must be a valid email address."],
        password: [
          "The password must be at least 8 characters.",
          "The password must contain at least one uppercase and one lowercase letter.",
          "The password must contain at least one number.",
        ],
      },
    });
    const none = await post(base, path, {});
    expect(none.json.message).toBe("The name field is required. (and 2 more errors)");
  });

  test("initializes once; its token opens every protected endpoint", async () => {
    const first = await claim();
    expect(first.status).toBe(200);
    expect(first.json).toEqual({
      message: "Sistema inicializado exitosamente",
      user: { id: 1, name: "Super Admin", email: "admin@example.com", role: "Super Administrador" },
      access_token: expect.stringMatching(/^1\|.{40,}$/),
      token_type: "Bearer",
    });
    token = first.json.access_token;
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

  test("a replay takes back the API token before it", async () => {
    const tokens = [token, (await claim()).json.access_token];
    const opens = async () =>
      Promise.all(tokens.map(async (one) => (await get(base, "/v1/auth/me", bearer(one))).status));
    expect(await opens()).toEqual([401, 200]);
    const [{ at: seen } = {}] = await installation.sql(
      "SELECT count(*)::int AS at FROM audit_events WHERE action = 'user.claimReplayed' AND door = 'initialize'",
    );
    expect(seen).toBe(1);
    await installation.sql(
      "UPDATE idempotency_keys SET created_at = created_at - interval '25 hours'",
    );
    expect((await claim()).json).toEqual({ message: "Sistema ya inicializado", status: "error" });
    expect(await opens()).toEqual([401, 200]);
  });
});
