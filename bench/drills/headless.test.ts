import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { claimed, inBrowser } from "@/e2e/support/claimed";
import { freshDatabase } from "@/e2e/support/database";
import { get, post } from "@/e2e/support/http";
import { freePort, startInstallation } from "@/e2e/support/installation";
import { databaseEnv, runLatchkey } from "@/e2e/support/latchkey";
import { OWNER } from "@/e2e/support/owner";

const PASSWORD = "a long enough passphrase";
const FIRST_ADMIN = { FIRST_ADMIN_EMAIL: "owner@example.com", FIRST_ADMIN_NAME: "Owner" };

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "latchkey-headless-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

describe("from the environment", () => {
  test("a hash will do, bcrypt or argon2id", async () => {
    const FIRST_ADMIN_PASSWORD_HASH =
      "$argon2id$v=19$m=19456,t=2,p=1$c29tZXNhbHRzb21lc2FsdA$eAunKGHqNLrbLQ3i8pNmGaqzdAgZNmqQwSQcVpcHrz4";
    const installation = await startInstallation({
      env: { ...FIRST_ADMIN, FIRST_ADMIN_PASSWORD_HASH },
    });
    try {
      const [row] = await installation.sql("SELECT password_hash FROM users");
      expect(row).toEqual({ password_hash: FIRST_ADMIN_PASSWORD_HASH });
    } finally {
      await installation.stop();
    }
  });

  test.each([
    ["a password without an e-mail", { FIRST_ADMIN_PASSWORD: PASSWORD }, "FIRST_ADMIN_EMAIL"],
    [
      "an e-mail without a password",
      { FIRST_ADMIN_EMAIL: "a@example.com" },
      "FIRST_ADMIN_PASSWORD",
    ],
    [
      "a missing file",
      { ...FIRST_ADMIN, FIRST_ADMIN_PASSWORD_FILE: "/nowhere/at/all" },
      "FIRST_ADMIN_PASSWORD_FILE",
    ],
    ["a folder", { ...FIRST_ADMIN, FIRST_ADMIN_PASSWORD_FILE: "/" }, "FIRST_ADMIN_PASSWORD_FILE"],
    [
      "a weak password",
      { ...FIRST_ADMIN, FIRST_ADMIN_PASSWORD: "password123" },
      "FIRST_ADMIN_PASSWORD",
    ],
    [
      "a bad e-mail",
      { FIRST_ADMIN_EMAIL: "owner@", FIRST_ADMIN_PASSWORD: PASSWORD },
      "FIRST_ADMIN_EMAIL",
    ],
    [
      "a bad hash",
      { ...FIRST_ADMIN, FIRST_ADMIN_PASSWORD_HASH: "hunter2" },
      "FIRST_ADMIN_PASSWORD_HASH",
    ],
  ])(
    "%s stops the start with the variable's name",
    async (_name, env: Record<string, string>, name) => {
      const database = await freshDatabase();
      try {
        const { code, output } = await runLatchkey(["start"], {
          ...databaseEnv(database.url),
          DATA_DIR: path.join(folder, "data"),
          PORT: String(await freePort()),
          HOST: "127.0.0.1",
          ...env,
        });
        expect(code).toBe(1);
        expect(output).toContain(`${name}:`);
        expect(output).not.toContain(PASSWORD);
        expect(output).not.toContain("password123");
        expect(output).not.toContain("hunter2");
        expect(await database.sql("SELECT count(*)::int AS n FROM users")).toEqual([{ n: 0 }]);
      } finally {
        await database.drop();
      }
    },
  );
});

