import { describe, expect, test, vi } from "vitest";
import { freshDatabase } from "../support/database";
import { bearer, get, post } from "../support/http";
import { startInstallation } from "../support/installation";
import { OWNER } from "../support/owner";
import { startStatementCounter } from "../support/statement-counter";
import { until } from "../support/until";

vi.setConfig({ testTimeout: 120_000 }); // faults take the time that giving up takes

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
});

describe("two replicas of one installation", () => {
  test("one learns of the other's claim: its doors say already, its pages lead away", async () => {
    const installation = await startInstallation({ processes: 2 });
    const person = { ...OWNER, first_name: "A", last_name: "B" };
    const [one = "", two = ""] = installation.baseUrls;
    try {
      for (const base of [one, two]) {
        expect((await get(base, "/")).headers.get("location")).toMatch(/\/setup$/);
        expect((await get(base, "/v1/auth/status")).json).toEqual({ needsSetup: true });
      }
      const claims = await Promise.all(
        Array.from({ length: 40 }, (_, i) =>
          post(i % 2 ? one : two, "/v1/auth/setup", { ...person, email: `o${i}@example.com` }),
        ),
      );
      const [won, ...more] = claims.filter((answer) => answer.status === 201);
      expect(more).toEqual([]);
      expect(claims.filter((answer) => answer.json.code === "ALREADY_SET_UP").length).toBe(39);
      for (const base of [one, two]) {
        expect((await get(base, "/v1/auth/status")).json).toEqual({ needsSetup: false });
        expect((await get(base, "/setup")).status).toBe(404);
        expect((await get(base, "/v1/auth/me", bearer(won?.json.accessToken))).status).toBe(200);
        const again = await post(base, "/v1/auth/setup", person);
        expect(again.json.code).toBe("ALREADY_SET_UP");
      }
      // A sign-in at one is good at the other.
      const login = await post(one, "/api/auth/login", { ...OWNER, email: won?.json.user.email });
      expect((await get(two, "/v1/auth/me", bearer(login.json.accessToken))).status).toBe(200);
    } finally {
      await installation.stop();
    }
  });
});
