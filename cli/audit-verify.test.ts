import { afterAll, beforeAll, beforeEach, expect, test, vi } from "vitest";
import type { Database } from "@/e2e/support/database";
import { databaseInProcess } from "@/e2e/support/database-in-process";
import { databaseEnv, runLatchkey } from "@/e2e/support/latchkey";
import { auditVerify } from "./audit-verify";
import { OperatorError } from "./operator-error";

let database: Database;
beforeAll(async () => {
  database = await databaseInProcess();
});
beforeEach(() =>
  tamper("DELETE FROM audit_events; UPDATE audit_head SET last_id = DEFAULT, last_hash = DEFAULT"),
);
afterAll(() => database.drop());

const append = (count: number) =>
  database.sql(
    `INSERT INTO audit_events (action, actor_label, details)
     SELECT 'user.updated', 'ada@example.com', jsonb_build_object('n', n) FROM generate_series(1, ${count}) n`,
  );

/** What somebody can do who may switch the triggers off. */
const tamper = (sql: string) =>
  database.sql(
    `SET session_replication_role = replica; ${sql}; SET session_replication_role = DEFAULT`,
  );

/** What the command does and prints, in this process; with the exit code that its end would have. */
async function verify(): Promise<{ code: number; output: string }> {
  let output = "";
  const print = (text: string | Uint8Array) => {
    output += text;
    return true;
  };
  const printers = [process.stdout, process.stderr].map((stream) =>
    vi.spyOn(stream, "write").mockImplementation(print),
  );
  try {
    await auditVerify();
    return { code: 0, output };
  } catch (error) {
    if (!(error instanceof OperatorError)) throw error;
    return { code: error.exitCode, output: error.message };
  } finally {
    for (const printer of printers) printer.mockRestore();
  }
}

const TIME = "\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z";

test("a whole chain, and how far it reaches", async () => {
  expect(await verify()).toMatchObject({ code: 0, output: "An unbroken chain: no events.\n" });
  await append(12);
  const { code, output } = await verify();
  expect(code).toBe(0);
  expect(output).toMatch(
    new RegExp(`^An unbroken chain: 12 events, from ${TIME} to ${TIME}\\.\\n$`),
  );
});

const INSERT = `INSERT INTO audit_events (id, action, actor_label, prev_hash, hash)`;

test.each([
  [
    "a changed event",
    `UPDATE audit_events SET actor_label = 'eve' WHERE id = 5`,
    /event 5 was changed.* 4 events/,
  ],
  [
    "a changed time",
    `UPDATE audit_events SET at = at - interval '1 day' WHERE id = 1`,
    /event 1 was changed.* no events/,
  ],
  [
    "a changed detail",
    `UPDATE audit_events SET details = '{"n": 8}' WHERE id = 7`,
    /event 7 was changed/,
  ],
  [
    "a changed event whose own hash was mended",
    `UPDATE audit_events SET actor_label = 'eve' WHERE id = 5; UPDATE audit_events SET hash = audit_event_hash(audit_events) WHERE id = 5`,
    /event 6 does not follow from the one before it.* 5 events/,
  ],
  [
    "an event removed from the middle",
    `DELETE FROM audit_events WHERE id = 6`,
    /event 6 is missing/,
  ],
  ["the first event removed", `DELETE FROM audit_events WHERE id = 1`, /event 1 is missing/],
  [
    "a cut tail",
    `DELETE FROM audit_events WHERE id > 8`,
    /the last 4 of 12 events are missing.* 8 events/,
  ],
  [
    "everything removed",
    `DELETE FROM audit_events`,
    /the last 12 of 12 events are missing.* no events/,
  ],
  [
    "a cut tail and a head that was set back",
    `DELETE FROM audit_events WHERE id > 8; UPDATE audit_head SET last_id = 8`,
    /does not end as its head says/,
  ],
  [
    "an edited head",
    `UPDATE audit_head SET last_hash = repeat('0', 64)`,
    /does not end as its head says/,
  ],
  [
    "an event put in before the first",
    `${INSERT} VALUES (0, 'user.deleted', 'eve', '', ''); UPDATE audit_events SET hash = audit_event_hash(audit_events) WHERE id = 0`,
    /event 1 is missing/,
  ],
  [
    "an event put in between, the later ones renumbered",
    `UPDATE audit_events SET id = -id WHERE id > 5; UPDATE audit_events SET id = 1 - id WHERE id < 0;
     ${INSERT} SELECT 6, 'user.deleted', 'eve', hash, '' FROM audit_events WHERE id = 5;
     UPDATE audit_events SET hash = audit_event_hash(audit_events) WHERE id = 6; UPDATE audit_head SET last_id = 13`,
    /event 7 was changed/,
  ],
  [
    "an event put in behind the last",
    `${INSERT} SELECT 13, 'user.deleted', 'eve', hash, '' FROM audit_events WHERE id = 12;
     UPDATE audit_events SET hash = audit_event_hash(audit_events) WHERE id = 13`,
    /1 event stands behind the head/,
  ],
])("%s is found", async (_what, sql, words) => {
  await append(12);
  await tamper(sql);
  const { code, output } = await verify();
  expect(output).toMatch(words);
  expect(code).toBe(1);
});

test("the command ends with 0 or 1 and says so", async () => {
  const command = () => runLatchkey(["audit", "verify"], databaseEnv(database.url));
  await append(12);
  const whole = await verify();
  expect(await command()).toEqual({ code: 0, output: whole.output });
  await tamper("UPDATE audit_events SET actor_label = 'eve' WHERE id = 5");
  const { code, output } = await command();
  expect({ code, output: output.trim() }).toEqual(await verify());
});

test("says how far it is on a long chain", async () => {
  // What the trigger would write, without a head that is updated 100,000 times in one transaction.
  await tamper(`DO $$
    DECLARE e audit_events; BEGIN
      e.action := 'user.updated'; e.actor_label := 'ada@example.com'; e.details := '{}'; e.hash := ''; e.at := now();
      FOR n IN 1..100001 LOOP
        e.id := n; e.prev_hash := e.hash; e.hash := audit_event_hash(e);
        INSERT INTO audit_events VALUES (e.*);
      END LOOP;
      UPDATE audit_head SET last_id = e.id, last_hash = e.hash;
    END $$`);
  const { code, output } = await verify();
  expect(output).toContain("100000 of 100001 events are right so far\n");
  expect(output).toContain("An unbroken chain: 100001 events");
  expect(code).toBe(0);
});
