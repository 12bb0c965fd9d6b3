import { createHmac, generateKeyPairSync } from "node:crypto";
import { decodeJwt, type JWTPayload, SignJWT } from "jose";
import { Secret, TOTP } from "otpauth";
import { beforeAll, beforeEach, describe, expect, test } from "vitest";
import { purposeKey, sha256 } from "@/lib/platform/secrets/digest";
import { serverActions } from "../access/there-is";
import { apiToken, claimed, sessionCookieName } from "../support/claimed";
import { sendForm } from "../support/form";
import { type Answer, bearer, call, get, post } from "../support/http";
import { startInstallation } from "../support/installation";
import { databaseEnv, runLatchkey } from "../support/latchkey";
import { OWNER } from "../support/owner";
import { sealedTotp } from "../support/sealed-totp";
import { type Shared, sharedClaimed } from "../support/shared-claimed";

const BOB = { name: "Bob", email: "bob@example.com", password: "SecurePass456" };
type Person = { email: string; password: string };

const cookieFrom = (answer: Answer, name: string): string =>
  answer.headers
    .getSetCookie()
    .find((cookie) => cookie.startsWith(`${name}=`))
    ?.split(";")[0] ?? "";

/** Signs in as a browser without JavaScript does; the answer has the cookie and where to go. */
async function signInByPage(
  base: string,
  who: Person,
  { next, headers = {} }: { next?: string; headers?: Record<string, string> } = {},
): Promise<Answer> {
  const { text } = await get(base, "/login");
  const typed = { email: who.email, password: who.password, ...(next !== undefined && { next }) };
  return sendForm(base, "/login", text, "password", typed, headers);
}

