import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { encodeForm } from "../support/form";
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

      test("any spelling of JSON in UTF-8 is read", async () => {
        for (const type of [
          "application/json;",
          "application/json; charset=utf8",
          'Application/JSON;charset="UTF-8"; version=1',
        ]) {
          const answer = await post(
            base,
            door.path,
            { secretKey: SECRET },
            { "content-type": type },
          );
          expect(answer.status).toBe(door.invalid);
        }
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

  describe("below the prefix of an API there are no pages", () => {
    const SHAPES = {
      v1: { code: "NOT_FOUND", status: 404, title: "Not Found" },
      api: { code: "NOT_FOUND", message: expect.any(String) },
      auth: { code: "NOT_FOUND", statusCode: 404, error: "Not Found" },
      health: { code: "NOT_FOUND", status: 404 },
    };
    const METHODS = ["GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "PROPFIND"];

    test.each(Object.entries(SHAPES))(
      "/%s: JSON 404 for what is not there",
      async (family, shape) => {
        for (const rest of ["", "/nope", "/nope/at/all.json", "/auth/setup/nope", "/users/1/2/3"]) {
          for (const method of METHODS) {
            const answer = await installation.raw(method, `/${family}${rest}`);
            expect([method, rest, answer.status]).toEqual([method, rest, 404]);
            expect(answer.json).toMatchObject(shape);
            expect(answer.headers.get("content-type")).toContain("json");
            expect(answer.headers.get("cache-control")).toBe("no-store");
          }
        }
      },
    );

    test("an unknown method of what is there is 405 with Allow", async () => {
      for (const method of ["PUT", "OPTIONS", "TRACE", "PROPFIND"]) {
        const answer = await installation.raw(method, "/v1/auth/status");
        expect([answer.status, answer.headers.get("allow")]).toEqual([405, "GET, HEAD"]);
        expect(answer.json.code).toBe("METHOD_NOT_ALLOWED");
      }
    });

    test.each([
      ...["/v1/nope", "/api/nope", "/auth/nope", "/health/nope", "/v1", "/V1/setup", "/v1;/setup"],
      ...["/v1/../setup", "/v1/./../setup", "/v1/%2e%2e/setup", "/v1/..%2fsetup", "/v1/..;/setup"],
      ...[
        "//v1/../setup",
        "/v1//nope",
        "/v1\\..\\setup",
        "/v1/%5c../setup",
        "/v1/%252e%252e/setup",
      ],
      ...[
        "/setup/../v1/nope",
        "/v1/nope#/../setup",
        "/api/../setup",
        "/auth/../setup",
        "/v1/nope%00",
      ],
    ])("%s runs no form and no action, wherever it comes from", async (target) => {
      const page = await get(base, "/setup");
      const typed = { name: "Eve", email: "eve@example.com", password: PASSWORD };
      const { body, type } = await encodeForm(page.text, "email", typed);
      const action = /\$ACTION_1:0" value="[^"]*id&quot;:&quot;([0-9a-f]+)/.exec(page.text)?.[1];
      expect(action).toMatch(/^[0-9a-f]{42}$/);
      for (const headers of [
        { "content-type": type },
        { "content-type": type, origin: "https://evil.example" },
        { "content-type": type, "next-action": action ?? "" },
        { "content-type": type, "next-action": action ?? "", rsc: "1" },
      ]) {
        const answer = await installation.raw("POST", target, headers, body);
        expect([308, 400, 404]).toContain(answer.status);
        expect(answer.json?.code).toMatch(/^(NOT_FOUND|MOVED|BAD_REQUEST)$/);
      }
      expect(await installation.sql("SELECT count(*)::int AS n FROM users")).toEqual([{ n: 0 }]);
    });

    test("doubled slashes and one at the end lead to the path that is meant", async () => {
      for (const target of [
        "//v1/auth/status?x=1",
        "/v1//auth/status/?x=1",
        "/%761/auth/status?x=1",
      ]) {
        const answer = await installation.raw("GET", target);
        expect([answer.status, answer.headers.get("location")]).toEqual([
          308,
          "/v1/auth/status?x=1",
        ]);
      }
      const elsewhere = await installation.raw("GET", "//evil.example/%2e");
      expect(elsewhere.status).toBe(404);
      const page = await installation.raw("GET", "//evil.example//x");
      expect(page.headers.get("location")).toBe("/evil.example/x");
    });
  });

  describe("a server action called with what no page sends", () => {
    const send = async (headers: Record<string, string>, body: string | Uint8Array) => {
      const length = String(Buffer.byteLength(body));
      const all = { ...headers, "content-length": length };
      const answer = await installation.raw("POST", "/setup", all, body);
      const sent = `${JSON.stringify(headers)} ${Buffer.from(body).toString("latin1").slice(0, 200)}`;
      expect(answer.status, sent).toBeGreaterThanOrEqual(400);
      expect(answer.status, sent).toBeLessThan(500);
    };

    test("is 4xx and no bug of ours", async () => {
      const { text } = await get(base, "/setup");
      const action = /\$ACTION_1:0" value="[^"]*id&quot;:&quot;([0-9a-f]+)/.exec(text)?.[1] ?? "";
      const other = /\$ACTION_ID_([0-9a-f]{42})/.exec(text)?.[1] ?? "";
      expect([action, other].join()).toMatch(/^[0-9a-f]{42},[0-9a-f]{42}$/);
      const plain = { "content-type": "text/plain;charset=UTF-8" };
      for (const id of [action, other]) {
        for (const body of [
          "[]",
          "[null]",
          "[null,null]",
          '["$K1"]',
          '["$F1"]',
          "{",
          "",
          "[".repeat(500),
        ]) {
          await send({ ...plain, "next-action": id }, body);
        }
        await send({ ...plain, "next-action": id }, "x".repeat(1_000_000));
      }
      for (const id of ["0".repeat(42), "x", "toString", "__proto__", "", `${action}0`]) {
        await send({ ...plain, "next-action": id }, "[]");
      }

      const typed = { name: "Eve", email: "eve@example.com", password: PASSWORD };
      const { body, type } = await encodeForm(text, "email", typed);
      const form = Buffer.from(body).toString("latin1");
      const changed = (from: string | RegExp, to: string) =>
        Buffer.from(form.replaceAll(from, to), "latin1");
      await send({ "content-type": "multipart/form-data; boundary=another" }, body);
      await send(
        { "content-type": "multipart/form-data; boundary=another", "next-action": action },
        body,
      );
      await send({ "content-type": type, "next-action": other }, body);
      await send({ "content-type": type }, changed(action, "0".repeat(42)));
      await send({ "content-type": type }, changed(action, other));
      await send({ "content-type": type }, changed('[{"kind":"idle"}]', "["));
      await send({ "content-type": type }, changed('[{"kind":"idle"}]', "[]"));
      await send({ "content-type": type }, body.slice(0, body.length / 2));
      // The framework asks for another address first, which keeps caches apart.
      const tree = { rsc: "1", "next-router-state-tree": "x" };
      const led = (await installation.raw("GET", "/setup", tree)).headers.get("location") ?? "";
      const { pathname, search } = new URL(led, base);
      expect((await installation.raw("GET", pathname + search, tree)).status).toBe(400);
      expect(installation.logs()).not.toMatch(/page failed|"level":"error"/);
    });
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
