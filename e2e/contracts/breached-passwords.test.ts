import { createHash } from "node:crypto";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import bcrypt from "bcrypt";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { sendForm } from "../support/form";
import { type Answer, bearer, call, get, post } from "../support/http";
import { type Installation, startInstallation } from "../support/installation";
import { databaseEnv, runLatchkey } from "../support/latchkey";

/** Fine by every rule of every door, but known. */
const BREACHED = "Breached-Passw0rd!";
const UNKNOWN = "Nobody-Knows-Passw0rd-7!";
const OWNER = { name: "Ada", email: "ada@example.com" };
const SIGNUP_SECRET = "s3cr3t-of-the-signup-door";

const sha1 = (text: string) => createHash("sha1").update(text).digest("hex").toUpperCase();

/** A range server that knows one password; what it was asked for, in order. */
let ranges: Server;
let url: string;
const asked: string[] = [];
beforeAll(async () => {
  ranges = createServer((request, response) => {
    const prefix = /^\/range\/([0-9A-F]{5})$/.exec(request.url ?? "")?.[1];
    asked.push(String(request.url));
    if (prefix === undefined) return void response.writeHead(400).end();
    const known = sha1(BREACHED).startsWith(prefix) ? [`${sha1(BREACHED).slice(5)}:42`] : [];
    response.end(["0".repeat(35).concat(":0"), ...known].join("\r\n"));
  });
  await new Promise<void>((resolve) => ranges.listen(0, "127.0.0.1", resolve));
  url = `http://127.0.0.1:${(ranges.address() as AddressInfo).port}/range`;
});
afterAll(async () => {
  ranges.closeAllConnections();
  await new Promise((resolve) => ranges.close(resolve));
});
beforeEach(() => {
  asked.length = 0;
});

const settings = () => ({
  BREACHED_PASSWORDS_URL: url,
  ALLOW_BOOTSTRAP: "true",
  ADMIN_SIGNUP_SECRET: SIGNUP_SECRET,
});
const onlyPrefixes = () => {
  expect(asked.length).toBeGreaterThan(0);
  for (const path of asked) expect(path).toMatch(/^\/range\/[0-9A-F]{5}$/);
};

