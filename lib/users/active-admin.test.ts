import { afterAll, beforeAll, expect, test } from "vitest";
import type { Database } from "@/e2e/support/database";
import { databaseInProcess } from "@/e2e/support/database-in-process";
import { query } from "@/lib/platform/db";
import { lastAdminKept } from "./active-admin";

let database: Database;
beforeAll(async () => {
  database = await databaseInProcess();
});
afterAll(() => database.drop());

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
