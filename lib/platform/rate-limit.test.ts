import { type ChildProcess, spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Database, freshDatabase } from "@/e2e/support/database";
import { freePort } from "@/e2e/support/installation";
import { databaseEnv } from "@/e2e/support/latchkey";
import { closeDb } from "./db";
import { countAttempt, giveBackAttempt, type Limit, secondsBlocked } from "./rate-limit";
import { closeRedis, redis } from "./redis";

const REDIS_SERVER = ["/usr/bin/redis-server", "/usr/local/bin/redis-server"].find(existsSync);
const redisPort = await freePort();

let database: Database;
beforeAll(async () => {
  database = await freshDatabase();
  delete process.env["BASE_URL"]; // the test runner's, which means something else
  Object.assign(process.env, databaseEnv(database.url), {
    LOG_LEVEL: "silent",
    REDIS_URL: `redis://127.0.0.1:${redisPort}`,
  });
});
afterAll(async () => {
  closeRedis();
  await closeDb();
  await database.drop();
});

async function untilRedisIs(status: string): Promise<void> {
  while (redis()?.status !== status) await sleep(20);
}

/** What every store has to do; `name` keeps the keys of the runs apart. */
function behaves(name: string) {
  const steady: Limit = { name: `${name}.steady`, points: 3, seconds: 60 };
  const growing: Limit = { name: `${name}.growing`, points: 2, seconds: 1, grows: true };

  test("of 20 at once so many as allowed get through; one given back is free again", async () => {
    const waits = await Promise.all(Array.from({ length: 20 }, () => countAttempt(steady, "a")));
    expect(waits.filter((wait) => wait === null)).toHaveLength(3);
    expect(await secondsBlocked(steady, "a")).toBeGreaterThan(0);
    expect(await countAttempt(steady, "b")).toBeNull();
    await giveBackAttempt(steady, "b");
    expect(await secondsBlocked(steady, "b")).toBeNull();
  });

  test("a growing wait doubles each time", async () => {
    const waits: number[] = [];
    while (waits.length < 3) {
      const wait = await countAttempt(growing, "a");
      if (wait === null) continue;
      waits.push(wait);
      expect(await countAttempt(growing, "a")).toBe(wait);
      await sleep(wait * 1000 + 100);
    }
    expect(waits).toEqual([1, 2, 4]);
  });
}

describe("in PostgreSQL, while Redis is away", () => behaves("postgres"));

describe.skipIf(REDIS_SERVER === undefined)("in Redis", () => {
  let server: ChildProcess;
  beforeAll(async () => {
    const options = ["--port", String(redisPort), "--bind", "127.0.0.1", "--save", ""];
    server = spawn(REDIS_SERVER ?? "", options, { stdio: "ignore" });
    await untilRedisIs("ready");
  });
  afterAll(() => server?.kill());

  behaves("redis");

  test("the counts are there, and PostgreSQL takes over when it goes", async () => {
    const limit: Limit = { name: "moved", points: 1, seconds: 60 };
    expect(await countAttempt(limit, "a")).toBeNull();
    expect(await redis()?.get("moved:a")).toBe("1");
    server.kill("SIGKILL");
    await untilRedisIs("reconnecting");
    expect(await countAttempt(limit, "a")).toBeNull();
    expect(await database.sql("SELECT points FROM rate_limits WHERE key = 'moved:a'")).toEqual([
      { points: 1 },
    ]);
    expect(await countAttempt(limit, "a")).toBeGreaterThan(0);
  });
});
