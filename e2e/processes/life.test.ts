import { existsSync } from "node:fs";
import { rm, stat } from "node:fs/promises";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { expect, test } from "vitest";
import { freshDatabase } from "../support/database";
import { get } from "../support/http";
import { freePort, startInstallation } from "../support/installation";
import { databaseEnv, runLatchkey } from "../support/latchkey";

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

test("SIGTERM: not ready first, serving on until that was noticed, and nothing begun is dropped", async () => {
  const installation = await startInstallation({ embedded: true });
  const base = installation.baseUrl;
  const { dataDir } = installation;
  expect((await stat(path.join(dataDir, "auth-secret"))).mode & 0o777).toBe(0o600);
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
  const begun = [1, 2, 3].map(() => get(base, "/login"));
  const stopped = installation.stop({ keepData: true });
  while (heard.at(-1) !== "/health/live refused") {
    heard.push(await ask("/health/ready"), await ask("/health/live"));
    await sleep(100);
  }
  expect(await stopped).toEqual([0]);
  for (const { status } of await Promise.all(begun)) expect(status).toBeLessThan(500);
  const left = heard.indexOf("/health/ready 503 close");
  expect(left, heard.join("\n")).toBeGreaterThan(-1);
  expect(heard.slice(left)).toContain("/health/live 200 close");
  const unready = heard.filter((line) => line.startsWith("/health/ready 503"));
  expect(unready.length).toBeGreaterThanOrEqual(3); // so many bad answers are what balancers wait for
  // PostgreSQL removes its own file when it has shut down in order.
  expect(existsSync(path.join(dataDir, "postgres/postmaster.pid"))).toBe(false);
  await rm(dataDir, { recursive: true });
});
