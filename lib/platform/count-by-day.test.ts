import { afterAll, beforeAll, expect, test } from "vitest";
import type { Database } from "@/e2e/support/database";
import { databaseInProcess } from "@/e2e/support/database-in-process";
import { countByDay, settleDayCounts } from "./count-by-day";

let database: Database;
beforeAll(async () => {
  database = await databaseInProcess();
});
afterAll(() => database.drop());

const counts = async () => {
  const rows = await database.sql(
    "SELECT what, count::int, day = (now() AT TIME ZONE 'UTC')::date AS today FROM day_counts ORDER BY what",
  );
  return rows.map(({ what, count, today }) => [what, count, today]);
};

test("what is counted is written once, and added to what others have written", async () => {
  for (let i = 0; i < 300; i++) countByDay(i % 3 ? "signIn.wrong" : "signIn.rateLimited");
  expect(await counts()).toEqual([]);
  await Promise.all([settleDayCounts(), settleDayCounts()]);
  expect(await counts()).toEqual([
    ["signIn.rateLimited", 100, true],
    ["signIn.wrong", 200, true],
  ]);
  countByDay("signIn.wrong");
  await settleDayCounts();
  expect((await counts())[1]).toEqual(["signIn.wrong", 201, true]);
});

test("what a database does not take is written when it does", async () => {
  await database.sql("DELETE FROM day_counts; ALTER TABLE day_counts RENAME TO away");
  countByDay("signIn.wrong");
  await settleDayCounts();
  countByDay("signIn.wrong");
  await database.sql("ALTER TABLE away RENAME TO day_counts");
  await settleDayCounts();
  expect(await counts()).toEqual([["signIn.wrong", 2, true]]);
});
