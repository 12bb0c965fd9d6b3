import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { accessToken, claimed } from "../support/claimed";
import { type Database, freshDatabase } from "../support/database";
import { sendForm } from "../support/form";
import { bearer, call, get, post } from "../support/http";
import { startInstallation } from "../support/installation";
import { databaseEnv, runLatchkey } from "../support/latchkey";
import { OWNER as CLAIMED } from "../support/owner";

const PASSWORD = "a long enough passphrase";
const OWNER = { FIRST_ADMIN_EMAIL: "owner@example.com", FIRST_ADMIN_NAME: "Owner" };

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "latchkey-headless-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

describe("from the environment", () => {
  test("claims at start; later the variables are ignored, named, and the password stays, its hash made anew", async () => {
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
      env: {
        ...OWNER,
        FIRST_ADMIN_PASSWORD: "another long passphrase",
        PASSWORD_HASH: "bcrypt",
      },
    });
    try {
      expect(again.logs()).toContain("FIRST_ADMIN_PASSWORD");
      expect(again.logs()).not.toContain("another long passphrase");
      expect((await post(again.baseUrl, "/api/auth/login", login)).status).toBe(200);
      const [user] = await again.sql("SELECT password_hash, version FROM users");
      expect(user).toEqual({ password_hash: expect.stringMatching(/^\$2b\$/), version: 1 });
    } finally {
      await again.stop();
    }
  });
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
    const installation = await claimed();
    const env = {
      ...databaseEnv(installation.databaseUrl),
      DATA_DIR: installation.dataDir,
    };
    const { email } = CLAIMED;
    const body = { ...CLAIMED, first_name: "O", last_name: "W" };
    try {
      await installation.sql("SET session_replication_role = replica; DELETE FROM users");
      expect((await get(installation.baseUrl, "/v1/auth/status")).json).toEqual({
        needsSetup: false,
      });
      expect((await post(installation.baseUrl, "/v1/auth/setup", body)).json.code).toBe(
        "ALREADY_SET_UP",
      );
      const sick = await runLatchkey(["doctor"], env);
      expect(sick.code).toBe(1);
      expect(sick.output).toContain("admin recover");

      const args = ["admin", "recover", "--email", email];
      const recovered = await runLatchkey(args, env, "a new long passphrase\n");
      expect(recovered.code).toBe(0);
      const login = { email, password: "a new long passphrase" };
      expect((await post(installation.baseUrl, "/api/auth/login", login)).status).toBe(200);
    } finally {
      await installation.stop();
    }
  });

  test("the last administrator's password is lost while the server runs on the embedded database", async () => {
    const installation = await claimed({ embedded: true });
    const { email, password } = CLAIMED;
    const login = (password: string) =>
      post(installation.baseUrl, "/v1/auth/login", { email, password });
    const env = { DATA_DIR: installation.dataDir };
    const args = ["admin", "reset-password", "--email", email];
    try {
      const old = bearer(await accessToken(installation));
      const weak = await runLatchkey(args, env, "short\n");
      expect(weak.code).toBe(4);
      expect(weak.output).not.toContain("short\n");
      expect((await get(installation.baseUrl, "/v1/auth/me", old)).status).toBe(200);

      const reset = await runLatchkey(args, env, "a new long passphrase\n");
      expect(reset.output).toContain("has a new password");
      expect(reset.code).toBe(0);
      expect((await get(installation.baseUrl, "/v1/auth/me", old)).status).toBe(401);
      expect((await login(password)).status).toBe(401);
      const back = await login("a new long passphrase");
      expect(back.status).toBe(200);
      const now = { authorization: `Bearer ${back.json.accessToken}` };
      const { json } = await get(installation.baseUrl, "/v1/audit?action=user.passwordReset", now);
      expect(json.data).toMatchObject([{ actor: { id: null, label: "operator" } }]);
    } finally {
      await installation.stop();
    }
  });
});

