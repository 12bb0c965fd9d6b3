import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Database, freshDatabase } from "../support/database";
import { get, post } from "../support/http";
import { freePort, startInstallation } from "../support/installation";
import { databaseEnv, runLatchkey } from "../support/latchkey";

const PASSWORD = "a long enough passphrase";
const OWNER = { FIRST_ADMIN_EMAIL: "owner@example.com", FIRST_ADMIN_NAME: "Owner" };

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "latchkey-headless-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

describe("from the environment", () => {
  test("claims at start; later the variables are ignored, named, and the password stays", async () => {
    const file = path.join(folder, "password");
    await writeFile(file, `${PASSWORD}\n`, { mode: 0o600 });
    const first = await startInstallation({ env: { ...OWNER, FIRST_ADMIN_PASSWORD_FILE: file } });
    const login = { email: "owner@example.com", password: PASSWORD };
    expect((await get(first.baseUrl, "/v1/auth/status")).json).toEqual({ needsSetup: false });
    expect((await post(first.baseUrl, "/api/auth/login", login)).json.user.role).toBe("ADMIN");
    expect(await first.sql("SELECT door FROM installation")).toEqual([{ door: "environment" }]);
    expect(first.logs()).not.toContain(PASSWORD);
    await first.stop({ keepData: true });

    const again = await startInstallation({
      dataDir: first.dataDir,
      env: { ...OWNER, FIRST_ADMIN_PASSWORD: "another long passphrase" },
    });
    try {
      expect(again.logs()).toContain("FIRST_ADMIN_PASSWORD");
      expect(again.logs()).not.toContain("another long passphrase");
      expect((await post(again.baseUrl, "/api/auth/login", login)).status).toBe(200);
    } finally {
      await again.stop();
    }
  });

  test("a hash will do, bcrypt or argon2id", async () => {
    const FIRST_ADMIN_PASSWORD_HASH =
      "$argon2id$v=19$m=19456,t=2,p=1$c29tZXNhbHRzb21lc2FsdA$eAunKGHqNLrbLQ3i8pNmGaqzdAgZNmqQwSQcVpcHrz4";
    const installation = await startInstallation({ env: { ...OWNER, FIRST_ADMIN_PASSWORD_HASH } });
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
      { ...OWNER, FIRST_ADMIN_PASSWORD_FILE: "/nowhere/at/all" },
      "FIRST_ADMIN_PASSWORD_FILE",
    ],
    ["a folder", { ...OWNER, FIRST_ADMIN_PASSWORD_FILE: "/" }, "FIRST_ADMIN_PASSWORD_FILE"],
    ["a weak password", { ...OWNER, FIRST_ADMIN_PASSWORD: "password123" }, "FIRST_ADMIN_PASSWORD"],
    [
      "a bad e-mail",
      { FIRST_ADMIN_EMAIL: "owner@", FIRST_ADMIN_PASSWORD: PASSWORD },
      "FIRST_ADMIN_EMAIL",
    ],
    ["a bad hash", { ...OWNER, FIRST_ADMIN_PASSWORD_HASH: "hunter2" }, "FIRST_ADMIN_PASSWORD_HASH"],
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

describe("from the command line", () => {
  let database: Database;
  const latchkey = (args: string[], input = "") =>
    runLatchkey(args, { ...databaseEnv(database.url), DATA_DIR: path.join(folder, "cli") }, input);
  beforeAll(async () => {
    database = await freshDatabase();
  });
  afterAll(() => database.drop());

  test("0 created, 3 already claimed, 4 invalid, 5 database unreachable", async () => {
    const create = (email: string, password: string) =>
      latchkey(["admin", "create", "--email", email, "--name", "Owner"], `${password}\n`);
    expect((await create("owner@", PASSWORD)).code).toBe(4);
    expect((await create("owner@example.com", "short")).code).toBe(4);
    expect((await create("owner@example.com", PASSWORD)).code).toBe(0);
    expect((await create("other@example.com", PASSWORD)).code).toBe(3);
    const away = await runLatchkey(
      ["admin", "create", "--email", "owner@example.com"],
      {
        ...databaseEnv("postgresql://nobody@127.0.0.1:1/none"),
        DATA_DIR: path.join(folder, "cli"),
      },
      `${PASSWORD}\n`,
    );
    expect(away.code).toBe(5);
  });

  test("a password is never taken from an argument", async () => {
    const { code } = await latchkey([
      "admin",
      "create",
      "--email",
      "a@example.com",
      "--password",
      "x",
    ]);
    expect(code).not.toBe(0);
  });
});

describe("locked out", () => {
  test("users emptied behind the triggers' back: still closed, and the command line recovers", async () => {
    const installation = await startInstallation();
    const env = {
      ...databaseEnv(installation.databaseUrl),
      DATA_DIR: installation.dataDir,
    };
    const body = {
      email: "owner@example.com",
      password: PASSWORD,
      first_name: "O",
      last_name: "W",
    };
    try {
      expect((await post(installation.baseUrl, "/v1/auth/setup", body)).status).toBe(201);
      for (const damage of ["UPDATE users SET status = 'disabled'", "DELETE FROM users"]) {
        await installation.sql(`SET session_replication_role = replica; ${damage}`);
        expect((await get(installation.baseUrl, "/v1/auth/status")).json).toEqual({
          needsSetup: false,
        });
        expect((await post(installation.baseUrl, "/v1/auth/setup", body)).json.code).toBe(
          "ALREADY_SET_UP",
        );
        const sick = await runLatchkey(["doctor"], env);
        expect(sick.code).toBe(1);
        expect(sick.output).toContain("admin recover");

        const args = ["admin", "recover", "--email", "owner@example.com"];
        const recovered = await runLatchkey(args, env, "a new long passphrase\n");
        expect(recovered.code).toBe(0);
        const login = { email: "owner@example.com", password: "a new long passphrase" };
        expect((await post(installation.baseUrl, "/api/auth/login", login)).status).toBe(200);
      }
      expect((await runLatchkey(["doctor"], env)).code).toBe(0);
      expect((await runLatchkey(["admin", "list"], env)).output).toContain(
        "owner@example.com\tactive",
      );
      expect((await runLatchkey(["audit", "verify"], env)).code).toBe(0);
      await installation.sql(`SET session_replication_role = replica;
        UPDATE audit_events SET actor_label = 'somebody else' WHERE id = 2`);
      const broken = await runLatchkey(["audit", "verify"], env);
      expect(broken.code).not.toBe(0);
      expect(broken.output).toContain("2");
    } finally {
      await installation.stop();
    }
  });

  test("the last administrator's password is lost while the server runs on the embedded database", async () => {
    const installation = await startInstallation({ embedded: true });
    const body = {
      email: "owner@example.com",
      password: PASSWORD,
      first_name: "O",
      last_name: "W",
    };
    const login = (password: string) =>
      post(installation.baseUrl, "/v1/auth/login", { email: body.email, password });
    const env = { DATA_DIR: installation.dataDir };
    const args = ["admin", "reset-password", "--email", body.email];
    try {
      const claimed = await post(installation.baseUrl, "/v1/auth/setup", body);
      const old = { authorization: `Bearer ${claimed.json.accessToken}` };
      const weak = await runLatchkey(args, env, "short\n");
      expect(weak.code).toBe(4);
      expect(weak.output).not.toContain("short\n");
      expect((await get(installation.baseUrl, "/v1/auth/me", old)).status).toBe(200);

      const reset = await runLatchkey(args, env, "a new long passphrase\n");
      expect(reset.output).toContain("has a new password");
      expect(reset.code).toBe(0);
      expect((await get(installation.baseUrl, "/v1/auth/me", old)).status).toBe(401);
      expect((await login(PASSWORD)).status).toBe(401);
      const back = await login("a new long passphrase");
      expect(back.status).toBe(200);
      const now = { authorization: `Bearer ${back.json.accessToken}` };
      const { json } = await get(installation.baseUrl, "/v1/audit?action=user.passwordReset", now);
      expect(json.data).toMatchObject([{ actor: { id: null, label: "operator" } }]);

      const nobody = ["admin", "reset-password", "--email", "nobody@example.com"];
      expect((await runLatchkey(nobody, env, "a new long passphrase\n")).code).toBe(1);
    } finally {
      await installation.stop();
    }
  });

  test("another algorithm or cost: the next sign-in makes the hash anew, and nobody is signed out", async () => {
    const settings: Record<string, string>[] = [
      { BCRYPT_COST: "11" },
      { PASSWORD_HASH: "argon2id" },
      { PASSWORD_HASH: "bcrypt", BCRYPT_COST: "10" },
    ];
    const prefixes = ["$2b$11$", "$argon2id$v=19$m=19456,t=2,p=1$", "$2b$10$"];
    let installation = await startInstallation({
      env: { ...OWNER, FIRST_ADMIN_PASSWORD: PASSWORD },
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
