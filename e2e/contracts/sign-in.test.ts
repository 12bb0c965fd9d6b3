import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { bearer, call, get, post } from "../support/http";
import { type Installation, startInstallation } from "../support/installation";

const ADMIN = { name: "Ada", email: "ada@example.com", password: "SecurePass123" };
const BOB = { name: "Bob", email: "bob@example.com", password: "SecurePass456" };

describe("sessions and tokens", () => {
  let installation: Installation;
  let base: string;
  let apiToken: string;
  let bobId: string;

  beforeAll(async () => {
    installation = await startInstallation();
    base = installation.baseUrl;
    apiToken = (await post(base, "/api/auth/initialize", ADMIN)).json.access_token;
    const body = { ...BOB, role: "predefined_user" };
    bobId = (await post(base, "/v1/users", body, bearer(apiToken))).json.id;
  });
  beforeEach(() => installation.sql("DELETE FROM rate_limits"));
  afterAll(() => installation.stop());

  const login = (who: { email: string; password: string }) => post(base, "/api/auth/login", who);
  const me = (token: string) => get(base, "/v1/auth/me", bearer(token));
  const patchBob = (changes: unknown) =>
    call(base, "PATCH", `/v1/users/${bobId}`, { body: changes, headers: bearer(apiToken) });
  const cookieOf = (answer: Awaited<ReturnType<typeof login>>) => ({
    cookie: answer.headers.get("set-cookie")?.split(";")[0] ?? "",
  });

  test.each([
    ["alg none", "eyJhbGciOiJub25lIiwidHlwIjoiSldUIn0.eyJzdWIiOiJ4In0."],
    ["garbage", "abc.def.ghi"],
    ["no token", ""],
    ["unknown API token", `99|${"x".repeat(43)}`],
    ["API token of another secret", `1|${"x".repeat(43)}`],
    ["huge id", `99999999999999|${"x".repeat(43)}`],
  ])("%s is 401 with WWW-Authenticate", async (_name, token) => {
    const answer = await me(token);
    expect(answer.status).toBe(401);
    expect(answer.headers.get("www-authenticate")).toBe("Bearer");
    expect(answer.headers.get("content-type")).toBe("application/problem+json");
    expect(answer.json).toMatchObject({ status: 401, code: "UNAUTHENTICATED" });
  });

  test("an edited claim and a foreign signature are refused", async () => {
    const { accessToken } = (await login(ADMIN)).json;
    const [header, payload, signature] = accessToken.split(".");
    const claims = JSON.parse(Buffer.from(payload, "base64url").toString());
    const edited = Buffer.from(JSON.stringify({ ...claims, exp: claims.exp + 9999 })).toString(
      "base64url",
    );
    expect((await me(`${header}.${edited}.${signature}`)).status).toBe(401);
    expect((await me(`${header}.${payload}.${"A".repeat(43)}`)).status).toBe(401);
    expect((await me(accessToken)).status).toBe(200);
  });

  test.each([
    ["disabled", { status: "disabled" }, { status: "active" }],
    ["demoted or promoted", { role: "predefined_super_admin" }, { role: "predefined_user" }],
  ])(
    "a user who is %s loses every session at once, and coming back does not revive it",
    async (_n, change, back) => {
      const signedIn = await login(BOB);
      expect((await me(signedIn.json.accessToken)).status).toBe(200);
      expect((await patchBob(change)).status).toBe(200);
      expect((await me(signedIn.json.accessToken)).status).toBe(401);
      expect((await post(base, "/api/auth/refresh", undefined, cookieOf(signedIn))).status).toBe(
        401,
      );
      expect((await patchBob(back)).status).toBe(200);
      expect((await me(signedIn.json.accessToken)).status).toBe(401);
      expect((await login(BOB)).status).toBe(200);
    },
  );

  test("a disabled user hears what an unknown one hears", async () => {
    await patchBob({ status: "disabled" });
    const disabled = await login(BOB);
    const unknown = await login({ email: "nobody@example.com", password: BOB.password });
    expect(disabled.status).toBe(401);
    expect(disabled.text).toBe(unknown.text);
    await patchBob({ status: "active" });
  });

  test("20 parallel refreshes leave one live branch; a used token ends the family", async () => {
    const signedIn = await login(BOB);
    const refresh = (cookie: Record<string, string>) =>
      post(base, "/api/auth/refresh", undefined, cookie);
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => refresh(cookieOf(signedIn))),
    );
    expect(new Set(answers.map((answer) => answer.status))).toEqual(new Set([200]));
    const live = `SELECT count(*)::int AS n FROM refresh_tokens t JOIN sessions s ON s.id = t.session_id
      WHERE t.state = 'live' AND s.ended_at IS NULL AND s.user_id = '${bobId}'`;
    const before = await installation.sql(live);
    const working = (await Promise.all(answers.map((answer) => refresh(cookieOf(answer))))).filter(
      (answer) => answer.status === 200,
    );
    expect(working.length).toBeLessThanOrEqual(1);
    expect(before.length).toBe(1);
    expect((await refresh(cookieOf(signedIn))).status).toBe(401);
    expect((await me(signedIn.json.accessToken)).status).toBe(401);
  });

  test("a lost reply may be asked for again", async () => {
    const signedIn = await login(ADMIN);
    const lost = await post(base, "/api/auth/refresh", undefined, cookieOf(signedIn));
    const retried = await post(base, "/api/auth/refresh", undefined, cookieOf(signedIn));
    expect(retried.status).toBe(200);
    expect((await post(base, "/api/auth/refresh", undefined, cookieOf(retried))).status).toBe(200);
    expect((await post(base, "/api/auth/refresh", undefined, cookieOf(lost))).status).toBe(401);
  });

  test("wrong guesses are counted before hashing: parallel ones do not all get a try", async () => {
    const wrong = { email: BOB.email, password: "not it" };
    const answers = await Promise.all(Array.from({ length: 60 }, () => login(wrong)));
    expect(answers.filter((answer) => answer.status === 401).length).toBeLessThanOrEqual(10);
    const limited = answers.filter((answer) => answer.status === 429);
    expect(limited.length).toBeGreaterThanOrEqual(50);
    expect(Number(limited[0]?.headers.get("retry-after"))).toBeGreaterThan(0);
    expect((await login(ADMIN)).status).toBe(200);
  });

  test.each([
    ["array", { email: ["a"], password: "x" }],
    ["object", { email: { not: "" }, password: "x" }],
    ["missing", {}],
    ["null", null],
    ["long", { email: "a@example.com", password: "x".repeat(2000) }],
  ])("login with %s is 400", async (_name, body) => {
    const answer = await post(base, "/api/auth/login", body);
    expect(answer.status).toBe(400);
    expect(answer.json.code).toBe("VALIDATION_FAILED");
  });

  test("a dump of the database holds no usable token", async () => {
    const signedIn = await login(ADMIN);
    const tables = [
      "users",
      "sessions",
      "refresh_tokens",
      "api_tokens",
      "idempotency_keys",
      "audit_events",
    ];
    for (const table of tables) {
      const dump = JSON.stringify(await installation.sql(`SELECT * FROM ${table}`));
      for (const secret of [
        apiToken.split("|")[1] ?? "",
        signedIn.json.accessToken,
        cookieOf(signedIn).cookie.split("=")[1] ?? "",
        ADMIN.password,
      ]) {
        expect(dump).not.toContain(secret);
      }
    }
  });

  test("nothing secret is in the log", () => {
    const logs = installation.logs();
    for (const secret of [
      ADMIN.password,
      BOB.password,
      apiToken.split("|")[1] ?? "",
      "eyJ",
      "$2b$",
    ]) {
      expect(logs).not.toContain(secret);
    }
  });

  test("logout from another site changes nothing", async () => {
    const signedIn = await login(ADMIN);
    const headers = { ...cookieOf(signedIn), origin: "https://evil.example" };
    expect((await post(base, "/api/auth/logout", undefined, headers)).status).toBe(403);
    expect((await call(base, "GET", "/api/auth/logout")).status).toBe(405);
    expect((await me(signedIn.json.accessToken)).status).toBe(200);
  });
});
