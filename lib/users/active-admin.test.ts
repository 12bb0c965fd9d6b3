import { afterAll, beforeAll, expect, test } from "vitest";
import { type Database, freshDatabase } from "@/e2e/support/database";
import { databaseEnv } from "@/e2e/support/latchkey";
import { closeDb, query } from "@/lib/platform/db";
import { lastAdminKept } from "./active-admin";

let database: Database;
beforeAll(async () => {
  database = await freshDatabase();
  delete process.env["BASE_URL"]; // the test runner's, which means something else
  Object.assign(process.env, databaseEnv(database.url), { LOG_LEVEL: "silent" });
});
afterAll(async () => {
  await closeDb();
  await database.drop();
});

test.each([
  ["LK001", true],
  ["LK002", false],
  ["LK003", false],
  ["LK004", false],
])("%s is the promise of the last administrator: %s", async (state, kept) => {
  const raise = `DO $$ BEGIN RAISE EXCEPTION 'raised' USING ERRCODE = '${state}'; END $$`;
  const error = await query((db) => db.$executeRawUnsafe(raise)).catch((thrown) => thrown);
  expect(lastAdminKept(error)).toBe(kept);
});
