import { existsSync } from "node:fs";
import { readFile, stat } from "node:fs/promises";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { bearer, FROM_ELSEWHERE, get, post } from "../support/http";
import { type Installation, startInstallation } from "../support/installation";

const BODY = {
  email: "owner@example.com",
  password: "a long enough passphrase",
  first_name: "O",
  last_name: "Wner",
};

describe("the setup token", () => {
  let installation: Installation;
  let base: string;
  let token: string;
  beforeAll(async () => {
    installation = await startInstallation();
    base = installation.baseUrl;
    token = await installation.setupToken();
  });
  afterAll(() => installation.stop());

  const claim = (headers: Record<string, string>, body: unknown = BODY) =>
    post(base, "/v1/auth/setup", body, headers);

  test("lies in a private file, as a digest in the database, and once in the log as a link", async () => {
    expect(token).toMatch(/^[A-Za-z0-9_-]{43}$/);
    const file = path.join(installation.dataDir, "setup-token");
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    expect((await readFile(file, "utf8")).trim()).toBe(token);
    const rows = await installation.sql("SELECT * FROM setup_token");
    expect(JSON.stringify(rows)).not.toContain(token);
    expect(installation.logs().split(token).length - 1).toBe(1);
    expect(installation.logs()).toContain(`/setup#token=${token}`);
  });

  test("opens no door that configuration shuts: bootstrap in production, signup without a secret", async () => {
    const key = { "x-setup-token": token };
    const bootstrap = await post(base, "/api/auth/bootstrap", BODY, key);
    expect(bootstrap.status).toBe(403);
    expect(bootstrap.json).toEqual({
      message: "Bootstrap is disabled",
      code: "BOOTSTRAP_DISABLED",
    });
    for (const headers of [{}, key]) {
      const body = { ...BODY, password: "SecurePassword123!", secretKey: "" };
      const signup = await post(base, "/auth/admin/signup", body, headers);
      expect(signup.status).toBe(401);
      expect(signup.json.code).toBe("INVALID_SECRET_KEY");
    }
  });

  test.each([
    ["x-forwarded-for", { "x-forwarded-for": "127.0.0.1" }],
    ["x-forwarded-host", { "x-forwarded-host": "localhost" }],
    ["forwarded", { forwarded: "for=127.0.0.1" }],
    ["x-real-ip", { "x-real-ip": "127.0.0.1" }],
    ["via", { via: "1.1 proxy" }],
    ["cf-connecting-ip", { "cf-connecting-ip": "127.0.0.1" }],
  ])("a request with %s is no direct loopback", async (_name, headers) => {
    expect((await claim(headers)).status).toBe(401);
  });

  test("another Host is no direct loopback, whatever the origin says", async () => {
    for (const host of ["example.com", "localhost.evil.example", "127.0.0.1.nip.io", "0.0.0.0"]) {
      expect((await installation.rawPost("/v1/auth/setup", BODY, { host })).status).toBe(401);
      const origin = `http://${host}`;
      const answer = await installation.rawPost("/v1/auth/setup", BODY, { host, origin });
      expect(answer.status).toBe(401);
    }
  });

  test.each([
    ["wrong", "wrong"],
    ["other length", "x".repeat(500)],
    ["a list", "a, b"],
    ["JSON", '["a"]'],
  ])("%s is 403", async (_name, value) => {
    const answer = await claim({ ...FROM_ELSEWHERE, "x-setup-token": value });
    expect(answer.status).toBe(403);
    expect(answer.json.code).toBe("SETUP_TOKEN_INVALID");
  });

  test("a failed claim does not burn it; the right one opens; the second is told", async () => {
    const headers = { ...FROM_ELSEWHERE, "x-setup-token": token };
    expect((await claim(headers, { ...BODY, email: "nope" })).status).toBe(400);
    const created = await claim(headers);
    expect(created.status).toBe(201);
    expect((await claim(headers)).json.code).toBe("ALREADY_SET_UP");

    const [row] = await installation.sql("SELECT * FROM installation");
    expect(row).toMatchObject({ door: "setup", wrong_tokens: 4, wrong_addresses: ["127.0.0.1"] });
    expect(await installation.sql("SELECT * FROM setup_token")).toEqual([]);
    expect(existsSync(path.join(installation.dataDir, "setup-token"))).toBe(false);
    const me = await get(base, "/v1/auth/me", bearer(created.json.accessToken));
    expect(me.json.email).toBe(BODY.email);
  });

  test("no answer and no log line gives it away", async () => {
    for (const path of ["/v1/auth/status", "/setup", "/login", "/health/ready"]) {
      expect((await get(base, path)).text).not.toContain(token);
    }
    expect(installation.logs().split(token).length - 1).toBe(1);
  });
});

