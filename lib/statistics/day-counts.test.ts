import { afterAll, beforeAll, expect, test } from "vitest";
import type { Database } from "@/e2e/support/database";
import { databaseInProcess } from "@/e2e/support/database-in-process";
import { sealEvents } from "@/lib/audit/seal-events";
import { purgeDayCounts } from "./purge-day-counts";

let database: Database;
beforeAll(async () => {
  database = await databaseInProcess();
});
afterAll(() => database.drop());

const append = (action: string, times = 1) =>
  `INSERT INTO audit_events (action, actor_label)
   SELECT '${action}', 'x' FROM generate_series(1, ${times});`;
const counts = async () => {
  const rows = await database.sql("SELECT what, count::int FROM day_counts ORDER BY what");
  return Object.fromEntries(rows.map(({ what, count }) => [what, count]));
};
async function sealAll() {
  while ((await sealEvents()) !== "sealed");
}

test("an event is counted once, with its seal, and one that was rolled back never", async () => {
  await database.sql(append("session.started", 3));
  await database.sql(`BEGIN; ${append("session.started", 5)} ROLLBACK`);
  expect(await counts()).toEqual({});
  await sealAll();
  await sealAll();
  expect(await counts()).toEqual({ "session.started": 3 });
});

test("two that seal at once count nothing twice", async () => {
  await database.sql(append("role.updated", 5_000));
  await Promise.all([sealAll(), sealAll()]);
  expect(await counts()).toMatchObject({ "role.updated": 5_000 });
});

test("a day is one of UTC, and goes after 400 of them", async () => {
  await database.sql(`
    SET TIME ZONE 'Pacific/Kiritimati'; SET session_replication_role = replica;
    INSERT INTO audit_events (id, at, action, actor_label)
      VALUES (-1, '2025-03-01T23:59:59Z', 'old', 'x'), (-2, '2025-03-02T00:00:00Z', 'old', 'x');
    SET session_replication_role = DEFAULT;
    INSERT INTO audit_seals VALUES (-1, -1, 'a'), (-2, -2, 'b')`);
  const days = () =>
    database.sql("SELECT day::text, count::int FROM day_counts WHERE what = 'old' ORDER BY day");
  expect(await days()).toEqual([
    { day: "2025-03-01", count: 1 },
    { day: "2025-03-02", count: 1 },
  ]);
  expect(await purgeDayCounts(new Date("2026-04-06T12:00:00Z"))).toBe(1);
  expect(await days()).toEqual([{ day: "2025-03-02", count: 1 }]);
});