describe("reopen", () => {
  const NEXT = {
    ...{ first_name: "Next", last_name: "Owner" },
    ...{ email: "next@example.com", password: "SecurePass789" },
  };
  const reopen = ["admin", "reopen"];

  test("beside two running servers: everybody is out, the next owner claims and may bring them back", async () => {
    const settings = { ...OWNER, FIRST_ADMIN_PASSWORD: PASSWORD, SETUP_TOKEN: "required" };
    const installation = await startInstallation({ processes: 2, env: settings });
    const [base = "", other = ""] = installation.baseUrls;
    const env = {
      ...databaseEnv(installation.databaseUrl),
      ...settings,
      DATA_DIR: installation.dataDir,
      BASE_URL: "https://app.example.com",
    };
    const login = (who: { email: string; password: string }) => post(base, "/api/auth/login", who);
    const owner = { email: "owner@example.com", password: PASSWORD };
    try {
      const signedIn = await login(owner);
      const asOwner = bearer(signedIn.json.accessToken);
      const cookie = signedIn.headers.get("set-cookie")?.split(";")[0] ?? "";
      const bob = { name: "Bob", email: "bob@example.com", password: "SecurePass456" };
      const made = await post(base, "/v1/users", { ...bob, role: "predefined_user" }, asOwner);
      const invitation = { email: "invited@example.com", role: "predefined_user" };
      const { link } = (await post(base, "/v1/invitations", invitation, asOwner)).json;
      const asked = { name: "For all", abilities: ["*"] };
      const apiToken = (await post(base, "/v1/tokens", asked, asOwner)).json.token;
      const doors = [asOwner, bearer(apiToken)];
      for (const headers of doors)
        expect((await get(base, "/v1/auth/me", headers)).status).toBe(200);
      const named = { body: { name: "The owner's" }, headers: asOwner };
      expect((await call(base, "PATCH", "/v1/settings", named)).status).toBe(200);

      for (const args of [reopen, [...reopen, "--confirm", "localhost"]]) {
        const refused = await runLatchkey(args, env, "app.example.com\n");
        expect(refused.code).toBe(2);
        expect(refused.output).toContain("Nothing was changed");
      }
      expect((await get(base, "/v1/auth/me", asOwner)).status).toBe(200);

      const opened = await runLatchkey([...reopen, "--confirm", "app.example.com"], env);
      expect(opened.output).toContain("3 users were deleted");
      expect(opened.output).toContain("The next start claims it by FIRST_ADMIN_*.");
      expect(opened.code).toBe(0);
      for (const headers of doors)
        expect((await get(base, "/v1/auth/me", headers)).status).toBe(401);
      expect((await post(base, "/api/auth/refresh", undefined, { cookie })).status).toBe(401);
      expect((await login(owner)).status).toBe(401);

      // Both servers notice by themselves, and are shut until they do.
      const token = await installation.setupToken();
      expect(opened.output).toContain(encodeURIComponent(token));
      const claim = (at: string, setupToken: string) =>
        post(at, "/v1/auth/setup", NEXT, { "x-setup-token": setupToken });
      for (const at of [base, other]) await expectOpen(at);
      expect((await claim(base, "not the token")).status).toBe(403);
      const again = await runLatchkey([...reopen, "--confirm", "app.example.com"], env);
      expect(again.code).toBe(3);
      expect(again.output).toContain("open already");

      const claimed = await claim(other, token);
      expect(claimed.status).toBe(201);
      expect((await claim(base, token)).json.code).toBe("ALREADY_SET_UP");
      const asNext = bearer(claimed.json.accessToken);
      expect((await get(base, "/v1/settings", asNext)).json.name.value).toBe("Latchkey");

      const deleted = (await get(base, "/v1/deleted-users", asNext)).json.data;
      expect(deleted).toHaveLength(3);
      for (const user of deleted) {
        expect(user.deletedBy).toEqual({ id: null, label: "operator" });
        expect(user.role.slug).toBe("predefined_user");
      }
      const { id } = deleted.find(({ email }: { email: string }) => email === owner.email);
      const back = await post(base, `/v1/deleted-users/${id}/restore`, undefined, asNext);
      expect(back.json.role.slug).toBe("predefined_user");
      expect((await get(base, "/v1/auth/me", asOwner)).status).toBe(401);
      expect((await get(base, "/v1/auth/me", bearer(apiToken))).status).toBe(401);
      const asFormer = bearer((await login(owner)).json.accessToken);
      expect((await get(base, "/v1/users", asFormer)).status).toBe(403);
      expect(made.json.number).toBeLessThan((await get(base, "/v1/auth/me", asNext)).json.number);

      const { text: join } = await get(base, "/join");
      const brought = await sendForm(base, "/join", join, "token", { token: link.split("=")[1] });
      expect(brought.text).toContain("This link does not work</h1>");
      const trail = (await get(base, "/v1/audit?action=installation.reopened", asNext)).json.data;
      expect(trail).toMatchObject([
        {
          actor: { id: null, label: "operator" },
          door: "command line",
          details: { users: 3, administrators: [owner.email] },
        },
      ]);
      expect((await runLatchkey(["audit", "verify"], env)).code).toBe(0);
      expect(installation.logs()).not.toContain(token);
    } finally {
      await installation.stop();
    }
  });

  const expectOpen = (base: string) =>
    expect
      .poll(async () => (await get(base, "/v1/auth/status")).json, { timeout: 10_000 })
      .toEqual({ needsSetup: true });
});