describe("a signed-in person", () => {
  let installation: Shared;
  let base: string;
  let asAdmin: Record<string, string>;
  let bobId: string;

  beforeAll(async () => {
    installation = await sharedClaimed();
    base = installation.baseUrl;
    asAdmin = bearer(await apiToken(installation));
    const body = { ...BOB, role: "predefined_user" };
    bobId = (await post(base, "/v1/users", body, asAdmin)).json.id;
  });
  beforeEach(() => installation.sql("DELETE FROM rate_limits"));

  const patchBob = (body: unknown) =>
    call(base, "PATCH", `/v1/users/${bobId}`, { body, headers: asAdmin });

  /** Every kind of key that a person can hold, each with the request that tries it. */
  async function allKeysOf(who: Person) {
    const page = cookieFrom(await signInByPage(base, who), sessionCookieName(base));
    const api = await post(base, "/api/auth/login", who);
    const accessToken = String(api.json.accessToken);
    const refresh = cookieFrom(api, "refresh_token");
    const asked = { name: "A script", abilities: ["*"] };
    const apiToken = (await post(base, "/v1/tokens", asked, bearer(accessToken))).json.token;
    const me = async (headers: Record<string, string>) =>
      (await get(base, "/v1/auth/me", headers)).status;
    return {
      page,
      refresh,
      accessToken,
      apiToken: String(apiToken),
      /** What each key opens now; the refresh token last, since that uses it up. */
      tried: async () => ({
        cookie: await me({ cookie: page }),
        account: (await get(base, "/account", { cookie: page })).status,
        accessToken: await me(bearer(accessToken)),
        apiToken: await me(bearer(apiToken)),
        refresh: (await post(base, "/api/auth/refresh", undefined, { cookie: refresh })).status,
      }),
    };
  }
  const ALL_OPEN = { cookie: 200, account: 200, accessToken: 200, apiToken: 200, refresh: 200 };
  const ALL_DEAD = { cookie: 401, account: 307, accessToken: 401, apiToken: 401, refresh: 401 };

  test("the keys work", async () => {
    expect(await (await allKeysOf(BOB)).tried()).toEqual(ALL_OPEN);
  });

  const OPERATOR = ["--email", BOB.email];
  const asOperator = (command: string) =>
    runLatchkey(
      ["admin", command, ...OPERATOR],
      { ...databaseEnv(installation.databaseUrl), DATA_DIR: installation.dataDir },
      `${BOB.password}\n`,
    );
  const remove = () => call(base, "DELETE", `/v1/users/${bobId}`, { headers: asAdmin });
  const restore = () =>
    call(base, "POST", `/v1/deleted-users/${bobId}/restore`, { headers: asAdmin });
  const changed = async () => {
    const api = await post(base, "/api/auth/login", BOB);
    const body = { current: BOB.password, next: "another fine passphrase" };
    const headers = bearer(api.json.accessToken);
    expect((await call(base, "PUT", "/v1/auth/password", { body, headers })).status).toBe(204);
  };
  const done = async (answer: Promise<{ status?: number; code?: number | null }>) => {
    const { status = 200, code = 0 } = await answer;
    expect([status < 300, code]).toEqual([true, 0]);
  };

  // An API token is a key of its own: it ends with the account, not with a role or a password.
  const TOKEN_STAYS = { ...ALL_DEAD, apiToken: 200 };
  test.each<[string, () => Promise<void>, () => Promise<void>, typeof ALL_DEAD]>([
    [
      "disabled",
      () => done(patchBob({ status: "disabled" })),
      () => done(patchBob({ status: "active" })),
      ALL_DEAD,
    ],
    ["deleted", () => done(remove()), () => done(restore()), ALL_DEAD],
    [
      "given another role",
      () => done(patchBob({ role: "predefined_super_admin" })),
      () => done(patchBob({ role: "predefined_user" })),
      TOKEN_STAYS,
    ],
    [
      "given another password by themselves",
      changed,
      () => done(asOperator("reset-password")),
      TOKEN_STAYS,
    ],
    [
      "given another password by the operator",
      () => done(asOperator("reset-password")),
      async () => {},
      TOKEN_STAYS,
    ],
    [
      "recovered by the operator",
      () => done(asOperator("recover")),
      () => done(patchBob({ role: "predefined_user" })),
      TOKEN_STAYS,
    ],
  ])(
    "who is %s is out with the very next request, and does not come back in",
    async (_name, change, back, left) => {
      const keys = await allKeysOf(BOB);
      await change();
      expect(await keys.tried()).toEqual(left);
      await back();
      expect(await keys.tried()).toEqual(left);
      expect((await post(base, "/api/auth/login", BOB)).status).toBe(200);
    },
  );

  describe("access tokens (RFC 8725)", () => {
    const secret = databaseEnv("")["AUTH_SECRET"] ?? "";
    const key = purposeKey(secret, "access token");
    let good: string;
    let claims: JWTPayload;
    beforeAll(async () => {
      good = (await post(base, "/api/auth/login", BOB)).json.accessToken;
      claims = decodeJwt(good);
    });
    const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString("base64url");
    const sign = (changes: JWTPayload = {}, header: Record<string, unknown> = {}, by = key) =>
      new SignJWT({ ...claims, ...changes })
        .setProtectedHeader({ alg: "HS256", typ: "JWT", ...header })
        .sign(by);
    const without = (claim: string) => sign({ [claim]: undefined });
    const me = (token: string) => get(base, "/v1/auth/me", bearer(token));
    const seconds = (from: number) => Math.floor(Date.now() / 1000) + from;

    test("one that is signed as ours are is taken, so what follows fails for its own reason", async () => {
      expect((await me(await sign())).status).toBe(200);
      expect((await me(good)).status).toBe(200);
    });

    const rsa = generateKeyPairSync("rsa", { modulusLength: 2048 });
    const pem = rsa.publicKey.export({ type: "spki", format: "pem" });
    test.each<[string, () => string | Promise<string>]>([
      ["alg none", () => `${part({ alg: "none", typ: "JWT" })}.${part(claims)}.`],
      [
        "alg None, signed",
        () =>
          sign({}, {}).then((t) => `${part({ alg: "None" })}.${t.split(".").slice(1).join(".")}`),
      ],
      ["no signature", () => `${good.split(".").slice(0, 2).join(".")}.`],
      ["a signature of zeros", () => `${good.split(".").slice(0, 2).join(".")}.${"A".repeat(43)}`],
      [
        "RS256 by a key of their own",
        () =>
          new SignJWT(claims).setProtectedHeader({ alg: "RS256", typ: "JWT" }).sign(rsa.privateKey),
      ],
      [
        "HS256 by a public key",
        () => {
          const body = `${part({ alg: "HS256", typ: "JWT" })}.${part(claims)}`;
          return `${body}.${createHmac("sha256", pem).update(body).digest("base64url")}`;
        },
      ],
      [
        "RS256 in the header, our HMAC behind it",
        () => {
          const body = `${part({ alg: "RS256", typ: "JWT" })}.${part(claims)}`;
          return `${body}.${createHmac("sha256", key).update(body).digest("base64url")}`;
        },
      ],
      [
        "HS512 by our key",
        () => new SignJWT(claims).setProtectedHeader({ alg: "HS512", typ: "JWT" }).sign(key),
      ],
      [
        "its own key in the header",
        () => sign({}, { jwk: { kty: "oct", k: "AAAA" } }, new Uint8Array(32)),
      ],
      [
        "a critical extension",
        () =>
          sign({}, { crit: ["x"], x: 1 }).catch(
            () =>
              `${part({ alg: "HS256", typ: "JWT", crit: ["x"], x: 1 })}.${part(claims)}.${"A".repeat(43)}`,
          ),
      ],
      ["the secret itself as key", () => sign({}, {}, new TextEncoder().encode(secret))],
      ["the key of another purpose", () => sign({}, {}, purposeKey(secret, "second factor"))],
      [
        "an empty key",
        () =>
          `${part({ alg: "HS256", typ: "JWT" })}.${part(claims)}.${createHmac("sha256", "")
            .update(`${part({ alg: "HS256", typ: "JWT" })}.${part(claims)}`)
            .digest("base64url")}`,
      ],
      [
        "a later expiry, edited",
        () =>
          `${good.split(".")[0]}.${part({ ...claims, exp: seconds(9_999) })}.${good.split(".")[2]}`,
      ],
      ["another typ", () => sign({}, { typ: "at+jwt" })],
      ["another issuer", () => sign({ iss: "somebody else" })],
      ["no issuer", () => without("iss")],
      ["another audience", () => sign({ aud: "latchkey:browser" })],
      ["no audience", () => without("aud")],
      ["another use", () => sign({ token_use: "refresh" })],
      ["no use", () => without("token_use")],
      ["expired, and the minute of leeway is over", () => sign({ exp: seconds(-61) })],
      ["no expiry", () => without("exp")],
      ["not yet valid, by more than a minute", () => sign({ nbf: seconds(90) })],
      [
        "somebody else's session",
        async () => {
          const ada = decodeJwt((await post(base, "/api/auth/login", OWNER)).json.accessToken);
          return sign({ sid: ada["sid"] });
        },
      ],
      ["a session that never was", () => sign({ sid: "00000000-0000-4000-8000-000000000000" })],
      ["a session that is none", () => sign({ sid: "' OR 1=1 --" })],
      ["a session in a list", () => sign({ sid: [claims["sid"]] })],
      ["no session", () => without("sid")],
      ["four parts", () => `${good}.x`],
      ["too long", () => `${good}${"A".repeat(5_000)}`],
      ["twice", () => `${good} ${good}`],
    ])("%s is 401 with WWW-Authenticate", async (_name, make) => {
      const answer = await me(await make());
      expect(answer.status).toBe(401);
      expect(answer.headers.get("www-authenticate")).toBe("Bearer");
      expect(answer.json.code).toBe("UNAUTHENTICATED");
    });
  });

  describe("signing out", () => {
    const evil = { origin: "https://evil.example" };
    const action = () =>
      `$ACTION_ID_${serverActions().get("app/actions.ts signOut") ?? "is missing"}`;
    const me = async (cookie: string) => (await get(base, "/v1/auth/me", { cookie })).status;

    test("by GET, by a form of another site, by the framework's usual address: nothing happens", async () => {
      const keys = await allKeysOf(BOB);
      const { page, refresh } = keys;
      const cookie = `${page}; ${refresh}`;
      const { text } = await get(base, "/account", { cookie });
      for (const path of ["/api/auth/logout", "/api/auth/signout", "/logout", "/signout"]) {
        expect((await get(base, path, { cookie })).status, path).toBeGreaterThan(403);
      }
      for (const headers of [
        evil,
        { origin: "null" },
        { ...evil, "sec-fetch-site": "cross-site" },
      ]) {
        const foreign = { cookie, ...headers };
        expect((await post(base, "/api/auth/logout", undefined, foreign)).status).toBe(403);
        expect((await sendForm(base, "/account", text, action(), {}, foreign)).status).toBe(403);
        const form = { ...foreign, "content-type": "application/x-www-form-urlencoded" };
        expect(
          (await call(base, "POST", "/api/auth/signout", { body: "a=b", headers: form })).status,
        ).toBeGreaterThanOrEqual(403);
      }
      expect(await keys.tried()).toEqual(ALL_OPEN);
    });

    test("on the page: its cookie is dead and cleared, also in a copy", async () => {
      const page = cookieFrom(await signInByPage(base, BOB), sessionCookieName(base));
      const { text } = await get(base, "/account", { cookie: page });
      const out = await sendForm(base, "/account", text, action(), {}, { cookie: page });
      expect(out.status).toBe(303);
      expect(out.headers.get("location")).toMatch(/^\/login$/);
      const cleared = out.headers
        .getSetCookie()
        .find((cookie) => cookie.startsWith(`${sessionCookieName(base)}=`));
      expect(cleared).toMatch(/^latchkey\.session\.\d+=;.*(Max-Age=0|Expires=Thu, 01 Jan 1970)/i);
      expect(await me(page)).toBe(401);
      expect((await get(base, "/account", { cookie: page })).status).toBe(307);
    });

    test("over HTTP: access and refresh are dead and the cookie is cleared; other devices stay", async () => {
      const [here, there] = [await allKeysOf(BOB), await allKeysOf(BOB)];
      const out = await post(base, "/api/auth/logout", undefined, { cookie: here.refresh });
      expect(out.status).toBe(204);
      expect(out.headers.get("set-cookie")).toMatch(/^refresh_token=; .*Max-Age=0/);
      const tried = await here.tried();
      expect(tried).toMatchObject({ accessToken: 401, refresh: 401 });
      expect(await there.tried()).toEqual(ALL_OPEN);
    });
  });

  describe("where a sign-in leads", () => {
    const NASTY = [
      "https://evil.example",
      "HTTPS://evil.example/",
      "//evil.example",
      "///evil.example",
      "////evil.example/%2e%2e",
      "/\\evil.example",
      "\\/evil.example",
      "\\\\evil.example",
      "/\t/evil.example",
      "/\n/evil.example",
      "\t//evil.example",
      "/.//evil.example",
      "/%2e//evil.example",
      "/a/..//evil.example",
      "javascript:alert(1)",
      "JaVaScRiPt:alert(1)",
      "data:text/html,x",
      "/users\r\nSet-Cookie: a=b",
      "/users\r\n\r\n<script>",
      "http:evil.example",
      "https:/evil.example",
      "/@evil.example//",
      "//evil.example@localhost",
      "http://localhost@evil.example",
      "\u0000//evil.example",
      "\u2028//evil.example",
      "／／evil.example",
      "/／evil.example",
      "//[::1]/",
      "/?next=//evil.example",
      "users",
      "?x",
      "",
    ];
    const ownPage = (location: string | null) => {
      const { origin, host } = new URL(location ?? "http://missing.invalid", base);
      expect(origin).toBe(new URL(base).origin);
      expect(host).not.toContain("evil");
      expect(location).not.toMatch(/[\r\n\\]/);
    };

    test("to another site in no spelling, typed or in the address", async () => {
      const page = cookieFrom(await signInByPage(base, BOB), sessionCookieName(base));
      for (const next of NASTY) {
        const shown = await get(base, `/login?next=${encodeURIComponent(next)}`, { cookie: page });
        expect(shown.status, next).toBe(307);
        ownPage(shown.headers.get("location"));
      }
      // Hashing each would take half a minute; the form is read by the same code.
      for (const next of NASTY.filter((_, i) => i % 4 === 0)) {
        const answer = await signInByPage(base, BOB, { next });
        expect(answer.status, next).toBe(303);
        ownPage(answer.headers.get("location"));
        expect(answer.headers.getSetCookie().join()).not.toContain("a=b");
      }
      const own = await signInByPage(base, BOB, { next: "/account?tab=1" });
      expect(own.headers.get("location")).toBe("/account?tab=1");
    });

    test("nor by what next-auth reads: callbackUrl, its cookie, a list of nexts", async () => {
      const evil = encodeURIComponent("https://evil.example/");
      const cookie = `authjs.callback-url=${evil}; next-auth.callback-url=${evil}`;
      const { text } = await get(base, `/login?callbackUrl=${evil}&next=/a&next=${evil}`, {
        cookie,
      });
      expect(text).toContain('name="next" value="/"');
      const typed = {
        email: BOB.email,
        password: BOB.password,
        callbackUrl: "https://evil.example/",
      };
      const answer = await sendForm(base, `/login?callbackUrl=${evil}`, text, "password", typed, {
        cookie,
      });
      expect(answer.headers.get("location")).toBe("/");
      expect(answer.headers.getSetCookie().join()).not.toContain("evil");
    });
  });

  test("a sign-in gives a new session, whatever cookie was brought", async () => {
    const first = cookieFrom(await signInByPage(base, BOB), sessionCookieName(base));
    const again = await signInByPage(base, BOB, { headers: { cookie: first } });
    const second = cookieFrom(again, sessionCookieName(base));
    const planted = await signInByPage(base, BOB, {
      headers: { cookie: `${sessionCookieName(base)}=planted` },
    });
    const third = cookieFrom(planted, sessionCookieName(base));
    const idOf = async (cookie: string): Promise<string> => {
      const { json } = await get(base, `/v1/users/${bobId}/sessions`, { cookie });
      return json.data.find(({ current }: { current: boolean }) => current).id;
    };
    const ids = await Promise.all([first, second, third].map(idOf));
    expect(new Set(ids).size).toBe(3);
    expect(new Set([first, second, third]).size).toBe(3);
  });

  test("20 parallel refreshes of one token: one live branch, and reuse ends it", async () => {
    for (let round = 0; round < 2; round++) {
      const signedIn = await post(base, "/api/auth/login", BOB);
      const { sid } = decodeJwt(signedIn.json.accessToken) as { sid: string };
      const refresh = (cookie: string) => post(base, "/api/auth/refresh", undefined, { cookie });
      const parent = cookieFrom(signedIn, "refresh_token");
      const answers = await Promise.all(Array.from({ length: 20 }, () => refresh(parent)));
      for (const { status } of answers) expect([200, 401]).toContain(status);
      const live = () =>
        installation.sql(
          `SELECT count(*)::int AS n FROM refresh_tokens WHERE session_id = '${sid}' AND state = 'live'`,
        );
      expect(await live()).toEqual([{ n: 1 }]);
      const children = answers.map((answer) => cookieFrom(answer, "refresh_token"));
      expect(new Set(children.filter((child) => child.length > 20)).size).toBe(
        answers.filter(({ status }) => status === 200).length,
      );

      const tried = await Promise.all(children.map(refresh));
      expect(tried.filter(({ status }) => status === 200).length).toBeLessThanOrEqual(1);
      // All but one were worthless, and trying them has given the family away.
      const [session] = await installation.sql(
        `SELECT ended_at IS NOT NULL AS ended FROM sessions WHERE id = '${sid}'`,
      );
      expect(session).toEqual({ ended: true });
      for (const answer of [...answers, ...tried].filter(({ status }) => status === 200)) {
        expect((await refresh(cookieFrom(answer, "refresh_token"))).status).toBe(401);
        expect((await get(base, "/v1/auth/me", bearer(answer.json.accessToken))).status).toBe(401);
      }
    }
  });

  test("a dump of every table holds no key, and the log neither", async () => {
    const keys = await allKeysOf(OWNER);
    const invitation = { email: "invited@example.com", role: "predefined_user" };
    const headers = { ...asAdmin, "idempotency-key": "a-key-of-the-client" };
    const invited = await post(base, "/v1/invitations", invitation, headers);
    const started = await call(base, "POST", `/v1/users/${bobId}/password-reset`, {
      headers: asAdmin,
    });
    const tables = await installation.sql(
      "SELECT table_name AS name FROM information_schema.tables WHERE table_schema = 'public'",
    );
    expect(tables.length).toBeGreaterThan(20);
    const rows = await Promise.all(
      tables.map(({ name }) => installation.sql(`SELECT t::text AS line FROM "${name}" t`)),
    );
    const dump = rows
      .flat()
      .map(({ line }) => String(line))
      .join("\n");
    const bytes = dump.replace(/\\x((?:[0-9a-f]{2})+)/g, (_, hex) =>
      Buffer.from(hex, "hex").toString("latin1"),
    );
    expect(dump).toContain(OWNER.email);
    const secrets = {
      password: OWNER.password,
      page: keys.page.split("=")[1],
      accessToken: keys.accessToken.split(".")[2],
      refresh: keys.refresh.split("=")[1],
      apiToken: keys.apiToken.split("_")[2],
      invitation: invited.json.link.split("#token=")[1],
      reset: started.json.link.split("#token=")[1],
    };
    for (const [name, secret = ""] of Object.entries(secrets)) {
      expect(secret.length, name).toBeGreaterThan(10);
      for (const text of [dump, bytes, installation.logs()]) {
        expect(text.includes(secret), name).toBe(false);
        expect(text.includes(Buffer.from(secret).toString("base64")), name).toBe(false);
      }
    }
    expect(await keys.tried()).toEqual(ALL_OPEN); // they were keys
  });
});

