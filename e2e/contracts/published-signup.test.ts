import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { post } from "../support/http";
import { type Installation, startInstallation } from "../support/installation";

const SIGNUP_SECRET = "a-very-secret-signup-key-for-tests";
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;

/** The published example, its published success, and what a second caller hears: docs/contracts/signup.md. */
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
