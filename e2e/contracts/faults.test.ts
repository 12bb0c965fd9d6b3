import { existsSync } from "node:fs";
import { readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, test, vi } from "vitest";
import { freshDatabase } from "../support/database";
import { bearer, get, post } from "../support/http";
import { startInstallation } from "../support/installation";
import { databaseEnv, runLatchkey } from "../support/latchkey";
import { startStatementCounter } from "../support/statement-counter";

vi.setConfig({ testTimeout: 120_000 }); // faults take the time that giving up takes

const OWNER = { name: "Owner", email: "owner@example.com", password: "SecurePass123" };

async function until(holds: () => Promise<boolean>, seconds: number): Promise<void> {
  const deadline = Date.now() + seconds * 1000;
  while (!(await holds().catch(() => false))) {
    if (Date.now() > deadline) throw new Error(`not within ${seconds} s`);
    await sleep(100);
  }
}

describe("the database is away", () => {
  test("from the start: live, not ready, 503 everywhere, and ready once it comes", async () => {
    const database = await freshDatabase();
    const relay = await startStatementCounter(database.url);
    await relay.close(); // its address is known, and nothing listens there
    const installation = await startInstallation({
      databaseUrl: relay.url,
      waitUntilReady: false,
      env: { ALLOW_BOOTSTRAP: "true" },
    });
    const base = installation.baseUrl;
    try {
      await until(async () => (await get(base, "/health/live")).status === 200, 240); // it may build
      for (const route of ["/health/ready", "/v1/auth/status", "/setup", "/login"]) {
        const answer = await get(base, route);
        expect(answer.status, route).toBe(503);
        expect(Number(answer.headers.get("retry-after")), route).toBeGreaterThan(0);
        expect(answer.text, route).not.toContain(new URL(relay.url).port);
      }
      const claims: [string, number][] = [
        ["/api/auth/bootstrap", 503],
        ["/v1/auth/setup", 503],
        ["/api/auth/initialize", 500],
      ];
      for (const [route, status] of claims) {
        const answer = await post(base, route, { ...OWNER, first_name: "A", last_name: "B" });
        expect(answer.status, route).toBe(status);
        if (status === 500) {
          expect(answer.json).toEqual({
            message: "Error al inicializar sistema: Database connection failed",
            status: "error",
          });
        }
      }
      await until(
        async () => installation.logs().includes("waiting for the database: nothing listens at"),
        10,
      );
      await relay.open();
      await until(async () => (await get(base, "/health/ready")).status === 200, 10);
      expect((await get(base, "/v1/auth/status")).json).toEqual({ needsSetup: true });
    } finally {
      await installation.stop();
      await relay.close();
      await database.drop();
    }
  });

  test("all connections killed, again and again: 503s only, and well again at once", async () => {
    const installation = await startInstallation();
    const base = installation.baseUrl;
    try {
      const token = (await post(base, "/api/auth/initialize", OWNER)).json.access_token;
      let over = false;
      const killing = (async () => {
        while (!over) {
          await installation.sql(`SELECT pg_terminate_backend(pid) FROM pg_stat_activity
            WHERE datname = current_database() AND application_name = 'latchkey'`);
          await sleep(50);
        }
      })();
      const statuses = new Set<number>();
      for (let i = 0; i < 60; i++) {
        const answers = await Promise.all([
          get(base, "/v1/users", bearer(token)),
          get(base, "/login"),
          post(base, "/api/auth/login", { email: "x@example.com", password: "x" }),
        ]);
        for (const answer of answers) statuses.add(answer.status);
      }
      over = true;
      await killing;
      for (const status of statuses) expect([200, 401, 429, 503]).toContain(status);
      await until(async () => (await get(base, "/v1/users", bearer(token))).status === 200, 5);
    } finally {
      await installation.stop();
    }
  });

  test("the embedded database killed under the running app: 503, then well again by itself", async () => {
    const installation = await startInstallation({ embedded: true });
    const base = installation.baseUrl;
    try {
      const token = (await post(base, "/api/auth/initialize", OWNER)).json.access_token;
      const pidFile = path.join(installation.dataDir, "postgres", "postmaster.pid");
      process.kill(Number((await readFile(pidFile, "utf8")).split("\n")[0]), "SIGKILL");
      const answer = await get(base, "/v1/users", bearer(token));
      expect([200, 503]).toContain(answer.status);
      await until(async () => (await get(base, "/v1/users", bearer(token))).status === 200, 20);
      expect((await post(base, "/api/auth/login", OWNER)).status).toBe(200);
    } finally {
      await installation.stop();
    }
  });
});

