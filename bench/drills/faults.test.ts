import { readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, test } from "vitest";
import { apiToken, claimed } from "@/e2e/support/claimed";
import { bearer, get, post } from "@/e2e/support/http";
import { startInstallation } from "@/e2e/support/installation";
import { OWNER } from "@/e2e/support/owner";
import { until } from "@/e2e/support/until";

describe("the database is away", () => {
  test("all connections killed, again and again: 503s only, and well again at once", async () => {
    const installation = await claimed();
    const base = installation.baseUrl;
    try {
      const token = await apiToken(installation);
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
    const installation = await claimed({ embedded: true });
    const base = installation.baseUrl;
    try {
      const token = await apiToken(installation);
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

describe("a hot standby", () => {
  test("started on one: what is asked for is shown, changes are 503, and all is well once it is promoted", async () => {
    let installation = await claimed({ embedded: true });
    const { dataDir } = installation;
    const token = await apiToken(installation);
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