/** The cookies of a browser and of a program that have signed in: their names and what keeps them where they belong. */
async function expectCookies(base: string, name: string, secure: boolean): Promise<void> {
  const page = await signInByPage(base, OWNER);
  const api = await post(base, "/api/auth/login", OWNER);
  const [session = ""] = page.headers
    .getSetCookie()
    .filter((cookie) => cookie.startsWith(`${name}=`));
  const [refresh = ""] = api.headers.getSetCookie();
  const flags = (cookie: string) =>
    cookie
      .split("; ")
      .slice(1)
      .map((flag) => flag.toLowerCase());
  for (const cookie of [session, refresh]) {
    expect(flags(cookie)).toContain("httponly");
    expect(flags(cookie).includes("secure")).toBe(secure);
    expect(flags(cookie).some((flag) => flag.startsWith("domain"))).toBe(false);
  }
  expect(flags(session)).toEqual(expect.arrayContaining(["path=/", "samesite=lax"]));
  expect(flags(refresh)).toEqual(expect.arrayContaining(["path=/api/auth", "samesite=strict"]));
  for (const cookie of [...page.headers.getSetCookie(), ...api.headers.getSetCookie()]) {
    expect(flags(cookie), cookie.split("=")[0]).toContain("httponly");
  }
  const cookie = session.split(";")[0] ?? "";
  expect((await get(base, "/v1/auth/me", { cookie })).status).toBe(200);
  // The name that a neighbour on http could set is not read on https.
  const plain = cookie.replace("__Host-", "");
  expect((await get(base, "/v1/auth/me", { cookie: plain })).status).toBe(secure ? 401 : 200);
}