describe("a claim while the first start is still preparing", () => {
  const DOORS = ["/api/auth/bootstrap", "/v1/auth/setup", "/api/auth/initialize"];
  const CLOSED = "Error al inicializar sistema: Database connection failed";

  test.each([
    { by: "doors of two replicas", processes: 2, commandLine: false },
    { by: "doors of one", processes: 1, commandLine: false },
    { by: "the command line beside them", processes: 2, commandLine: true },
  ])("by $by: refused with 503, then one wins and nothing is left over", async (row) => {
    const database = await freshDatabase({ migrated: false });
    const installation = await startInstallation({
      databaseUrl: database.url,
      processes: row.processes,
      waitUntilReady: false,
      env: { ALLOW_BOOTSTRAP: "true" },
    });
    try {
      const statuses = new Set<number>();
      let won = 0;
      let over = false;
      // From the first connection that is accepted on, as fast as it goes.
      const hammer = installation.baseUrls.flatMap((base) =>
        DOORS.map(async (route, i) => {
          for (let round = 0; !over; round++) {
            const email = `o${i}-${round}-${base.slice(-5)}@example.com`;
            const person = { ...OWNER, email, first_name: "A", last_name: "B" };
            const answers = await Promise.all([
              post(base, route, person),
              get(base, "/v1/auth/status"),
              get(base, "/setup"),
            ]).catch(() => null);
            await sleep(answers === null ? 5 : 50);
            for (const { status, json } of answers ?? []) {
              // Door 3 says so with its published 500.
              statuses.add(status === 500 && json?.message === CLOSED ? 503 : status);
              if (json?.message === "Sistema ya inicializado") statuses.delete(400);
            }
            if (answers && [200, 201].includes(answers[0].status)) won++;
          }
        }),
      );
      const created = row.commandLine
        ? await runLatchkey(
            ["admin", "create", "--email", "cli@example.com"],
            databaseEnv(database.url),
            `${OWNER.password}\n`,
          )
        : null;
      await installation.ready();
      if (created === null) await until(async () => won > 0, 20);
      over = true;
      await Promise.all(hammer);
      expect(installation.processes.map(({ exitCode }) => exitCode)).not.toContain(1);
      expect(won + (created?.code === 0 ? 1 : 0)).toBe(1);
      statuses.delete(408); // a busy machine that kept us from sending in time
      for (const status of statuses) expect([200, 201, 307, 403, 404, 409, 503]).toContain(status);
      const [left] = await database.sql(
        `SELECT (SELECT count(*)::int FROM setup_token) AS tokens,
                (SELECT count(*)::int FROM users) AS users,
                (SELECT count(*)::int FROM installation) AS installations`,
      );
      expect(left).toEqual({ tokens: 0, users: 1, installations: 1 });
      // The other replica looks every few seconds.
      const files = [installation.dataDir, path.join(installation.dataDir, "replica-1")];
      const anyToken = () => files.some((folder) => existsSync(path.join(folder, "setup-token")));
      await until(async () => !anyToken(), 15);
    } finally {
      await installation.stop();
      await database.drop();
    }
  });
});

describe("a hot standby", () => {
  test("started on one: what is asked for is shown, changes are 503, and all is well once it is promoted", async () => {
    let installation = await startInstallation({ embedded: true });
    const { dataDir } = installation;
    const token = (await post(installation.baseUrl, "/api/auth/initialize", OWNER)).json
      .access_token;
    await installation.stop({ keepData: true });
    await writeFile(path.join(dataDir, "postgres", "standby.signal"), "");
    installation = await startInstallation({ embedded: true, dataDir });
    const base = installation.baseUrl;
    try {
      expect((await get(base, "/health/ready")).json.status).toBe("readOnly");
      expect((await get(base, "/v1/auth/status")).json).toEqual({ needsSetup: false });
      for (const route of ["/v1/auth/me", "/v1/users", "/v1/audit", "/v1/roles"]) {
        expect((await get(base, route, bearer(token))).status, route).toBe(200);
      }
      expect((await get(base, "/login")).status).toBe(200);
      const login = await post(base, "/api/auth/login", OWNER);
      expect(login.status).toBe(503);
      expect(login.json.code).toBe("DATABASE_UNAVAILABLE");
      const user = { email: "new@example.com", role: "predefined_user" };
      expect((await post(base, "/v1/users", user, bearer(token))).status).toBe(503);

      await installation.sql("SELECT pg_promote()");
      await until(async () => (await post(base, "/api/auth/login", OWNER)).status === 200, 15);
      await until(async () => (await get(base, "/health/ready")).json.status === "ok", 5);
      expect((await post(base, "/v1/users", user, bearer(token))).status).toBe(201);
    } finally {
      await installation.stop();
    }
  });
});

describe("two replicas of one installation", () => {
  test("one learns of the other's claim: its doors say already, its pages lead away", async () => {
    const installation = await startInstallation({ processes: 2 });
    const [one = "", two = ""] = installation.baseUrls;
    try {
      for (const base of [one, two]) {
        expect((await get(base, "/")).headers.get("location")).toMatch(/\/setup$/);
        expect((await get(base, "/v1/auth/status")).json).toEqual({ needsSetup: true });
      }
      const claims = await Promise.all(
        Array.from({ length: 40 }, (_, i) =>
          post(i % 2 ? one : two, "/api/auth/initialize", { ...OWNER, email: `o${i}@example.com` }),
        ),
      );
      expect(claims.filter((answer) => answer.status === 200).length).toBe(1);
      expect(
        claims.filter((answer) => answer.json.message === "Sistema ya inicializado").length,
      ).toBe(39);
      const token = claims.find((answer) => answer.status === 200)?.json.access_token;
      for (const base of [one, two]) {
        expect((await get(base, "/v1/auth/status")).json).toEqual({ needsSetup: false });
        expect((await get(base, "/setup")).status).toBe(404);
        expect((await get(base, "/v1/auth/me", bearer(token))).status).toBe(200);
        const again = await post(base, "/v1/auth/setup", {
          ...OWNER,
          first_name: "A",
          last_name: "B",
        });
        expect(again.json.code).toBe("ALREADY_SET_UP");
      }
      // A sign-in at one is good at the other.
      const winner = JSON.parse(claims.find((answer) => answer.status === 200)?.text ?? "{}");
      const login = await post(one, "/api/auth/login", { ...OWNER, email: winner.user.email });
      expect((await get(two, "/v1/auth/me", bearer(login.json.accessToken))).status).toBe(200);
    } finally {
      await installation.stop();
    }
  });
});
