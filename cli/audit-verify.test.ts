import { afterAll, beforeAll, beforeEach, expect, test, vi } from "vitest";
import type { Database } from "@/e2e/support/database";
import { databaseInProcess } from "@/e2e/support/database-in-process";
import { databaseEnv, runLatchkey } from "@/e2e/support/latchkey";
import { sealEvents } from "@/lib/audit/seal-events";
import { auditVerify } from "./audit-verify";
import { OperatorError } from "./operator-error";

let database: Database;
beforeAll(async () => {
  database = await databaseInProcess();
});
beforeEach(() =>
  tamper(
    `DELETE FROM audit_events; DELETE FROM audit_seals; ALTER SEQUENCE audit_events_id_seq RESTART;
     UPDATE audit_head SET last_place = DEFAULT, last_hash = DEFAULT, settled_id = DEFAULT, taken_id = DEFAULT`,
  ),
);
afterAll(() => database.drop());

const append = (count: number) =>
  database.sql(
    `INSERT INTO audit_events (action, actor_label, details)
     SELECT 'user.updated', 'ada@example.com', jsonb_build_object('n', n) FROM generate_series(1, ${count}) n`,
  );

/** Seals all that was appended, as a running server does. */
async function seal(): Promise<void> {
  while ((await sealEvents()) !== "sealed");
}

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
  await seal();
  const { code, output } = await verify();
  expect(code).toBe(0);
  expect(output).toMatch(
    new RegExp(`^An unbroken chain: 12 events, from ${TIME} to ${TIME}\\.\\n$`),
  );
});

test("what waits to be sealed is told apart", async () => {
  await append(12);
  await seal();
  await append(2);
  const { code, output } = await verify();
  expect(code).toBe(0);
  expect(output).toMatch(
    new RegExp(
      `^An unbroken chain: 12 events, .*\\. 2 newer events wait to be sealed since ${TIME};`,
    ),
  );
});

const INSERT = `INSERT INTO audit_events (id, action, actor_label)`;
const HASH = (id: number) =>
  `UPDATE audit_seals SET hash = (
     SELECT audit_event_hash(before.hash, e) FROM audit_events e, audit_seals before
     WHERE e.id = ${id} AND before.event_id = ${id} - 1) WHERE event_id = ${id}`;

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
    "a changed event whose own seal was mended",
    `UPDATE audit_events SET actor_label = 'eve' WHERE id = 5; ${HASH(5)}`,
    /event 6 was changed, or the seal of the one before it.* 5 events/,
  ],
  [
    "an event removed from the middle",
    `DELETE FROM audit_events WHERE id = 6`,
    /event 6 is missing/,
  ],
  ["the first event removed", `DELETE FROM audit_events WHERE id = 1`, /event 1 is missing/],
  [
    "an event removed with its seal",
    `DELETE FROM audit_events WHERE id = 6; DELETE FROM audit_seals WHERE event_id = 6`,
    /event at place 6 is missing/,
  ],
  [
    "an event removed with its seal, the later ones moved up",
    `DELETE FROM audit_events WHERE id = 6; DELETE FROM audit_seals WHERE event_id = 6;
     UPDATE audit_seals SET place = -place WHERE place > 6; UPDATE audit_seals SET place = -1 - place WHERE place < 0;
     UPDATE audit_head SET last_place = 11`,
    /event 7 was changed/,
  ],
  [
    "a cut tail",
    `DELETE FROM audit_events WHERE id > 8; DELETE FROM audit_seals WHERE event_id > 8`,
    /the last 4 of 12 events are missing.* 8 events/,
  ],
  [
    "everything removed",
    `DELETE FROM audit_events; DELETE FROM audit_seals`,
    /the last 12 of 12 events are missing.* no events/,
  ],
  [
    "a cut tail and a head that was set back",
    `DELETE FROM audit_events WHERE id > 8; DELETE FROM audit_seals WHERE event_id > 8; UPDATE audit_head SET last_place = 8`,
    /does not end as its head says/,
  ],
  [
    "an edited head",
    `UPDATE audit_head SET last_hash = repeat('0', 64)`,
    /does not end as its head says/,
  ],
  [
    "a removed seal",
    `DELETE FROM audit_seals WHERE event_id = 3`,
    /event at place 3 is missing.* 2 events/,
  ],
  [
    "an event put in before the first",
    `${INSERT} VALUES (0, 'user.deleted', 'eve')`,
    /1 event stands outside the chain/,
  ],
  [
    "an event put in before the first, and sealed",
    `${INSERT} VALUES (0, 'user.deleted', 'eve'); UPDATE audit_seals SET place = place + 100; UPDATE audit_seals SET place = place - 99;
     INSERT INTO audit_seals SELECT 1, 0, audit_event_hash('', e) FROM audit_events e WHERE id = 0; UPDATE audit_head SET last_place = 13`,
    /event 1 was changed/,
  ],
  [
    "an event put in behind the last",
    `${INSERT} VALUES (13, 'user.deleted', 'eve'), (14, 'user.deleted', 'eve')`,
    /2 events stand outside the chain/,
  ],
])("%s is found", async (_what, sql, words) => {
  await append(12);
  await seal();
  await tamper(sql);
  const { code, output } = await verify();
  expect(output).toMatch(words);
  expect(code).toBe(1);
});

test("the command ends with 0 or 1 and says so", async () => {
  const command = () => runLatchkey(["audit", "verify"], databaseEnv(database.url));
  await append(12);
  await seal();
  const whole = await verify();
  expect(await command()).toEqual({ code: 0, output: whole.output });
  await tamper("UPDATE audit_events SET actor_label = 'eve' WHERE id = 5");
  const { code, output } = await command();
  expect({ code, output: output.trim() }).toEqual(await verify());
});

test("says how far it is on a long chain", async () => {
  await append(20_001);
  await seal();
  const { code, output } = await verify();
  expect(output).toContain("20000 of 20001 events are right so far\n");
  expect(output).toContain("An unbroken chain: 20001 events");
  expect(code).toBe(0);
});
