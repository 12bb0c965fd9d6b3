// The first page and GET /v1/statistics with many users and ten times as many events, made by SQL: one of both after the
// start, when nothing was counted before, and then one at a time.
import { startInstallation } from "./support/installation.mjs";
import { milliseconds, percentile, takeTurns } from "./support/measure.mjs";

const AIM_MS = 100;
const ROUNDS = 60;
const WARM_UP = 20;
const EVENTS_A_USER = 10;

/** Users of a year, a tenth of them with a second factor. Indexes are made anew: row by row they would take an hour. */
const usersSql = (users, indexes) => `
  ${indexes.map(({ name }) => `DROP INDEX ${name};`).join("\n")}
  INSERT INTO roles (slug, name) SELECT 'role-' || n, 'Role ' || n FROM generate_series(1, 8) AS n;
  INSERT INTO users (email, name, role_id, status, password_hash, created_at)
    SELECT 'person.' || n || '@example.com', 'Person ' || n, ids[1 + n % 9],
      CASE WHEN n % 50 = 0 THEN 'disabled' ELSE 'active' END::user_status, hash, now() - random() * interval '1 year'
    FROM generate_series(1, ${users - 1}) AS n,
      (SELECT array_agg(id ORDER BY slug) AS ids FROM roles WHERE slug <> 'predefined_super_admin') AS roles,
      (SELECT password_hash AS hash FROM users LIMIT 1) AS owner;
  INSERT INTO totp_factors (user_id, secret, confirmed_at) SELECT id, 'x', now() FROM users WHERE number % 10 = 0;
  SET maintenance_work_mem = '1GB';
  ${indexes.map(({ text }) => `${text};`).join("\n")}`;

/** Sealed events of a year, and what a sealer would have counted of them. */
const eventsSql = (events, indexes) => `
  SELECT pg_advisory_xact_lock(hashtext('seal_audit_events')); -- the server's sealer waits
  SET session_replication_role = replica; -- no triggers: neither numbers nor seals, one by one
  ${indexes.map(({ name }) => `DROP INDEX ${name};`).join("\n")}
  INSERT INTO audit_events (id, at, action, actor_label, target_type, target_id, target_label, address, request_id, details)
    SELECT 1000 + n, now() - (${events} - n) * (interval '1 year' / ${events}),
      (ARRAY['session.started', 'session.started', 'session.ended', 'user.updated', 'session.blocked'])[1 + n % 5],
      'person.' || n % 1000 || '@example.com', 'user', 'x', 'person.' || n % 1000 || '@example.com', '203.0.113.7',
      'x', '{}'
    FROM generate_series(1, ${events}) AS n;
  INSERT INTO audit_seals (place, event_id, hash) SELECT id, id, '' FROM audit_events WHERE id > 1000;
  SELECT setval('audit_events_id_seq', ${events + 1000});
  UPDATE audit_head SET last_place = ${events + 1000}, settled_id = ${events + 1000}, taken_id = ${events + 1000};
  INSERT INTO day_counts (day, what, count)
    SELECT (at AT TIME ZONE 'UTC')::date, action, count(*) FROM audit_events WHERE id > 1000 GROUP BY 1, 2
    ON CONFLICT (day, what) DO UPDATE SET count = EXCLUDED.count;
  SET maintenance_work_mem = '1GB';
  ${indexes.map(({ text }) => `${text};`).join("\n")}`;

const indexesOf = (sql, table) =>
  sql(
    `SELECT indexrelid::regclass::text AS name, pg_get_indexdef(indexrelid) AS text FROM pg_index
       WHERE indrelid = '${table}'::regclass AND NOT indisunique`,
  );

/** How many statements a request costs, as the database counts transactions: each of them is one. */
async function statements(installation, work) {
  const count = async () => {
    await new Promise((resolve) => setTimeout(resolve, 1_500)); // until every connection has told
    const [row] = await installation.sql(
      "SELECT sum(xact_commit)::int AS count FROM pg_stat_database WHERE datname = current_database()",
    );
    return row.count;
  };
  const before = await count();
  for (let i = 0; i < 20; i++) await work();
  const after = await count();
  return (after - before) / 20;
}

async function run({ users, signal }) {
  const installation = await startInstallation({ signal });
  try {
    const events = users * EVENTS_A_USER;
    const sql = (text) => installation.sqlIn(installation.address("postgres", "latchkey"), text);
    await sql(usersSql(users, await indexesOf(sql, "users")));
    await sql(eventsSql(events, await indexesOf(sql, "audit_events")));
    for (const table of ["users", "totp_factors", "audit_events", "audit_seals", "day_counts"]) {
      await sql(`VACUUM (ANALYZE) ${table}`);
    }
    await installation.signIn();
    const figures = () => installation.get("/v1/statistics");
    const first = await figures();
    const headers = await installation.browser(installation.baseUrl);
    const page = async () => {
      const begun = performance.now();
      const answer = await fetch(`${installation.baseUrl}/`, { headers, redirect: "error" });
      if (!(await answer.text()).includes("sign-ins")) throw new Error("it was not drawn");
      return { ms: performance.now() - begun };
    };
    const times = await takeTurns(
      { api: async () => (await figures()).ms, page: async () => (await page()).ms },
      { rounds: ROUNDS, warmUp: WARM_UP, signal },
    );
    const { total } = first.json.users;
    if (total !== users) throw new Error(`${total} users were counted`);
    const row = (what, list) => ({
      what,
      measured: milliseconds(list),
      aim: `p95 at most ${AIM_MS} ms`,
      met: percentile(list, 0.95) <= AIM_MS,
    });
    const asked = (await statements(installation, figures)).toFixed(1);
    const drawn = (await statements(installation, page)).toFixed(1);
    return {
      rows: [
        {
          what: "GET /v1/statistics when nobody has asked before",
          measured: `${first.ms.toFixed(0)} ms`,
          aim: "",
          met: null,
        },
        row("GET /v1/statistics", times.api),
        row("the first page", times.page),
        {
          what: "statements of both, those of the background among them",
          measured: `${asked} and ${drawn}`,
          aim: "",
          met: null,
        },
      ],
      users,
      events,
    };
  } finally {
    await installation.stop();
  }
}

export default {
  title: "The first page and its figures, one request at a time",
  run,
  resultName: ({ users }) => (users === 1_000_000 ? "home" : `home-${users}`),
};
