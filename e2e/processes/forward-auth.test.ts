import { readFile } from "node:fs/promises";
import http, { type Server } from "node:http";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { accessToken, claimed } from "../support/claimed";
import { bearer, call, get, post } from "../support/http";
import { freePort, type Installation } from "../support/installation";
import { findProxy, type ReverseProxy, startProxy } from "../support/proxies";

const PERSON = { email: "eve@example.com", password: "AnotherPassword123!" };

let installation: Installation;
let baseUrl: string;
let admin: string;

async function signIn(person: { email: string; password: string }): Promise<string> {
  const answer = await post(installation.baseUrl, "/v1/auth/login", person);
  return answer.json.accessToken;
}

beforeAll(async () => {
  const port = await freePort();
  baseUrl = `http://localhost:${port}`;
  installation = await claimed({ env: { BASE_URL: baseUrl, TRUSTED_PROXIES: "1" } });
  admin = await accessToken(installation);
  await post(installation.baseUrl, "/v1/users", PERSON, bearer(admin));
});
afterAll(() => installation?.stop());

describe("GET /v1/auth/forward", () => {
  const ask = (query = "", headers: Record<string, string> = {}) =>
    get(installation.baseUrl, `/v1/auth/forward${query}`, headers);

  test("nobody: 401, and where to sign in", async () => {
    const answer = await ask("", { "x-original-uri": "/app/page?x=1" });
    expect(answer.status).toBe(401);
    expect(answer.headers.get("location")).toBe(
      `${baseUrl}/login?next=${encodeURIComponent("/app/page?x=1")}`,
    );
    expect(answer.headers.get("x-auth-user")).toBeNull();
  });

  test("a proxy that hands answers on: 302", async () => {
    const answer = await ask("?signin=redirect", { "x-forwarded-uri": "/app/" });
    expect(answer.status).toBe(302);
    expect(answer.headers.get("location")).toBe(`${baseUrl}/login?next=%2Fapp%2F`);
  });

  test.each(["https://evil.example/", "//evil.example/", "/\\evil.example", "javascript:alert(1)"])(
    "an address elsewhere is not led back to: %s",
    async (uri) => {
      const answer = await ask("", { "x-original-uri": uri });
      expect(answer.headers.get("location")).toBe(`${baseUrl}/login?next=%2F`);
    },
  );

  test("somebody: 200 and who it is; without a wanted role 403", async () => {
    const person = await signIn(PERSON);
    const answer = await ask("", bearer(person));
    expect(answer.status).toBe(200);
    expect(answer.text).toBe("");
    expect(answer.headers.get("x-auth-email")).toBe(PERSON.email);
    expect(answer.headers.get("x-auth-role")).toBe("predefined_user");
    expect((await ask("?role=predefined_super_admin", bearer(person))).status).toBe(403);
    const both = "?role=predefined_user,predefined_super_admin";
    expect((await ask(both, bearer(person))).status).toBe(200);
    expect((await ask("?role=a&signin=maybe", bearer(person))).status).toBe(400);
  });

  test("a token with bounds is not a person", async () => {
    const secret = "s".repeat(43);
    const [row] = await installation.sql(
      `INSERT INTO api_tokens (user_id, name, abilities, digest)
       SELECT id, 'reader', '{users:read}', encode(sha256('${secret}'), 'hex') FROM users LIMIT 1 RETURNING id`,
    );
    expect((await ask("", bearer(`${row?.["id"]}|${secret}`))).status).toBe(403);
  });
});

describe.skipIf(findProxy("nginx") === undefined)(
  "nginx in front of an app without accounts",
  () => {
    let nginx: ReverseProxy;
    let app: Server;

    beforeAll(async () => {
      app = http.createServer((request, response) => {
        const { "x-auth-email": email, "x-auth-role": role } = request.headers;
        response.end(`Hello ${email}, ${role}`);
      });
      await new Promise<void>((resolve) => app.listen(0, "127.0.0.1", resolve));
      const appAddress = app.address();
      const appPort = typeof appAddress === "object" && appAddress !== null ? appAddress.port : 0;

      // The guide's own configuration, with the ports of this test.
      const guide = await readFile("docs/guides/nginx.conf", "utf8");
      const server = guide
        .replaceAll(
          "127.0.0.1:3000",
          new URL(installation.baseUrl).host.replace("localhost", "127.0.0.1"),
        )
        .replaceAll("127.0.0.1:4000", `127.0.0.1:${appPort}`)
        .replaceAll("listen 8080", `listen 127.0.0.1:${new URL(baseUrl).port}`);
      nginx = await startProxy("nginx", () => server, Number(new URL(baseUrl).port));
    });
    afterAll(async () => {
      await nginx?.stop();
      app?.close();
    });

    const visit = (headers: Record<string, string> = {}) =>
      call(baseUrl, "GET", "/app/page?x=1", { headers });
    const forged = {
      "x-auth-email": "forged@example.com",
      "x-auth-role": "predefined_super_admin",
    };

    test("refused, signed in, allowed, disabled, refused", async () => {
      const refused = await visit(forged);
      expect(refused.status).toBe(302);
      expect(refused.headers.get("location")).toBe(
        `${baseUrl}/login?next=${encodeURIComponent("/app/page?x=1")}`,
      );

      const person = bearer(await signIn(PERSON));
      const allowed = await visit({ ...forged, ...person });
      expect(allowed.text).toBe(`Hello ${PERSON.email}, predefined_user`);

      await installation.sql(
        `UPDATE users SET status = 'disabled' WHERE email = '${PERSON.email}'`,
      );
      expect((await visit(person)).status).toBe(302);
    });
  },
);