describe("SETUP_TOKEN", () => {
  test("required: on loopback too; a flood of wrong ones has to wait; kept across restarts", async () => {
    const first = await startInstallation({ env: { SETUP_TOKEN: "required" } });
    const token = await first.setupToken();
    expect((await post(first.baseUrl, "/v1/auth/setup", BODY)).status).toBe(401);
    await first.stop({ keepData: true });

    const again = await startInstallation({
      env: { SETUP_TOKEN: "required" },
      dataDir: first.dataDir,
    });
    try {
      expect(await again.setupToken()).toBe(token);
      const wrong = { "x-setup-token": "wrong" };
      const answers = await Promise.all(
        Array.from({ length: 200 }, () => post(again.baseUrl, "/v1/auth/setup", BODY, wrong)),
      );
      const statuses = new Set(answers.map((answer) => answer.status));
      expect([...statuses].sort()).toEqual([403, 429]);
      const limited = answers.find((answer) => answer.status === 429);
      expect(limited?.json.code).toBe("RATE_LIMITED");
      expect(Number(limited?.headers.get("retry-after"))).toBeGreaterThan(0);
      expect(answers.filter((answer) => answer.status === 403).length).toBeLessThanOrEqual(10);
      expect((await get(again.baseUrl, "/v1/auth/status")).json).toEqual({ needsSetup: true });
    } finally {
      await again.stop();
    }
  });

  test("a value from outside opens; extra fields are ignored, never stored, never applied", async () => {
    const value = "an-operators-own-setup-token";
    const env = { SETUP_TOKEN: value, PASSWORD_HASH: "" }; // the default
    const installation = await startInstallation({ env });
    try {
      const headers = { ...FROM_ELSEWHERE, "x-setup-token": value };
      const body = JSON.stringify({
        ...BODY,
        id: "00000000-0000-4000-8000-000000000000",
        role: "predefined_user",
        createdAt: "1999-01-01T00:00:00.000Z",
        isActive: false,
        status: "disabled",
        passwordHash: "x",
        number: 99,
        constructor: { prototype: { role: "x" } },
      }).replace("{", '{"__proto__":{"isAdmin":true,"role":"x"},');
      const answer = await post(installation.baseUrl, "/v1/auth/setup", body, headers);
      expect(answer.status).toBe(201);
      const [row] = await installation.sql(
        "SELECT u.*, r.slug FROM users u JOIN roles r ON r.id = u.role_id",
      );
      expect(row).toMatchObject({ slug: "predefined_super_admin", status: "active", number: 1 });
      expect(row?.["id"]).not.toBe("00000000-0000-4000-8000-000000000000");
      expect(row?.["password_hash"]).toMatch(/^\$2b\$10\$/);
    } finally {
      await installation.stop();
    }
  });
});

