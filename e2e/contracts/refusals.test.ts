import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { call, FROM_ELSEWHERE, get, post } from "../support/http";
import { type Installation, startInstallation } from "../support/installation";

const SECRET = "a-very-secret-signup-key-for-tests";
const PASSWORD = "Correct-Horse-7";

/** A body that each door would accept; every refusal below breaks one thing of it. */
const DOORS = [
  {
    path: "/api/auth/bootstrap",
    body: { email: "a@example.com", password: PASSWORD },
    invalid: 400,
  },
  {
    path: "/v1/auth/setup",
    body: { email: "a@example.com", password: PASSWORD, first_name: "A", last_name: "B" },
    invalid: 400,
  },
  {
    path: "/api/auth/initialize",
    body: { name: "A", email: "a@example.com", password: PASSWORD },
    invalid: 422,
  },
  {
    path: "/auth/admin/signup",
    body: { email: "a@example.com", password: PASSWORD, secretKey: SECRET },
    invalid: 400,
  },
] as const;

const BAD_FIELDS: [string, Record<string, unknown>][] = [
  ["e-mail missing", { email: undefined }],
  ["e-mail null", { email: null }],
  ["e-mail number", { email: 7 }],
  ["e-mail array", { email: ["a@example.com"] }],
  ["e-mail object", { email: { contains: "@" } }],
  ["e-mail with NUL", { email: "a\0@example.com" }],
  ["e-mail look-alike at", { email: "a＠example.com" }],
  ["e-mail comma", { email: "a@example.com,b@example.com" }],
  ["e-mail quoted", { email: '"a b"@example.com' }],
  ["e-mail zero-width", { email: "a\u200b@example.com" }],
  ["e-mail newline", { email: "a@example.com\nBcc: b@example.com" }],
  [
    "e-mail 256 characters",
    { email: `${"a".repeat(60)}@${`${"b".repeat(60)}.`.repeat(3)}${"c".repeat(30)}.com` },
  ],
  ["password missing", { password: undefined }],
  ["password empty", { password: "" }],
  ["password short", { password: "Ab1!xyz" }],
  ["password 73 bytes", { password: `Aa1!${"x".repeat(69)}` }],
  ["password 25 four-byte characters", { password: `Aa1!${"😀".repeat(18)}` }],
  ["password with NUL", { password: "Correct\0Horse-7" }],
  ["password lone surrogate", { password: "Correct-Horse-7\ud800" }],
  ["password array", { password: [PASSWORD] }],
  ["password object", { password: { length: 20 } }],
  ["password number", { password: 1234567890123 }],
  ["password the e-mail", { email: "Ab1!@example.com", password: "Ab1!@example.com" }],
];

