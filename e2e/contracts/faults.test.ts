import { readFile } from "node:fs/promises";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, test, vi } from "vitest";
import { freshDatabase } from "../support/database";
import { bearer, get, post } from "../support/http";
import { startInstallation } from "../support/installation";

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
    const database = await freshDatabase(); // for its way to run SQL beside it
    const url = new URL(database.url);
    url.pathname = "/not_yet";
    const installation = await startInstallation({
      databaseUrl: url.href,
      waitUntilReady: false,
      env: { ALLOW_BOOTSTRAP: "true" },
    });
    const base = installation.baseUrl;
    try {
      await until(async () => (await get(base, "/health/live")).status === 200, 60);
      for (const route of ["/health/ready", "/v1/auth/status", "/setup", "/login"]) {
        const answer = await get(base, route);
        expect(answer.status, route).toBe(503);
        expect(Number(answer.headers.get("retry-after")), route).toBeGreaterThan(0);
        expect(answer.text, route).not.toContain("not_yet");
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
      await database.sql('CREATE DATABASE "not_yet" OWNER latchkey');
      await until(async () => (await get(base, "/health/ready")).status === 200, 10);
      expect((await get(base, "/v1/auth/status")).json).toEqual({ needsSetup: true });
    } finally {
      await installation.stop();
      await database.sql('DROP DATABASE IF EXISTS "not_yet" WITH (FORCE)');
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