describe("Idempotency-Key", () => {
  test("the same key and body replays the success, another body is refused", async () => {
    const installation = await startInstallation();
    const base = installation.baseUrl;
    try {
      const key = { "idempotency-key": "c9a2d9e0-0001" };
      const send = (body: unknown = BODY) => post(base, "/v1/auth/setup", body, key);
      const [a, b] = await Promise.all([send(), send()]);
      const c = await send();
      for (const answer of [a, b, c]) {
        expect(answer?.status).toBe(201);
        expect(answer?.json.user).toEqual(c.json.user);
      }
      expect(new Set([a, b, c].map((answer) => answer?.json.accessToken)).size).toBe(3);
      const other = await send({ ...BODY, last_name: "Else" });
      expect(other.status).toBe(422);
      expect(other.json.code).toBe("IDEMPOTENCY_KEY_REUSED");
      expect(await installation.sql("SELECT count(*)::int AS n FROM users")).toEqual([{ n: 1 }]);

      const opens = async (answer: typeof c) =>
        (await get(base, "/v1/auth/me", bearer(answer.json.accessToken))).status;
      // Only the last answer counts: whoever has an earlier one has nothing.
      expect([await opens(a), await opens(b), await opens(c)]).toEqual([401, 401, 200]);
      expect((await post(base, "/v1/auth/login", BODY)).status).toBe(200);
      const late = await send();
      expect(late.status).toBe(403);
      expect(late.json.code).toBe("ALREADY_SET_UP");
      expect(await opens(c)).toBe(200);
    } finally {
      await installation.stop();
    }
  });

  describe("is for a lost answer, not a way to sign in", () => {
    const secretKey = "a-very-secret-signup-key-for-tests";
    let installation: Installation;
    let base: string;
    beforeAll(async () => {
      installation = await startInstallation({
        claimed: true,
        env: { ADMIN_SIGNUP_SECRET: secretKey },
      });
      base = installation.baseUrl;
    });
    afterAll(() => installation.stop());

    let count = 0;
    /** An administrator made after the claim, at door 4, under a key of its own. */
    async function another() {
      count += 1;
      const email = `another-${count}@example.com`;
      const body = { email, password: "SecurePassword123!", secretKey };
      const headers = { "idempotency-key": `another-key-${count}` };
      const send = (more: object = {}) =>
        post(base, "/auth/admin/signup", { ...body, ...more }, headers);
      const sql = (text: string) => installation.sql(text.replaceAll("$email", `'${email}'`));
      return { body, send, sql };
    }

    test("door 4 honours it after the claim, also of 20 at once", async () => {
      const { body, send, sql } = await another();
      const answers = await Promise.all(Array.from({ length: 20 }, () => send()));
      expect(new Set(answers.map(({ status, json }) => `${status} ${json.admin?.id}`)).size).toBe(
        1,
      );
      expect(answers[0]?.status).toBe(201);
      expect(answers[0]?.json.admin.email).toBe(body.email);
      expect(await sql("SELECT count(*)::int AS n FROM users WHERE email = $email")).toEqual([
        { n: 1 },
      ]);
      expect((await send({ name: "Else" })).status).toBe(422);
      expect((await send({ secretKey: "another" })).json.code).toBe("INVALID_SECRET_KEY");
    });

    const of = "WHERE email = $email";
    const id = `(SELECT id FROM users ${of})`;
    const role = (slug: string) =>
      `UPDATE users SET role_id = (SELECT id FROM roles WHERE slug = '${slug}') ${of}`;
    test.each([
      ["signed in otherwise", null, `UPDATE users SET last_login_at = NULL ${of}`],
      [
        "got another password",
        `UPDATE users SET password_hash = '$2b$10$' || repeat('x', 53) ${of}`,
        null,
      ],
      [
        "was disabled",
        `UPDATE users SET status = 'disabled' ${of}`,
        `UPDATE users SET status = 'active' ${of}`,
      ],
      ["lost its role", role("predefined_user"), role("predefined_super_admin")],
      [
        "got an authenticator app",
        `INSERT INTO totp_factors (user_id, secret, confirmed_at) VALUES (${id}, 'x', now())`,
        `DELETE FROM totp_factors WHERE user_id = ${id}`,
      ],
      [
        "got a passkey",
        `INSERT INTO passkeys (id, user_id, name, public_key) VALUES (md5($email), ${id}, 'x', '')`,
        `DELETE FROM passkeys WHERE user_id = ${id}`,
      ],
      ["was deleted", `DELETE FROM users ${of}`, null],
    ])("ends for good when the account %s", async (_name, change, back) => {
      const { body, send, sql } = await another();
      const first = await send();
      expect(first.status).toBe(201);
      expect((await send()).json).toEqual(first.json);
      if (change === null) expect((await post(base, "/api/auth/login", body)).status).toBe(200);
      else await sql(change);
      const [before] = await sql("SELECT count(*)::int AS n FROM users");
      for (const undo of [null, back]) {
        if (undo !== null) await sql(undo);
        const late = await send();
        expect(late.status).toBe(409);
        expect(late.json.code).toBe("ADMIN_USER_EXISTS");
      }
      expect(await sql("SELECT count(*)::int AS n FROM users")).toEqual([before]);
    });

    test("nor a place to guess the password", async () => {
      const { send } = await another();
      expect((await send()).status).toBe(201);
      const guesses = [];
      for (let i = 0; i < 25; i++) guesses.push((await send({ password: `Guess-${i}!` })).status);
      expect(guesses).toEqual([...Array(20).fill(422), ...Array(5).fill(429)]);
    });

    test("nor by many guesses at once", async () => {
      const { send } = await another();
      expect((await send()).status).toBe(201);
      const guesses = await Promise.all(
        Array.from({ length: 40 }, (_, i) => send({ password: `Guess-${i}!` })),
      );
      const looked = guesses.filter(({ status }) => status === 422);
      expect(looked.length).toBeLessThanOrEqual(20);
      expect(new Set(guesses.map(({ status }) => status))).toEqual(new Set([422, 429]));
    });
  });
});
