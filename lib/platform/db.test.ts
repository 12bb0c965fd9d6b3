import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Database } from "@/e2e/support/database";
import { databaseInProcess } from "@/e2e/support/database-in-process";
import {
  DatabaseUnavailable,
  isDatabaseFault,
  isUniqueViolation,
  pool,
  query,
  sqlState,
  transaction,
} from "./db";
import { processWide } from "./process-wide";

let database: Database;
beforeAll(async () => {
  database = await databaseInProcess();
});
afterAll(() => database.drop());

const raise = (state: string) =>
  `DO $$ BEGIN RAISE EXCEPTION 'raised' USING ERRCODE = '${state}'; END $$`;

describe("transaction", () => {
  test.each(["40001", "40P01"])("is run again after %s", async (state) => {
    let attempts = 0;
    const result = await transaction(async (tx) => {
      attempts++;
      if (attempts < 3) await tx.$executeRawUnsafe(raise(state));
      return "done";
    });
    expect(result).toBe("done");
    expect(attempts).toBe(3);
  });

  test("gives up after five times and calls it a fault of the database", async () => {
    let attempts = 0;
    const running = transaction(async (tx) => {
      attempts++;
      await tx.$executeRawUnsafe(raise("40001"));
    });
    await expect(running).rejects.toBeInstanceOf(DatabaseUnavailable);
    expect(attempts).toBe(5);
  });

  test("two that block each other both get through", async () => {
    const lock = (first: number, second: number) =>
      transaction(async (tx) => {
        await tx.$executeRaw`SELECT pg_advisory_xact_lock(${first}::int)`;
        await sleep(50);
        await tx.$executeRaw`SELECT pg_advisory_xact_lock(${second}::int)`;
        return "through";
      });
    expect(await Promise.all([lock(1, 2), lock(2, 1)])).toEqual(["through", "through"]);
  });

  test("50 at once do not starve one another", async () => {
    const results = await Promise.all(
      Array.from({ length: 50 }, (_, i) =>
        transaction(
          async (tx) => (await tx.$queryRaw<{ i: number }[]>`SELECT ${i}::int AS i`)[0]?.i,
        ),
      ),
    );
    expect(results).toEqual(Array.from({ length: 50 }, (_, i) => i));
  });

  test("leaves nothing behind when its work throws", async () => {
    const running = transaction(async (tx) => {
      await tx.role.create({ data: { slug: "half", name: "Half" } });
      throw new Error("enough");
    });
    await expect(running).rejects.toThrow("enough");
    expect(await query((db) => db.role.count({ where: { slug: "half" } }))).toBe(0);
  });
});

describe("errors", () => {
  test.each([
    ["08006", true],
    ["53300", true],
    ["53100", true],
    ["57P01", true],
    ["57014", true],
    ["25006", true],
    ["55000", true],
    ["42P01", true],
    ["42501", true],
    ["26000", true],
    ["22P02", false],
    ["23514", false],
    // Refusals of our own triggers.
    ["LK001", false],
    ["LK002", false],
    ["LK003", false],
    ["LK004", false],
  ])("%s is a fault of the database: %s", async (state, fault) => {
    const error = await pool()
      .query(raise(state))
      .catch((thrown) => thrown);
    expect(sqlState(error)).toBe(state);
    expect(isDatabaseFault(error)).toBe(fault);
    const throughPrisma = await query((db) => db.$executeRawUnsafe(raise(state))).catch((e) => e);
    expect(throughPrisma instanceof DatabaseUnavailable).toBe(fault);
  });

  test("a duplicate is known by Prisma and by hand", async () => {
    await query((db) => db.role.create({ data: { slug: "twice", name: "Twice" } }));
    const again = await query((db) =>
      db.role.create({ data: { slug: "twice", name: "Twice" } }),
    ).catch((thrown) => thrown);
    expect(isUniqueViolation(again)).toBe(true);
    expect(isDatabaseFault(again)).toBe(false);
  });

  test("a server that is not there", async () => {
    const { PrismaPg } = await import("@prisma/adapter-pg");
    const { PrismaClient } = await import("./generated/client");
    const nowhere = new PrismaClient({
      adapter: new PrismaPg({ connectionString: "postgresql://x@127.0.0.1:1/x" }),
    });
    const error = await nowhere.user.count().catch((thrown) => thrown);
    expect(isDatabaseFault(error)).toBe(true);
  });
});

test("processWide makes one of each name", () => {
  let made = 0;
  const make = () => ({ number: ++made });
  expect(processWide("test.one", make)).toBe(processWide("test.one", make));
  expect(processWide("test.two", make)).not.toBe(processWide("test.one", make));
  expect(made).toBe(2);
});