describe("with a server for them", () => {
  let installation: Installation;
  let base: string;
  beforeAll(async () => {
    installation = await startInstallation({ env: settings() });
    base = installation.baseUrl;
  });
  afterAll(() => installation.stop());

  const ENGLISH = "This password is known from a data breach; choose another.";
  const first = { first_name: "Ada", last_name: "Owner" };
  test.each<[string, object, number, unknown]>([
    ["/api/auth/bootstrap", {}, 400, { errors: { password: [ENGLISH] } }],
    ["/v1/auth/setup", first, 400, { errors: { password: [ENGLISH] } }],
    [
      "/api/auth/initialize",
      {},
      422,
      {
        message:
          "The given password has appeared in a data leak. Please choose a different password.",
      },
    ],
    ["/auth/admin/signup", { secretKey: SIGNUP_SECRET }, 400, { message: ENGLISH }],
  ])("the door %s refuses in its own shape", async (path, more, status, body) => {
    const answer = await post(base, path, { ...OWNER, ...more, password: BREACHED });
    expect(answer.status).toBe(status);
    expect(answer.json).toMatchObject(body as object);
    onlyPrefixes();
  });

  test("the wizard says it beside the field, in both languages", async () => {
    for (const [language, words] of [
      ["en", "this one is known from a data breach"],
      ["es", "esta se conoce por una filtración de datos"],
    ] as const) {
      const headers = { "accept-language": language };
      const { text } = await get(base, "/setup", headers);
      const typed = { ...OWNER, password: BREACHED };
      const answer = await sendForm(base, "/setup", text, "password", typed, headers);
      expect(answer.status).toBe(200);
      expect(answer.text.slice(0, answer.text.indexOf("<script nonce"))).toContain(words);
    }
    onlyPrefixes();
  });

  test("a password that breaks a rule, and a caller who may not, ask nobody", async () => {
    const password = "short";
    expect((await post(base, "/v1/auth/setup", { ...OWNER, ...first, password })).status).toBe(400);
    const common = { ...OWNER, ...first, password: "password123" };
    expect((await post(base, "/v1/auth/setup", common)).status).toBe(400);
    const elsewhere = { "x-forwarded-for": "203.0.113.7" };
    const body = { ...OWNER, ...first, password: BREACHED };
    expect((await post(base, "/v1/auth/setup", body, elsewhere)).status).toBe(401);
    expect(asked).toEqual([]);
  });

  describe("after the claim", () => {
    let asAdmin: Record<string, string>;
    beforeAll(async () => {
      const claim = await post(base, "/v1/auth/setup", { ...OWNER, ...first, password: UNKNOWN });
      expect(claim.status).toBe(201);
      asAdmin = bearer(claim.json.accessToken);
    });
    const refusedIn = (answer: Answer, field: string) => {
      expect(answer.status).toBe(400);
      expect(answer.json.errors).toEqual({ [field]: [ENGLISH] });
      onlyPrefixes();
    };

    test("a claim that is lost asks nobody", async () => {
      const body = { ...OWNER, ...first, password: BREACHED };
      expect((await post(base, "/v1/auth/setup", body)).status).toBe(403);
      expect(asked).toEqual([]);
    });

    test("creating a user, changing one's own", async () => {
      const user = { email: "bob@example.com", role: "predefined_user", password: BREACHED };
      refusedIn(await post(base, "/v1/users", user, asAdmin), "password");
      const body = { current: UNKNOWN, next: BREACHED };
      refusedIn(await call(base, "PUT", "/v1/auth/password", { body, headers: asAdmin }), "next");
    });

    test("by link", async () => {
      const invitation = { email: "cleo@example.com", role: "predefined_user" };
      const { link } = (await post(base, "/v1/invitations", invitation, asAdmin)).json;
      const { text } = await get(base, "/join");
      const token = link.split("#token=")[1];
      const page = await sendForm(base, "/join", text, "token", { token });
      const choose = (password: string) =>
        sendForm(base, "/join", page.text, "password", { password, name: "Cleo" });
      expect((await choose(BREACHED)).text).toContain("known from a data breach");
      expect((await choose(UNKNOWN)).status).toBe(303);
      onlyPrefixes();
    });

    test("by the operator", async () => {
      const env = {
        ...databaseEnv(installation.databaseUrl),
        ...settings(),
        DATA_DIR: installation.dataDir,
      };
      const args = ["admin", "reset-password", "--email", OWNER.email];
      const { code, output } = await runLatchkey(args, env, `${BREACHED}\n`);
      expect(code).toBe(4);
      expect(output).toContain(ENGLISH);
      onlyPrefixes();
    });

    test("signing in asks nobody, also with a password that is known by now", async () => {
      await installation.sql(
        `INSERT INTO users (email, role_id, password_hash) SELECT 'dora@example.com', role_id,
           '${await bcrypt.hash(BREACHED, 10)}' FROM users LIMIT 1`,
      );
      asked.length = 0;
      const login = { email: "dora@example.com", password: BREACHED };
      expect((await post(base, "/api/auth/login", login)).status).toBe(200);
      expect((await post(base, "/api/auth/login", { ...login, password: "x" })).status).toBe(401);
      expect(asked).toEqual([]);
    });

    test("nothing of it is in the log", () => {
      const logs = installation.logs();
      for (const password of [BREACHED, UNKNOWN]) {
        for (const secret of [password, sha1(password).slice(0, 5), sha1(password).slice(5)]) {
          expect(logs).not.toMatch(new RegExp(`["/]${secret.replace(/\W/g, "\\$&")}`, "i"));
        }
      }
    });
  });
});
