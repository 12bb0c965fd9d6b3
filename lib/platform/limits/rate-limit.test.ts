import { type ChildProcess, spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import type { Database } from "@/e2e/support/database";
import { databaseInProcess } from "@/e2e/support/database-in-process";
import { freePort } from "@/e2e/support/installation";
import { Prisma } from "../db";
import { countUse, guarded, type Limit, secondsBlocked, settleAttempts } from "./rate-limit";
import { closeRedis, redis } from "./redis";

const REDIS_SERVER = ["/usr/bin/redis-server", "/usr/local/bin/redis-server"].find(existsSync);
const redisPort = await freePort();

let database: Database;
beforeAll(async () => {
  database = await databaseInProcess({ env: { REDIS_URL: `redis://127.0.0.1:${redisPort}` } });
});
afterAll(async () => {
  closeRedis();
  await database.drop();
});

async function untilRedisIs(status: string): Promise<void> {
  while (redis()?.status !== status) await sleep(20);
}

const wrong = (limit: Limit, key: string) =>
  guarded([[limit, key]], async () => false, { isRight: (right) => right });
const kindsOf = (outcomes: { kind: string }[]) =>
  Object.fromEntries(
    ["done", "rateLimited"].map((kind) => [
      kind,
      outcomes.filter((one) => one.kind === kind).length,
    ]),
  );

/** What every store has to do; `name` keeps the keys of the runs apart. */
function behaves(name: string) {
  const steady: Limit = { name: `${name}.steady`, points: 3, seconds: 60 };
  const growing: Limit = { name: `${name}.growing`, points: 2, seconds: 1, grows: true };

  test("of 20 wrong ones at once so many as allowed get through, and then it is used up, once", async () => {
    const usedUp: Limit[] = [];
    const outcomes = await Promise.all(
      Array.from({ length: 20 }, () =>
        guarded([[steady, "a"]], async () => false, {
          isRight: (right) => right,
          usedUp: (limit) => usedUp.push(limit),
        }),
      ),
    );
    expect(kindsOf(outcomes)).toEqual({ done: 3, rateLimited: 17 });
    expect(outcomes.filter((one) => one.kind === "rateLimited").map((one) => one)).toEqual(
      Array(17).fill({ kind: "rateLimited", retryAfter: 1 }),
    );
    const wait = await secondsBlocked(steady, "a");
    expect(wait).toBeGreaterThan(50);
    expect(usedUp).toEqual([steady]);
    const late = await wrong(steady, "a");
    expect(late).toEqual({ kind: "rateLimited", retryAfter: expect.any(Number) });
    expect(late.kind === "rateLimited" && late.retryAfter).toBeGreaterThan(50);
  });

  test("right ones in flight are no failures: too many at once wait a second, and nothing is left", async () => {
    await wrong(growing, "typo");
    let release = () => {};
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    const right = () =>
      guarded([[growing, "typo"]], () => held.then(() => true), { isRight: (is) => is });
    const slow = Array.from({ length: 10 }, right);
    expect(await Promise.race(slow)).toEqual({ kind: "rateLimited", retryAfter: 1 });
    expect(await secondsBlocked(growing, "typo")).toBeNull();
    release();
    expect(kindsOf(await Promise.all(slow))).toEqual({ done: 1, rateLimited: 9 });
    expect(await right()).toEqual({ kind: "done", result: true });
  });

  test("what a fault broke off was no attempt", async () => {
    const broken = () =>
      guarded([[steady, "broken"]], () => Promise.reject(new Error("away")), {
        isRight: () => true,
      });
    for (let i = 0; i < 5; i++) await expect(broken()).rejects.toThrow("away");
    expect(await countUse(steady, "broken")).toBeNull();
  });

  test("who is refused by one limit uses up no other behind it", async () => {
    const both = () =>
      guarded(
        [
          [growing, "first"],
          [steady, "second"],
        ],
        async () => false,
        { isRight: (is) => is },
      );
    for (let i = 0; i < 6; i++) await both();
    expect(await wrong(steady, "second")).toEqual({ kind: "done", result: false });
    expect((await wrong(steady, "second")).kind).toBe("rateLimited");
  });

  test("a growing wait doubles each time", async () => {
    const waits: number[] = [];
    while (waits.length < 3) {
      const outcome = await wrong(growing, "a");
      if (outcome.kind === "done") continue;
      waits.push(outcome.retryAfter);
      expect(await wrong(growing, "a")).toEqual(outcome);
      await sleep(outcome.retryAfter * 1000 + 100);
    }
    expect(waits).toEqual([1, 2, 4]);
  });
}

describe("in PostgreSQL, while Redis is away", () => {
  behaves("postgres");

  test("an attempt whose process died is a failure half a minute later; given back after all, nothing is left", async () => {
    const limit: Limit = { name: "died", points: 1, seconds: 60, grows: true };
    let release = () => {};
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    const slow = guarded([[limit, "a"]], () => held, { isRight: () => true });
    await expect
      .poll(() => database.sql("SELECT 1 AS one FROM rate_limits WHERE key = 'died:a'"))
      .toHaveLength(1);
    await database.sql("UPDATE rate_limits SET pending_until = 0 WHERE key = 'died:a'");
    expect(await secondsBlocked(limit, "a")).toBeGreaterThan(0);
    release();
    await slow;
    await settleAttempts();
    expect(
      await database.sql("SELECT points, times, used_up FROM rate_limits WHERE key = 'died:a'"),
    ).toEqual([{ points: 0, times: 0, used_up: false }]);
  });

  test("a right one is taken back soon, also when nothing else is counted", async () => {
    await guarded([[{ name: "lone", points: 1, seconds: 60 }, "a"]], async () => true, {
      isRight: () => true,
    });
    const points = () => database.sql("SELECT points FROM rate_limits WHERE key = 'lone:a'");
    expect(await points()).toEqual([{ points: 1 }]);
    await expect.poll(points).toEqual([{ points: 0 }]);
  });

  const limit: Limit = { name: "read", points: 3, seconds: 60 };
  const reading = (key: string, text = "here") =>
    guarded([[limit, key]], async (beside) => beside, {
      isRight: () => false,
      beside: Prisma.sql`SELECT * FROM unnest(${[text, "there"]}::text[]) AS text WHERE text <> ''`,
    });

  test("something is read in the statement that counts, for whoever is let through", async () => {
    for (let i = 0; i < 3; i++) {
      expect(await reading("one")).toMatchObject({
        kind: "done",
        result: [{ text: "here" }, { text: "there" }],
      });
    }
    expect((await reading("one")).kind).toBe("rateLimited");
    const nothing = guarded([[limit, "none"]], async (beside) => beside, {
      isRight: () => false,
      beside: Prisma.sql`SELECT 1 AS one WHERE false`,
    });
    expect(await nothing).toEqual({ kind: "done", result: [] });
  });

  test("of several at once none is given what another was to read", async () => {
    const outcomes = await Promise.all([reading("b", "first"), reading("c", "second")]);
    expect(outcomes).toEqual(Array(2).fill({ kind: "done", result: null }));
    const alone = reading("d");
    const besides = guarded([[limit, "e"]], async (beside) => beside, { isRight: () => false });
    expect(await alone).toMatchObject({ result: [{ text: "here" }, { text: "there" }] });
    expect(await besides).toEqual({ kind: "done", result: null });
  });

  test("it goes by the database's clock, whatever this machine's says", async () => {
    const limit: Limit = { name: "clock", points: 1, seconds: 60 };
    expect(await countUse(limit, "a")).toBeNull();
    vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + 60 * 60 * 1000 });
    const wait = await countUse(limit, "a");
    vi.useRealTimers();
    expect(wait).toBeGreaterThan(50);
    expect(wait).toBeLessThanOrEqual(60);
  });
});

