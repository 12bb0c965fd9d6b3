// GET /v1/users with many users, as ratios within one run: to a thousand, and to the first page.
import { startInstallation } from "./support/installation.mjs";
import { milliseconds, percentile, takeTurns } from "./support/measure.mjs";

const FEW = 1_000;
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

/** Six letters from the names and addresses of users drawn at random: what is common is drawn often. */
async function words(installation) {
  const rows = await installation.sql(
    `SELECT left(word, 6) AS word FROM (
       SELECT CASE WHEN random() < 0.5 THEN last_name ELSE split_part(email, '.', 1) END AS word
         FROM users ORDER BY random() LIMIT 20000
     ) AS drawn WHERE word ~ '^\\w{6}' LIMIT 1000`,
  );
  return rows.map(({ word }) => word);
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
    const many = await start(users);
    const newest = await middle(many, "created_at");
    const named = await middle(many, "name");
    const drawn = await words(many);

    const get = (installation, path) => async (round) => {
      const target = typeof path === "function" ? path(round) : path;
      const { ms, json } = await installation.get(target);
      if (json.data.length === 0) throw new Error(`${target} found nobody`);
      return ms;
    };
    const search = (round) => `${FIRST}&search=${encodeURIComponent(drawn[round % drawn.length])}`;
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
        search: get(many, search),
        filtered: get(many, `${FIRST}&status=disabled&activity=inactive&sort=email`),
        searchByName: get(many, (round) => `${search(round)}&status=active&sort=-name`),
      },
      turns,
    );
    const times = { ...sizes, ...pages };

    const LABELS = {
      few: `that of ${FEW.toLocaleString("en")}`,
      first: "the first page",
      byName: "its first page",
    };
    const row = (what, name, to, aim, share = 0.95) => {
      const measured = milliseconds(times[name]);
      if (to === undefined) return { what, measured, aim: "", met: null };
      const ratio = percentile(times[name], share) / percentile(times[to], share);
      return {
        what,
        measured: `${measured}; p${100 * share} ${ratio.toFixed(2)} times ${LABELS[to]}`,
        aim: `at most ${aim}`,
        met: aim === undefined ? null : ratio <= aim,
      };
    };
    const count = users.toLocaleString("en");
    return [
      row(`first page of ${FEW.toLocaleString("en")} users`, "few"),
      row(`first page of ${count} users`, "many", "few", 1.5),
      row(`the same, beside the pages below`, "first"),
      row(`page in the middle of ${count}`, "deep", "first", 1.2, 0.5),
      row("first page by name", "byName", "first"),
      row("page in the middle by name", "deepByName", "byName", 1.2, 0.5),
      row("search for six letters", "search", "first", 3),
      row("disabled and inactive, by e-mail", "filtered", "first"),
      row("search among the active, by name backwards", "searchByName", "first"),
    ];
  } finally {
    await Promise.all(started.map((installation) => installation.stop()));
  }
}

export default { title: "GET /v1/users, one request at a time", run };
