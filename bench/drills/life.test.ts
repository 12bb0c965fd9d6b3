import { existsSync } from "node:fs";
import { rm } from "node:fs/promises";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, test } from "vitest";
import { accessToken, apiToken, claimed } from "@/e2e/support/claimed";
import { serverPid } from "@/e2e/support/data-folder";
import { get, post } from "@/e2e/support/http";
import { startInstallation } from "@/e2e/support/installation";
import { runLatchkey } from "@/e2e/support/latchkey";
import { OWNER } from "@/e2e/support/owner";
import { until } from "@/e2e/support/until";

/** PostgreSQL removes its own file when it has shut down in order. */
function isShutDown(dataDir: string): boolean {
  return !existsSync(path.join(dataDir, "postgres/postmaster.pid"));
}

async function isReady(base: string): Promise<boolean> {
  return (await get(base, "/health/ready")).status === 200;
}

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

describe("on the embedded database", () => {
  test("the second start of one folder shares secret and data", async () => {
    const first = await claimed({ embedded: true });
    const { dataDir } = first;
    const pid = await serverPid(dataDir);

    const second = await startInstallation({ embedded: true, dataDir });
    expect(await serverPid(dataDir)).toBe(pid);
    expect((await get(second.baseUrl, "/v1/auth/status")).json).toEqual({ needsSetup: false });
    const authorization = `Bearer ${await accessToken(first)}`;
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

  test("kill -9 of the app, of PostgreSQL, of both, while it writes: nothing confirmed is lost", async () => {
    let installation = await claimed({ embedded: true });
    const { dataDir } = installation;
    const authorization = `Bearer ${await apiToken(installation)}`;
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
      const inThisRound = () => confirmed.filter((email) => email.startsWith(victim)).length;
      await until(async () => inThisRound() > 10, 20);
      const pid = await serverPid(dataDir);
      if (victim !== "app") process.kill(pid, "SIGKILL");
      if (victim !== "postgres") await installation.kill9();
      else await until(async () => (await serverPid(dataDir).catch(() => pid)) !== pid, 5);
      await until(async () => victim !== "postgres" || (await isReady(base)), 5);
      writing = false;
      await Promise.all(writers);
      if (victim !== "postgres")
        installation = await startInstallation({ embedded: true, dataDir });

      const rows = await installation.sql("SELECT email FROM users");
      const stored = new Set(rows.map(({ email }) => email));
      expect(confirmed.filter((email) => !stored.has(email))).toEqual([]);
    }
    expect((await post(installation.baseUrl, "/v1/auth/login", OWNER)).status).toBe(200);
    await installation.stop();
  });
});
