// What recording costs, by sixteen clients on the embedded PostgreSQL; as commits come, and with commits that take 5 ms
// longer, as over a network or with a synchronous standby: an event beside the same row in a table that nothing chains;
// the change of a user with its event beside the same change alone; and the cheapest change there is, of one number.
// Beside them the events are sealed twice a second, as a server does that has appended some.
import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";
import { startInstallation } from "./support/installation.mjs";
import { median } from "./support/measure.mjs";

const CLIENTS = 16;
const SECONDS = 3;
const ROUNDS = 5;
const LEAST = 0.7;

const SEAL_EVERY_MS = 500;

const ROWS = 10_000;

const EVENT = eventInto("audit_events");
const CHANGE_USER = "UPDATE users SET first_name = $2, version = version + 1 WHERE number = $1 + 1";
const CHANGE_NUMBER = "UPDATE bench_rows SET value = value + length($2) WHERE id = $1";
const PAIRS = [
  {
    what: "events, beside the same rows unchained",
    bare: [eventInto("bench_events")],
    recorded: [EVENT],
  },
  {
    what: "changes of a user with their events, beside the changes alone",
    bare: [CHANGE_USER],
    recorded: [CHANGE_USER, EVENT],
  },
  {
    what: "changes of one number with their events, beside the changes alone",
    bare: [CHANGE_NUMBER],
    recorded: [CHANGE_NUMBER, EVENT],
  },
];

function eventInto(table) {
  return `
    INSERT INTO ${table} (action, actor_id, actor_label, target_type, target_id, target_label, address, request_id, details)
    VALUES ('user.updated', '7c1ee8a8-7e1b-4b9d-b0a5-111111111111', 'ada@example.com', 'user', gen_random_uuid(),
      'bob@example.com', '203.0.113.7', gen_random_uuid(), '{"name": {"from": "Bob", "to": "Rob"}}')`;
}

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
          const values = /\$1/.test(text)
            ? [1 + Math.floor(Math.random() * ROWS), `Name ${done}`]
            : [];
          await client.query({ name: text.trim().slice(0, 60), text, values });
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
    await installation.seed(ROWS);
    await installation.sql(
      `CREATE TABLE bench_rows AS SELECT n AS id, 0 AS value FROM generate_series(1, ${ROWS}) AS n;
       ALTER TABLE bench_rows ADD PRIMARY KEY (id);
       CREATE TABLE bench_events (LIKE audit_events INCLUDING DEFAULTS INCLUDING INDEXES);
       CREATE SEQUENCE bench_events_id;
       ALTER TABLE bench_events ALTER id SET DEFAULT nextval('bench_events_id'), ALTER at SET DEFAULT clock_timestamp(),
         ALTER xact SET DEFAULT pg_current_xact_id()::text::bigint`,
    );
    const rows = [];
    for (const delay of [0, 5_000]) {
      await superuser.query(`ALTER SYSTEM SET commit_delay = ${delay}`);
      await superuser.query(`ALTER SYSTEM SET commit_siblings = ${delay === 0 ? 5 : 0}`);
      await superuser.query("SELECT pg_reload_conf()");
      for (const { what, bare, recorded } of PAIRS) {
        const rates = [];
        for (let round = -1; round < ROUNDS; round++) {
          signal.throwIfAborted();
          const rate = {
            bare: await perSecond(pool, bare),
            recorded: await perSecond(pool, recorded),
          };
          if (round >= 0) rates.push(rate); // the first has warmed up
        }
        const ratio = median(rates.map((rate) => rate.recorded / rate.bare));
        const [recordedRate, bareRate] = ["recorded", "bare"].map((kind) =>
          Math.round(median(rates.map((rate) => rate[kind]))),
        );
        rows.push({
          what: `${what}${delay === 0 ? "" : "; commits 5 ms longer"}`,
          measured: `${recordedRate} a second, ${ratio.toFixed(2)} of ${bareRate}`,
          aim: `at least ${LEAST}`,
          met: ratio >= LEAST,
        });
      }
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
