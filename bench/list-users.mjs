// GET /v1/users with many users, as ratios within one run: to a thousand, and to the first page. Of more than a million
// users, the others are made from the first million by SQL, with other addresses and other times.
import { startInstallation } from "./support/installation.mjs";
import { milliseconds, percentile, takeTurns } from "./support/measure.mjs";

const FEW = 1_000;
const SEEDED = 1_000_000;
const ROUNDS = 400;
const WARM_UP = 60;

const FIRST = "/v1/users?limit=50";
const cursorAt = ({ value, id }, sort) =>
  Buffer.from(JSON.stringify({ sort, value, id })).toString("base64url");

/** The key of the user half-way down the list. */
async function middle(installation, column) {
  const [key] = await installation.sql(
    `SELECT id, ${column} AS value FROM users WHERE ${column} IS NOT NULL ORDER BY ${column}, id
       OFFSET (SELECT count(*) / 2 FROM users WHERE ${column} IS NOT NULL) LIMIT 1`,
  );
  return key;
}

/** The first letters of the names and addresses of users drawn at random: what is common is drawn often. */
async function words(installation, letters) {
  const rows = await installation.sql(
    `SELECT left(word, ${letters}) AS word FROM (
       SELECT CASE WHEN random() < 0.5 THEN last_name ELSE split_part(email, '.', 1) END AS word
         FROM users ORDER BY random() LIMIT 20000
     ) AS drawn WHERE word ~ '^\\w{${letters}}' LIMIT 1000`,
  );
  return rows.map(({ word }) => word);
}

/**
 * Makes the users so many. Indexes are made anew afterwards: kept up to date row by row they would take an hour for ten
 * million.
 */
async function multiply(installation, users) {
  const indexes = await installation.sql(
    `SELECT indexrelid::regclass::text AS name, pg_get_indexdef(indexrelid) AS text FROM pg_index
       WHERE indrelid = 'users'::regclass AND NOT indisunique`,
  );
  const copied = `name, first_name, last_name, password_hash, role_id, status, disabled_reason,
    email_verified_at, last_login_at, metadata`;
  await installation.sql(
    `${indexes.map(({ name }) => `DROP INDEX ${name};`).join("\n")}
     INSERT INTO users (email, created_at, ${copied})
       SELECT replace(email, '@', '.' || copy || '@'), created_at - random() * interval '1 year', ${copied}
       FROM generate_series(2, ${Math.ceil(users / SEEDED) + 1}) AS copy, users
       WHERE email <> 'ada@example.com' LIMIT ${users - SEEDED};
     SET maintenance_work_mem = '1GB';
     ${indexes.map(({ text }) => `${text};`).join("\n")}`,
  );
  await installation.sql("VACUUM (ANALYZE) users");
}

async function run({ users, signal }) {
  const started = [];
  try {
    const start = async (count) => {
      const installation = await startInstallation({ signal });
      started.push(installation);
      await installation.seed(count);
      return installation;
    };
    const few = await start(FEW);
    const many = await start(Math.min(users, SEEDED));
    if (users > SEEDED) {
      await multiply(many, users);
      await many.restart(); // with a cache for so many
    }
    const newest = await middle(many, "created_at");
    const named = await middle(many, "name");
    const sixes = await words(many, 6);
    const threes = await words(many, 3);

    const get = (installation, path) => async (round) => {
      const target = typeof path === "function" ? path(round) : path;
      const { ms, json } = await installation.get(target);
      if (json.data.length === 0) throw new Error(`${target} found nobody`);
      return ms;
    };
    const search = (drawn) => (round) =>
      `${FIRST}&search=${encodeURIComponent(drawn[round % drawn.length])}`;
    await few.signIn();
    await many.signIn();
    const turns = { rounds: ROUNDS, warmUp: WARM_UP, signal };
    // By themselves: a process that is asked more often than the other is the warmer one.
    const sizes = await takeTurns({ few: get(few, FIRST), many: get(many, FIRST) }, turns);
    const pages = await takeTurns(
      {
        first: get(many, FIRST),
        deep: get(many, `${FIRST}&cursor=${cursorAt(newest, "-createdAt")}`),
        byName: get(many, `${FIRST}&sort=name`),
        deepByName: get(many, `${FIRST}&sort=name&cursor=${cursorAt(named, "name")}`),
        search: get(many, search(sixes)),
        searchShort: get(many, search(threes)),
        filtered: get(many, `${FIRST}&status=disabled&activity=inactive&sort=email`),
        searchByName: get(many, (round) => `${search(sixes)(round)}&status=active&sort=-name`),
      },
      turns,
    );
    const times = { ...sizes, ...pages };

    const LABELS = {
      few: `that of ${FEW.toLocaleString("en")}`,
      first: "the first page",
      byName: "its first page",
    };
    const row = (what, name, { beside, share = 0.95, most, p99 }) => {
      const list = times[name];
      const told = [`${milliseconds(list)}, p99 ${percentile(list, 0.99).toFixed(1)} ms`];
      const aims = [];
      if (beside !== undefined) {
        const ratio = percentile(list, share) / percentile(times[beside], share);
        told.push(`p${100 * share} ${ratio.toFixed(2)} times ${LABELS[beside]}`);
        aims.push({ aim: `at most ${most} times`, met: ratio <= most });
      }
      if (p99 !== undefined) {
        aims.push({ aim: `p99 at most ${p99} ms`, met: percentile(list, 0.99) <= p99 });
      }
      return {
        what,
        measured: told.join("; "),
        aim: aims.map(({ aim }) => aim).join(", "),
        met: aims.length === 0 ? null : aims.every(({ met }) => met),
      };
    };
    const count = users.toLocaleString("en");
    const rows = [
      row(`first page of ${FEW.toLocaleString("en")} users`, "few", {}),
      row(`first page of ${count} users`, "many", { beside: "few", most: 1.3, p99: 50 }),
      row(`the same, beside the pages below`, "first", { p99: 50 }),
      row(`page in the middle of ${count}`, "deep", {
        beside: "first",
        share: 0.5,
        most: 1.2,
        p99: 50,
      }),
      row("first page by name", "byName", { p99: 50 }),
      row("page in the middle by name", "deepByName", {
        beside: "byName",
        share: 0.5,
        most: 1.2,
        p99: 50,
      }),
      row("search for six letters", "search", { beside: "first", most: 3, p99: 150 }),
      row("search for three letters", "searchShort", { beside: "first", most: 3, p99: 150 }),
      row("disabled and inactive, by e-mail", "filtered", {}),
      row("search among the active, by name backwards", "searchByName", { p99: 150 }),
    ];
    return { rows, users };
  } finally {
    await Promise.all(started.map((installation) => installation.stop()));
  }
}

export default {
  title: "GET /v1/users, one request at a time",
  run,
  resultName: ({ users }) => (users === SEEDED ? "list-users" : `list-users-${users}`),
};
