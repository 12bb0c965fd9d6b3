// Recorded changes a second: one change of one row with its audit event, beside the same change alone, by sixteen clients
// on the embedded PostgreSQL; as commits come, and with commits that take 5 ms longer, as over a network or with a
// synchronous standby. Beside them the events are sealed twice a second, as a server does that has appended some.
import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";
import { startInstallation } from "./support/installation.mjs";
import { median } from "./support/measure.mjs";

const CLIENTS = 16;
const SECONDS = 4;
const ROUNDS = 5;
const LEAST = 0.7;

const SEAL_EVERY_MS = 500;

const CHANGE = "UPDATE bench_rows SET value = value + 1 WHERE id = $1";
const EVENT = `
  INSERT INTO audit_events (action, actor_id, actor_label, target_type, target_id, target_label, address, request_id, details)
  VALUES ('user.updated', '7c1ee8a8-7e1b-4b9d-b0a5-111111111111', 'ada@example.com', 'user', gen_random_uuid(),
    'bob@example.com', '203.0.113.7', gen_random_uuid(), '{"name": {"from": "Bob", "to": "Rob"}}')`;

/** Transactions a second, each of them `statements` after one another. */
async function perSecond(pool, statements) {
  const until = performance.now() + SECONDS * 1_000;
  let done = 0;
  const work = async () => {
    const client = await pool.connect();
    try {
      while (performance.now() < until) {
        await client.query("BEGIN");
        for (const text of statements) {
          const values = text === CHANGE ? [1 + Math.floor(Math.random() * 10_000)] : [];
          await client.query({ name: text === CHANGE ? "change" : "event", text, values });
        }
        await client.query("COMMIT");
        done += 1;
      }
    } finally {
      client.release();
    }
  };
  const seal = async () => {
    while (performance.now() < until) {
      await pool.query("SELECT seal_audit_events(2000)");
      await sleep(SEAL_EVERY_MS);
    }
  };
  await Promise.all([seal(), ...Array.from({ length: CLIENTS }, work)]);
  return done / SECONDS;
}

async function run({ signal }) {
  const installation = await startInstallation({ signal });
  const superuser = new pg.Client(installation.address("postgres", "latchkey"));
  await superuser.connect();
  const pool = new pg.Pool({
    connectionString: installation.address("latchkey", "latchkey"),
    max: CLIENTS + 1,
  });
  try {
    await installation.sql(
      `CREATE TABLE bench_rows AS SELECT n AS id, 0 AS value FROM generate_series(1, 10000) AS n;
       ALTER TABLE bench_rows ADD PRIMARY KEY (id)`,
    );
    const rows = [];
    for (const delay of [0, 5_000]) {
      await superuser.query(`ALTER SYSTEM SET commit_delay = ${delay}`);
      await superuser.query(`ALTER SYSTEM SET commit_siblings = ${delay === 0 ? 5 : 0}`);
      await superuser.query("SELECT pg_reload_conf()");
      const rates = { alone: [], recorded: [] };
      for (let round = -1; round < ROUNDS; round++) {
        signal.throwIfAborted();
        const alone = await perSecond(pool, [CHANGE]);
        const recorded = await perSecond(pool, [CHANGE, EVENT]);
        if (round < 0) continue; // warming up
        rates.alone.push(alone);
        rates.recorded.push(recorded);
      }
      const ratio = median(rates.recorded.map((rate, round) => rate / rates.alone[round]));
      rows.push({
        what: `changes with their events, ${CLIENTS} clients${delay === 0 ? "" : ", commits 5 ms longer"}`,
        measured: `${Math.round(median(rates.recorded))} a second, ${ratio.toFixed(2)} of ${Math.round(median(rates.alone))} without`,
        aim: `at least ${LEAST}`,
        met: ratio >= LEAST,
      });
    }
    const [{ behind }] = await installation.sql(
      `SELECT extract(epoch FROM clock_timestamp() - min(at))::float8 AS behind FROM audit_events
       WHERE id > (SELECT settled_id FROM audit_head) AND NOT EXISTS (SELECT FROM audit_seals WHERE event_id = id)`,
    );
    rows.push({
      what: "the oldest event that waits for its seal, right afterwards",
      measured: behind === null ? "none" : `${behind.toFixed(1)} s`,
      aim: "",
      met: null,
    });
    return { rows };
  } finally {
    await pool.end();
    await superuser.end();
    await installation.stop();
  }
}

export default { title: "Recorded changes", run };
