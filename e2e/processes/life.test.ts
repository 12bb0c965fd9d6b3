import { existsSync } from "node:fs";
import { readFile, rm, stat } from "node:fs/promises";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, test } from "vitest";
import { freshDatabase } from "../support/database";
import { get, post } from "../support/http";
import { freePort, startInstallation } from "../support/installation";
import { databaseEnv, runLatchkey } from "../support/latchkey";

const OWNER = {
  email: "owner@example.com",
  password: "a long enough passphrase",
  first_name: "O",
  last_name: "Wner",
};

async function until(condition: () => Promise<boolean>, milliseconds: number): Promise<void> {
  const deadline = Date.now() + milliseconds;
  while (!(await condition())) {
    if (Date.now() > deadline) throw new Error(`It did not come about in ${milliseconds} ms.`);
    await sleep(50);
  }
}

async function postgresPid(dataDir: string): Promise<number> {
  const file = path.join(dataDir, "postgres/postmaster.pid");
  return Number((await readFile(file, "utf8")).split("\n")[0]);
}

/** PostgreSQL removes its own file when it has shut down in order. */
function isShutDown(dataDir: string): boolean {
  return !existsSync(path.join(dataDir, "postgres/postmaster.pid"));
}

async function isReady(base: string): Promise<boolean> {
  return (await get(base, "/health/ready")).status === 200;
}

test("a weak FIRST_ADMIN_PASSWORD stops the start after the database was asked", async () => {
  const database = await freshDatabase();
  const { code, output } = await runLatchkey(["start"], {
    ...databaseEnv(database.url),
    PORT: String(await freePort()),
    HOST: "127.0.0.1",
    FIRST_ADMIN_EMAIL: "a@example.com",
    FIRST_ADMIN_PASSWORD: "password",
  });
  expect(code).toBe(1);
  expect(output).toContain("FIRST_ADMIN_PASSWORD: ");
  expect(await database.sql("SELECT 1 FROM users")).toEqual([]);
  await database.drop();
});

test("SIGTERM under load: what was begun is answered, exit 0 within 10 s", async () => {
  const installation = await startInstallation();
  const statuses: number[] = [];
  let stopping = false;
  const client = async () => {
    while (!stopping) {
      const answer = await get(installation.baseUrl, "/login").catch(() => null);
      // A connection may be refused once the server no longer listens; none may be answered in half.
      if (answer) statuses.push(answer.status);
      else if (!stopping) throw new Error("a request was dropped before the stop");
    }
  };
  const clients = Array.from({ length: 10 }, client);
  await sleep(1_500);
  stopping = true;
  const began = Date.now();
  const codes = await installation.stop();
  await Promise.all(clients);
  expect(codes).toEqual([0]);
  expect(Date.now() - began).toBeLessThan(10_000);
  expect(statuses.length).toBeGreaterThan(10);
  expect([...new Set(statuses)].every((status) => status < 500)).toBe(true);
});

test("SIGTERM: not ready first, for as long as those who ask need to notice, and still serving", async () => {
  const installation = await startInstallation();
  const base = installation.baseUrl;
  const heard: string[] = [];
  const ask = async (path: string) =>
    get(base, path).then(
      ({ status, headers }) => `${path} ${status} ${headers.get("connection")}`,
      () => `${path} refused`,
    );
  // As a balancer does: every 200 ms.
  for (let i = 0; i < 3; i++) {
    await ask("/health/ready");
    await sleep(200);
  }
  const stopped = installation.stop();
  while (heard.at(-1) !== "/health/live refused") {
    heard.push(await ask("/health/ready"), await ask("/health/live"));
    await sleep(100);
  }
  expect(await stopped).toEqual([0]);
  const left = heard.indexOf("/health/ready 503 close");
  expect(left, heard.join("\n")).toBeGreaterThan(-1);
  expect(heard.slice(left)).toContain("/health/live 200 close");
  const unready = heard.filter((line) => line.startsWith("/health/ready 503"));
  expect(unready.length).toBeGreaterThanOrEqual(3); // so many bad answers are what balancers wait for
});

