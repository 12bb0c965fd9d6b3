import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { bearer, get, post } from "../support/http";
import { type Installation, startInstallation } from "../support/installation";

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;

/** The published example, its published success, and what a second caller hears: docs/contracts/setup.md. */
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
    // Elsewhere the role has the name that people read.
    const users = await get(base, "/v1/users", bearer(first.json.accessToken));
    expect(users.json.data[0].role).toMatchObject({
      slug: "predefined_super_admin",
      name: "Administrator",
    });

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