describe("refusals at every HTTP door", () => {
  let installation: Installation;
  let base: string;
  beforeAll(async () => {
    installation = await startInstallation({
      env: { ALLOW_BOOTSTRAP: "true", ADMIN_SIGNUP_SECRET: SECRET },
    });
    base = installation.baseUrl;
  });
  // Tests that try wrong keys shall not make the next one wait.
  beforeEach(() => installation.sql("DELETE FROM rate_limits"));
  afterAll(async () => {
    // Nothing of all this was stored, and the installation is still open.
    expect(await installation.sql("SELECT count(*)::int AS n FROM users")).toEqual([{ n: 0 }]);
    expect((await get(base, "/v1/auth/status")).json).toEqual({ needsSetup: true });
    expect(installation.logs()).not.toContain(PASSWORD);
    await installation.stop();
  });

  for (const door of DOORS) {
    describe(door.path, () => {
      test.each(["GET", "PUT", "PATCH", "DELETE", "OPTIONS"])(
        "%s is 405 with Allow",
        async (method) => {
          const answer = await call(base, method, door.path);
          expect(answer.status).toBe(405);
          expect(answer.headers.get("allow")).toBe("POST");
        },
      );

      test.each([
        ["no content type", "text/plain", 415],
        ["form", "application/x-www-form-urlencoded", 415],
        ["other charset", "application/json; charset=latin1", 415],
      ])("%s", async (_name, type, status) => {
        const headers = { "content-type": type };
        const answer = await post(base, door.path, JSON.stringify(door.body), headers);
        expect(answer.status).toBe(status);
        expect(answer.headers.get("cache-control")).toBe("no-store");
      });

      test("broken JSON and invalid UTF-8 are 400", async () => {
        expect((await post(base, door.path, '{"email":')).status).toBe(
          door.path.includes("signup") ? 401 : 400,
        );
        const bytes = new Uint8Array([0x7b, 0x22, 0xff, 0x22, 0x7d]);
        expect((await post(base, door.path, bytes)).status).toBe(
          door.path.includes("signup") ? 401 : 400,
        );
      });

      test("a body over 16 KiB is 413", async () => {
        const body = { ...door.body, padding: "x".repeat(1_000_000) };
        expect((await post(base, door.path, body)).status).toBe(413);
      });

      test("another origin is 403", async () => {
        for (const headers of [
          { origin: "https://evil.example" },
          { origin: "null" },
          { "sec-fetch-site": "cross-site" },
          { origin: "http://localhost" },
        ]) {
          const answer = await post(base, door.path, door.body, headers);
          expect(answer.status).toBe(403);
          expect(JSON.stringify(answer.json)).toContain("CROSS_SITE");
        }
      });

      test.each(["null", "[]", "7", '"text"', "[".repeat(8000)])("body %#", async (body) => {
        const answer = await post(base, door.path, body);
        expect([400, 401, 422]).toContain(answer.status);
      });

      test.each(BAD_FIELDS)("%s", async (_name, fields) => {
        const answer = await post(base, door.path, { ...door.body, ...fields });
        expect(answer.status).toBe(door.invalid);
        expect(answer.text).not.toContain(PASSWORD);
      });
    });
  }

  test("someone from elsewhere needs the setup token, at every door but the one with a secret", async () => {
    for (const { path, body } of DOORS.filter((door) => !door.path.includes("signup"))) {
      const missing = await post(base, path, body, FROM_ELSEWHERE);
      expect(missing.status).toBe(401);
      expect(missing.json.code).toBe("SETUP_TOKEN_REQUIRED");
      const wrong = await post(base, path, body, { ...FROM_ELSEWHERE, "x-setup-token": "wrong" });
      expect(wrong.status).toBe(403);
      expect(wrong.json.code).toBe("SETUP_TOKEN_INVALID");
    }
  });

  test("the published messages of door 3", async () => {
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

  test("door 2 and 4 have their own words", async () => {
    const { json } = await post(base, "/v1/auth/setup", {
      email: "a@example.com",
      password: PASSWORD,
    });
    expect(json.code).toBe("VALIDATION_FAILED");
    expect(Object.keys(json.errors)).toEqual(["first_name", "last_name"]);
    const signup = { email: "a@example.com", secretKey: SECRET };
    const plain = await post(base, "/auth/admin/signup", { ...signup, password: "nospecial1A" });
    expect(plain.json).toMatchObject({
      statusCode: 400,
      error: "Bad Request",
      code: "VALIDATION_FAILED",
    });
    for (const metadata of [
      [],
      "text",
      { a: { b: { c: { d: { e: { f: 1 } } } } } },
      { text: "x".repeat(5000) },
      JSON.parse('{"__proto__":{"role":"x"}}'),
      { constructor: 1 },
    ]) {
      const body = JSON.stringify({ ...signup, password: PASSWORD, metadata: "M" }).replace(
        '"M"',
        JSON.stringify(metadata),
      );
      expect((await post(base, "/auth/admin/signup", body)).status).toBe(400);
    }
  });

  test("Idempotency-Key must be 8 to 128 printable characters", async () => {
    const headers = { "idempotency-key": "short" };
    const answer = await post(base, "/v1/auth/setup", DOORS[1].body, headers);
    expect(answer.status).toBe(400);
    expect(answer.json.code).toBe("IDEMPOTENCY_KEY_INVALID");
  });
});

describe("doors that configuration shuts", () => {
  let installation: Installation;
  beforeAll(async () => {
    installation = await startInstallation();
  });
  afterAll(() => installation.stop());

  test("bootstrap is disabled in production, signup without a secret", async () => {
    const base = installation.baseUrl;
    const bootstrap = await post(base, "/api/auth/bootstrap", DOORS[0].body);
    expect(bootstrap.status).toBe(403);
    expect(bootstrap.json).toEqual({
      message: "Bootstrap is disabled",
      code: "BOOTSTRAP_DISABLED",
    });
    const signup = await post(base, "/auth/admin/signup", { ...DOORS[3].body, secretKey: "" });
    expect(signup.status).toBe(401);
    expect(signup.json.code).toBe("INVALID_SECRET_KEY");
  });
});