describe("on the embedded database", () => {
  test("the secret and the data are private; the second start of one folder shares them", async () => {
    const first = await startInstallation({ embedded: true });
    const secret = path.join(first.dataDir, "auth-secret");
    expect((await stat(secret)).mode & 0o777).toBe(0o600);
    const { dataDir } = first;
    const pid = await postgresPid(dataDir);

    const second = await startInstallation({ embedded: true, dataDir });
    expect(await postgresPid(dataDir)).toBe(pid);
    const claimed = await post(first.baseUrl, "/v1/auth/setup", OWNER);
    expect(claimed.status).toBe(201);
    expect((await get(second.baseUrl, "/v1/auth/status")).json).toEqual({ needsSetup: false });
    const authorization = `Bearer ${claimed.json.accessToken}`;
    expect((await get(second.baseUrl, "/v1/auth/me", { authorization })).status).toBe(200);

    expect(await first.stop({ keepData: true })).toEqual([0]);
    expect(isShutDown(dataDir)).toBe(false);
    expect((await get(second.baseUrl, "/health/ready")).status).toBe(200);
    expect(await second.stop({ keepData: true })).toEqual([0]);
    expect(isShutDown(dataDir)).toBe(true);
    await rm(dataDir, { recursive: true });
  });

  test("the command line works beside a running server and alone", async () => {
    const installation = await startInstallation({ embedded: true });
    const { dataDir } = installation;
    const admin = ["admin", "create", "--email", OWNER.email];
    const env = { DATA_DIR: dataDir };

    expect(await runLatchkey(admin, env, "short")).toMatchObject({ code: 4 });
    expect(await runLatchkey(admin, env, `${OWNER.password}\n`)).toMatchObject({ code: 0 });
    const { status, json } = await post(installation.baseUrl, "/v1/auth/login", OWNER);
    expect([status, json.user.email]).toEqual([200, OWNER.email]);
    await installation.stop({ keepData: true });

    const again = await runLatchkey(admin, env, OWNER.password);
    expect(again).toMatchObject({ code: 3 });
    expect(again.output).not.toContain(OWNER.password);
    const { code, output } = await runLatchkey(["doctor"], env);
    expect([code, output]).toEqual([0, expect.stringContaining("1 active")]);
    expect((await runLatchkey(["audit", "verify"], env)).output).toContain("unbroken");
    await (await startInstallation({ embedded: true, dataDir })).stop();
  });

  test("the command line says when the database cannot be reached", async () => {
    const env = databaseEnv("postgresql://nobody@127.0.0.1:1/none");
    const admin = ["admin", "create", "--email", OWNER.email];
    expect(await runLatchkey(admin, env, OWNER.password)).toMatchObject({ code: 5 });
  });

  test("kill -9 of the app, of PostgreSQL, of both, while it writes: nothing confirmed is lost", async () => {
    let installation = await startInstallation({ embedded: true });
    const { dataDir } = installation;
    const claimed = await post(installation.baseUrl, "/api/auth/initialize", {
      name: "Owner",
      email: OWNER.email,
      password: "A-long-passphrase-1",
    });
    const authorization = `Bearer ${claimed.json.access_token}`;
    const confirmed: string[] = [];

    for (const victim of ["app", "postgres", "both"] as const) {
      const base = installation.baseUrl;
      let writing = true;
      const write = async (n: number) => {
        for (let i = 0; writing; i++) {
          const email = `${victim}-${n}-${i}@example.com`;
          const body = { email, role: "predefined_user" };
          const answer = await post(base, "/v1/users", body, { authorization }).catch(() => null);
          if (answer?.status === 201) confirmed.push(email);
          else await sleep(20);
        }
      };
      const writers = [1, 2, 3, 4].map(write);
      await sleep(700);
      const pid = await postgresPid(dataDir);
      if (victim !== "app") process.kill(pid, "SIGKILL");
      if (victim !== "postgres") await installation.kill9();
      else await until(async () => (await postgresPid(dataDir).catch(() => pid)) !== pid, 5_000);
      await until(async () => victim !== "postgres" || (await isReady(base)), 5_000);
      writing = false;
      await Promise.all(writers);
      if (victim !== "postgres")
        installation = await startInstallation({ embedded: true, dataDir });

      const rows = await installation.sql("SELECT email FROM users");
      const stored = new Set(rows.map(({ email }) => email));
      expect(confirmed.filter((email) => !stored.has(email))).toEqual([]);
    }
    expect(confirmed.length).toBeGreaterThan(10);
    const login = { email: OWNER.email, password: "A-long-passphrase-1" };
    expect((await post(installation.baseUrl, "/v1/auth/login", login)).status).toBe(200);
    await installation.stop();
  });
});
