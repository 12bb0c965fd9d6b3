import { afterAll, beforeAll, expect, test } from "vitest";
import type { Database } from "@/e2e/support/database";
import { databaseInProcess } from "@/e2e/support/database-in-process";
import { DatabaseUnavailable, pool } from "@/lib/platform/db";
import { markPrepared, requireReady } from "./readiness";

let database: Database;
beforeAll(async () => {
  database = await databaseInProcess();
});
afterAll(() => database.drop());

/** Of that age, as somebody can leave it whom the triggers do not see. */
const leaveUnsealed = (age: string) =>
  database.sql(`
    SET session_replication_role = replica;
    INSERT INTO audit_events (id, action, actor_label, at)
      VALUES (nextval('audit_events_id_seq'), 'user.updated', 'ada@example.com', now() - interval '${age}');
    SET session_replication_role = DEFAULT`);

test("nobody is served before the start has finished", async () => {
  await expect(requireReady()).rejects.toThrow(DatabaseUnavailable);
});

test("an event may wait for its seal, and not for long", async () => {
  markPrepared();
  expect(await requireReady()).toBe("ok");
  await leaveUnsealed("50 seconds");
  expect(await requireReady()).toBe("ok");
  await leaveUnsealed("70 seconds");
  expect(await requireReady()).toBe("unsealed");
});

test("a database that only reads is told as such, whatever waits there", async () => {
  markPrepared();
  const connection = await pool().connect(); // the pool keeps this one, and asks it next
  await connection.query("SET default_transaction_read_only = on");
  connection.release();
  expect(await requireReady()).toBe("readOnly");
  await pool().query("SET default_transaction_read_only = off");
  expect(await requireReady()).not.toBe("readOnly");
});

test("a database without its tables is none", async () => {
  markPrepared();
  await database.sql("ALTER TABLE audit_head RENAME TO gone");
  await expect(requireReady()).rejects.toThrow(DatabaseUnavailable);
});