describe("locked out", () => {
  test("all disabled behind the triggers' back: still closed, and the command line recovers", async () => {
    const installation = await claimed();
    const env = { ...databaseEnv(installation.databaseUrl), DATA_DIR: installation.dataDir };
    const { baseUrl } = installation;
    const claim = { ...OWNER, first_name: "O", last_name: "W" };
    try {
      await installation.sql(
        "SET session_replication_role = replica; UPDATE users SET status = 'disabled'",
      );
      expect((await get(baseUrl, "/v1/auth/status")).json).toEqual({ needsSetup: false });
      expect((await post(baseUrl, "/v1/auth/setup", claim)).json.code).toBe("ALREADY_SET_UP");
      const sick = await runLatchkey(["doctor"], env);
      expect(sick.code).toBe(1);
      expect(sick.output).toContain("admin recover");

      const args = ["admin", "recover", "--email", OWNER.email];
      expect((await runLatchkey(args, env, "a new long passphrase\n")).code).toBe(0);
      const login = { email: OWNER.email, password: "a new long passphrase" };
      expect((await post(baseUrl, "/api/auth/login", login)).status).toBe(200);

      expect((await runLatchkey(["doctor"], env)).code).toBe(0);
      expect((await runLatchkey(["admin", "list"], env)).output).toContain(
        `${OWNER.email}\tactive`,
      );
      expect((await runLatchkey(["audit", "verify"], env)).code).toBe(0);
      await installation.sql(`SET session_replication_role = replica;
        UPDATE audit_events SET actor_label = 'somebody else' WHERE id = 1`);
      const broken = await runLatchkey(["audit", "verify"], env);
      expect(broken.code).not.toBe(0);
      expect(broken.output).toContain("1");
    } finally {
      await installation.stop();
    }
  });

  test("commands say who is not there, and take nothing from whom they do not concern", async () => {
    const installation = await claimed();
    const env = { ...databaseEnv(installation.databaseUrl), DATA_DIR: installation.dataDir };
    try {
      for (const command of ["reset-password", "disable-2fa"]) {
        const nobody = ["admin", command, "--email", "nobody@example.com"];
        const refused = await runLatchkey(nobody, env, "a new long passphrase\n");
        expect(refused.code).toBe(1);
        expect(refused.output).toContain("no such user");
      }

      // Who has no second factor loses nothing, the session neither.
      const browser = await inBrowser(installation);
      const off = await runLatchkey(["admin", "disable-2fa", "--email", OWNER.email], env);
      expect(off).toMatchObject({ code: 0, output: expect.stringContaining("no second factor") });
      expect((await get(installation.baseUrl, "/v1/auth/me", browser)).status).toBe(200);

      const listed = await runLatchkey(["admin", "list", "--json"], env);
      expect(JSON.parse(listed.output)).toEqual([
        {
          email: OWNER.email,
          name: OWNER.name,
          status: "active",
          lastLoginAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/),
        },
      ]);
    } finally {
      await installation.stop();
    }
  });

  test("another algorithm or cost: the next sign-in makes the hash anew, and nobody is signed out", async () => {
    const settings: Record<string, string>[] = [
      { PASSWORD_HASH: "bcrypt", BCRYPT_COST: "11" },
      { PASSWORD_HASH: "argon2id" },
      { PASSWORD_HASH: "bcrypt", BCRYPT_COST: "10" },
    ];
    const prefixes = ["$2b$11$", "$argon2id$v=19$m=19456,t=2,p=1$", "$2b$10$"];
    let installation = await startInstallation({
      env: { ...FIRST_ADMIN, FIRST_ADMIN_PASSWORD: PASSWORD },
    });
    const login = () =>
      post(installation.baseUrl, "/v1/auth/login", {
        email: "owner@example.com",
        password: PASSWORD,
      });
    let token = (await login()).json.accessToken;
    for (const [i, env] of settings.entries()) {
      await installation.stop({ keepData: true });
      installation = await startInstallation({ dataDir: installation.dataDir, env });
      const answer = await login();
      expect(answer.status).toBe(200);
      const [row] = await installation.sql("SELECT password_hash, version FROM users");
      expect(String(row?.["password_hash"]).startsWith(prefixes[i] ?? "?")).toBe(true);
      expect(row?.["version"]).toBe(1);
      const me = await get(installation.baseUrl, "/v1/auth/me", {
        authorization: `Bearer ${token}`,
      });
      expect(me.status).toBe(200);
      expect((await login()).status).toBe(200);
      token = answer.json.accessToken;
    }
    await installation.stop();
  });
});

describe("reopen", () => {
  const NEXT = {
    ...{ first_name: "Next", last_name: "Owner" },
    ...{ email: "next@example.com", password: "SecurePass789" },
  };

  test("a stopped installation on the embedded database; the operator's own token opens it", async () => {
    const first = await claimed({ embedded: true });
    await first.stop({ keepData: true });
    const SETUP_TOKEN = "the operator's own token";
    const env = { DATA_DIR: first.dataDir, SETUP_TOKEN };
    const opened = await runLatchkey(["admin", "reopen", "--confirm", "localhost:3000"], env);
    expect(opened.code).toBe(0);
    expect(opened.output).toContain("One user was deleted");

    const again = await startInstallation({
      embedded: true,
      dataDir: first.dataDir,
      env: { SETUP_TOKEN },
    });
    try {
      await expect
        .poll(async () => (await get(again.baseUrl, "/v1/auth/status")).json, { timeout: 10_000 })
        .toEqual({ needsSetup: true });
      const claim = (token: string) =>
        post(again.baseUrl, "/v1/auth/setup", NEXT, {
          "x-setup-token": token,
          "x-forwarded-for": "203.0.113.7",
        });
      expect((await claim("another token of that length")).status).toBe(403);
      expect((await claim(SETUP_TOKEN)).status).toBe(201);
    } finally {
      await again.stop();
    }
  });
});