describe.skipIf(REDIS_SERVER === undefined)("in Redis", () => {
  let server: ChildProcess;
  beforeAll(async () => {
    const options = ["--port", String(redisPort), "--bind", "127.0.0.1", "--save", ""];
    server = spawn(REDIS_SERVER ?? "", options, { stdio: "ignore" });
    await untilRedisIs("ready");
  });
  afterAll(() => server?.kill());

  behaves("redis");

  test("nothing is read beside a count", async () => {
    const outcome = await guarded(
      [[{ name: "read", points: 1, seconds: 60 }, "a"]],
      async (beside) => beside,
      { isRight: () => true, beside: Prisma.sql`SELECT 1 AS one` },
    );
    expect(outcome).toEqual({ kind: "done", result: null });
  });

  test("the counts are there, and PostgreSQL takes over when it goes", async () => {
    const limit: Limit = { name: "moved", points: 1, seconds: 60 };
    expect(await countUse(limit, "a")).toBeNull();
    expect(await redis()?.hget("moved:a", "points")).toBe("1");
    server.kill("SIGKILL");
    await untilRedisIs("reconnecting");
    expect(await countUse(limit, "a")).toBeNull();
    expect(await database.sql("SELECT points FROM rate_limits WHERE key = 'moved:a'")).toEqual([
      { points: 1 },
    ]);
    expect(await countUse(limit, "a")).toBeGreaterThan(0);
  });
});