describe("cookies", () => {
  test("on http at a port", async () => {
    const { baseUrl } = await sharedClaimed();
    await expectCookies(baseUrl, sessionCookieName(baseUrl), false);
  });

  test("on https", async () => {
    const installation = await claimed({ env: { BASE_URL: "https://app.example.com" } });
    try {
      await expectCookies(installation.baseUrl, "__Host-latchkey.session", true);
    } finally {
      await installation.stop();
    }
  });
});

test("on http, where AUTH_SECRET is changed: the old one works for as long as it is named second, and then no more", async () => {
  const OLD = databaseEnv("")["AUTH_SECRET"] ?? "";
  const NEW = "nEw5cW1mQ9zX3vB7nL2hF8rJ4pD6sG0yA";
  // Its port is part of the cookie's name, and each start here has another.
  const BASE_URL = "http://app.example.com";
  let installation = await claimed({ env: { AUTH_SECRET: OLD, BASE_URL } });
  const { dataDir } = installation;
  await expectCookies(installation.baseUrl, "latchkey.session", false);
  const page = cookieFrom(await signInByPage(installation.baseUrl, OWNER), "latchkey.session");
  // Bob has an authenticator app, and one recovery code.
  const bob = { ...BOB, role: "predefined_user" };
  const asAdmin = bearer(await apiToken(installation));
  const { id } = (await post(installation.baseUrl, "/v1/users", bob, asAdmin)).json;
  const secret = new Secret({ size: 20 });
  const recoveryCode = sha256(`${id}\nabcdabcdabcd`);
  await installation.sql(`
    INSERT INTO totp_factors (user_id, secret, confirmed_at)
      VALUES ('${id}', '${sealedTotp(id, secret)}', now());
    INSERT INTO recovery_codes (user_id, digest) VALUES ('${id}', '${recoveryCode}')`);
  const enter = async (code = new TOTP({ secret }).generate()) => {
    await installation.sql("UPDATE totp_factors SET last_step = 0");
    const { status, json } = await post(installation.baseUrl, "/api/auth/login", { ...BOB, code });
    return json.code ?? status;
  };
  expect(await enter()).toBe(200);
  const { accessToken } = (await post(installation.baseUrl, "/api/auth/login", OWNER)).json;
  const opens = async (cookie: string, token: string) => [
    (await get(installation.baseUrl, "/v1/auth/me", { cookie })).status,
    (await get(installation.baseUrl, "/v1/auth/me", bearer(token))).status,
  ];
  expect(await opens(page, accessToken)).toEqual([200, 200]);

  await installation.stop({ keepData: true });
  installation = await startInstallation({
    dataDir,
    env: { AUTH_SECRET: `${NEW},${OLD}`, BASE_URL },
  });
  expect(await opens(page, accessToken)).toEqual([200, 200]);
  expect(await enter()).toBe(200);
  expect(installation.logs()).not.toContain("AUTH_SECRET");
  const later = (await post(installation.baseUrl, "/api/auth/login", OWNER)).json.accessToken;

  await installation.stop({ keepData: true });
  installation = await startInstallation({ dataDir, env: { AUTH_SECRET: NEW, BASE_URL } });
  try {
    expect(await opens(page, accessToken)).toEqual([401, 401]);
    expect((await opens(page, later))[1]).toBe(200); // the new one signs
    expect(await enter()).toBe("SECOND_FACTOR_UNCHECKABLE");
    expect(await enter("123456")).toBe("SECOND_FACTOR_UNCHECKABLE");
    const asked = await signInByPage(installation.baseUrl, BOB);
    const told = await sendForm(installation.baseUrl, "/login", asked.text, "code", {
      code: "123456",
    });
    expect(told.text).toContain("This code cannot be checked");
    expect(await enter("abcd-abcd-abcd")).toBe(200);
    expect(installation.logs()).toContain("AUTH_SECRET is not the one");
    const env = { ...databaseEnv(installation.databaseUrl), DATA_DIR: dataDir };
    const sick = await runLatchkey(["doctor"], { ...env, AUTH_SECRET: NEW });
    expect([sick.code, sick.output]).toEqual([1, expect.stringContaining("1 authenticator app")]);
    const well = await runLatchkey(["doctor"], { ...env, AUTH_SECRET: `${NEW},${OLD}` });
    expect([well.code, well.output]).toEqual([0, expect.stringMatching(/ok +Sealed data/)]);
  } finally {
    await installation.stop();
  }
});
