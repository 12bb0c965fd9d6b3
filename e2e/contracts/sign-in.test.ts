import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { apiToken, claimed } from "../support/claimed";
import { bearer, call, get, post } from "../support/http";
import type { Installation } from "../support/installation";
import { OWNER } from "../support/owner";
import { type Shared, sharedClaimed } from "../support/shared-claimed";

const BOB = { name: "Bob", email: "bob@example.com", password: "SecurePass456" };

describe("sessions and tokens", () => {
  let installation: Shared;
  let base: string;
  let token: string;
  let bobId: string;

  beforeAll(async () => {
    installation = await sharedClaimed();
    base = installation.baseUrl;
    token = await apiToken(installation);
    const body = { ...BOB, role: "predefined_user" };
    bobId = (await post(base, "/v1/users", body, bearer(token))).json.id;
  });
  beforeEach(() => installation.sql("DELETE FROM rate_limits"));

  const login = (who: { email: string; password: string }) => post(base, "/api/auth/login", who);
  const me = (token: string) => get(base, "/v1/auth/me", bearer(token));
  const patchBob = (changes: unknown) =>
    call(base, "PATCH", `/v1/users/${bobId}`, { body: changes, headers: bearer(token) });
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
    const { accessToken } = (await login(OWNER)).json;
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

  test.each([
    ["past its absolute lifetime", "expires_at = now() - interval '1 second'"],
    ["unused for longer than allowed", "last_seen_at = now() - interval '15 days'"],
    ["ended", "ended_at = now()"],
  ])("a session that is %s opens and refreshes nothing", async (_name, change) => {
    const answer = await login(BOB);
    const refresh = () => post(base, "/api/auth/refresh", undefined, cookieOf(answer));
    const listed = async () =>
      (await get(base, `/v1/users/${bobId}/sessions`, bearer(token))).json.data.length;
    const before = await listed();
    expect((await me(answer.json.accessToken)).status).toBe(200);
    await installation.sql(
      `UPDATE sessions SET ${change} WHERE id = (SELECT id FROM sessions ORDER BY created_at DESC LIMIT 1)`,
    );
    expect((await me(answer.json.accessToken)).status).toBe(401);
    expect((await refresh()).status).toBe(401);
    expect(await listed()).toBe(before - 1);
  });

  test("a lost reply may be asked for again", async () => {
    const signedIn = await login(OWNER);
    const lost = await post(base, "/api/auth/refresh", undefined, cookieOf(signedIn));
    const retried = await post(base, "/api/auth/refresh", undefined, cookieOf(signedIn));
    expect(retried.status).toBe(200);
    expect((await post(base, "/api/auth/refresh", undefined, cookieOf(retried))).status).toBe(200);
    expect((await post(base, "/api/auth/refresh", undefined, cookieOf(lost))).status).toBe(401);
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

  test("nothing secret is in the log", () => {
    const logs = installation.logs();
    for (const secret of [
      OWNER.password,
      BOB.password,
      token.split("|")[1] ?? "",
      "eyJ",
      "$2b$",
      "$argon2id$",
    ]) {
      expect(logs).not.toContain(secret);
    }
  });

  test("everybody sees and ends their own sessions; nobody those of others", async () => {
    const [one, two] = [await login(BOB), await login(BOB)];
    const asOne = bearer(one.json.accessToken);
    const listed = await get(base, `/v1/users/${bobId}/sessions`, asOne);
    expect(listed.status).toBe(200);
    const current = listed.json.data.filter((session: { current: boolean }) => session.current);
    expect(current.length).toBe(1);
    const admin = (await login(OWNER)).json;
    expect((await get(base, `/v1/users/${admin.user.id}/sessions`, asOne)).status).toBe(403);
    const adminSession = (await get(base, `/v1/users/${admin.user.id}/sessions`, bearer(token)))
      .json.data[0].id;
    const end = (id: string) => call(base, "DELETE", `/v1/sessions/${id}`, { headers: asOne });
    expect((await end(adminSession)).status).toBe(404);
    expect((await end("nope")).status).toBe(404);
    expect((await end(current[0].id)).status).toBe(204);
    expect((await me(one.json.accessToken)).status).toBe(401);
    expect((await me(two.json.accessToken)).status).toBe(200);
    await call(base, "DELETE", `/v1/users/${bobId}/sessions`, { headers: bearer(token) });
    expect((await me(two.json.accessToken)).status).toBe(401);
  });

  test("a password is changed by who knows it, and every session ends", async () => {
    const { accessToken } = (await login(BOB)).json;
    const change = (body: unknown) =>
      call(base, "PUT", "/v1/auth/password", { body, headers: bearer(accessToken) });
    const next = "another fine passphrase";
    expect((await change({ current: "wrong", next })).json.code).toBe("WRONG_PASSWORD");
    expect((await change({ current: BOB.password, next: "short" })).status).toBe(400);
    expect((await change({})).status).toBe(400);
    expect((await change({ current: BOB.password, next })).status).toBe(204);
    expect((await me(accessToken)).status).toBe(401);
    expect((await login(BOB)).status).toBe(401);
    const again = (await login({ ...BOB, password: next })).json.accessToken;
    const back = { current: next, next: BOB.password };
    await call(base, "PUT", "/v1/auth/password", { body: back, headers: bearer(again) });
  });

  test("the audit trail is for administrators, newest first, page by page", async () => {
    const asBob = bearer((await login(BOB)).json.accessToken);
    expect((await get(base, "/v1/audit", asBob)).status).toBe(403);
    const ids: number[] = [];
    for (let cursor = ""; ; ) {
      const page = await get(base, `/v1/audit?limit=7${cursor}`, bearer(token));
      expect(page.status).toBe(200);
      ids.push(...page.json.data.map((event: { id: number }) => event.id));
      if (page.json.nextCursor === null) break;
      cursor = `&cursor=${page.json.nextCursor}`;
    }
    expect(ids).toEqual(Array.from({ length: ids.length }, (_, i) => ids.length - i));
    for (const query of ["limit=0", "cursor=zzz", "actorId=nope", "search=%00"]) {
      expect((await get(base, `/v1/audit?${query}`, bearer(token))).status, query).toBe(400);
    }
  });

  test("logout from another site changes nothing", async () => {
    const signedIn = await login(OWNER);
    const headers = { ...cookieOf(signedIn), origin: "https://evil.example" };
    expect((await post(base, "/api/auth/logout", undefined, headers)).status).toBe(403);
    expect((await call(base, "GET", "/api/auth/logout")).status).toBe(405);
    expect((await me(signedIn.json.accessToken)).status).toBe(200);
  });

  // Last: the account that was guessed at has to wait afterwards, and so would every test behind it.
  test("wrong guesses are counted before hashing: parallel ones do not all get a try", async () => {
    const wrong = { email: BOB.email, password: "not it" };
    const answers = await Promise.all(Array.from({ length: 60 }, () => login(wrong)));
    expect(answers.filter((answer) => answer.status === 401).length).toBeLessThanOrEqual(10);
    const limited = answers.filter((answer) => answer.status === 429);
    expect(limited.length).toBeGreaterThanOrEqual(50);
    expect(Number(limited[0]?.headers.get("retry-after"))).toBeGreaterThan(0);
    // The last failure is counted when it has been answered: until then it is in flight, and the wait is short.
    const wait = async () => {
      const late = await login(BOB);
      expect(late.status).toBe(429);
      return Number(late.headers.get("retry-after"));
    };
    await expect.poll(wait).toBeGreaterThan(250);
    expect((await login(OWNER)).status).toBe(200);
    const blocked = () =>
      installation.sql(`
        SELECT actor_label, target_id FROM audit_events
        WHERE action = 'session.blocked' AND target_label = '${BOB.email}'`);
    await expect.poll(blocked).toEqual([{ actor_label: "sign-in limit", target_id: bobId }]);
  });

  test("who is refused by one limit uses up no other", async () => {
    const wrong = { email: BOB.email, password: "not it" };
    for (let wave = 0; wave < 2; wave++) {
      await Promise.all(Array.from({ length: 30 }, () => login(wrong)));
      // Carries along the failures that are still to be counted, and leaves none of its own.
      expect((await login(OWNER)).status).toBe(200);
    }
    // The right ones are taken back in a moment.
    const counters = () =>
      installation.sql(
        "SELECT split_part(key, ':', 1) AS limit, points FROM rate_limits WHERE points > 0 ORDER BY 1",
      );
    await expect.poll(counters).toMatchObject([
      { limit: "sign-in.account", points: 10 },
      // Those of the first wave that were in flight beyond the limit were told to come back, no more.
      { limit: "sign-in.client", points: 40 },
      { limit: "sign-in.pair", points: 10 },
    ]);
  });
});

describe("behind a proxy", () => {
  let installation: Installation;
  beforeAll(async () => {
    installation = await claimed({ env: { TRUSTED_PROXIES: "1" } });
  });
  afterAll(() => installation.stop());

  test("a sign-in from a new address and a new browser is unfamiliar, and no other", async () => {
    const from = (address: string, browser: string) =>
      post(installation.baseUrl, "/api/auth/login", OWNER, {
        "x-forwarded-for": address,
        "user-agent": browser,
      });
    await from("203.0.113.7", "A"); // the first one ever has nothing to be compared with
    await from("203.0.113.7", "B");
    await from("203.0.113.8", "A");
    await from("203.0.113.9", "C");
    await from("203.0.113.9", "C");
    const sessions = await installation.sql(
      "SELECT address, user_agent, unfamiliar FROM sessions ORDER BY created_at",
    );
    expect(sessions.map(({ unfamiliar }) => unfamiliar)).toEqual([
      false,
      false,
      false,
      true,
      false,
    ]);
    expect(sessions[3]).toMatchObject({ address: "203.0.113.9", user_agent: "C" });
  });
});
