// Ten thousand users disabled by one bulk action, from the request to the end of the job: status, end of their
// sessions and an audit event for each, and enabled again before the next round; then how long somebody else waits to
// sign in meanwhile.
import { startInstallation } from "./support/installation.mjs";
import { jobDone } from "./support/job-done.mjs";
import { median } from "./support/measure.mjs";
import { comparedSignIns, idleSignIns, signInsDuring } from "./support/sign-ins.mjs";

const USERS = 10_000;
const AIM_SECONDS = 2;
const ROUNDS = 5;

async function run({ signal }) {
  const installation = await startInstallation({ signal });
  try {
    await installation.seed(USERS * 2);
    await installation.sql("INSERT INTO roles (slug, name) VALUES ('season', 'Season')");
    await installation.sql(
      `UPDATE users SET status = 'active', role_id = (SELECT id FROM roles WHERE slug = 'season')
         WHERE id IN (SELECT id FROM users WHERE email <> 'ada@example.com' LIMIT ${USERS})`,
    );
    const signAllIn = () =>
      installation.sql(
        `INSERT INTO sessions (user_id, door, expires_at)
           SELECT users.id, 'bench', now() + interval '1 day'
           FROM users JOIN roles ON roles.id = role_id WHERE slug = 'season'`,
      );

    const filter = { role: "season" };
    const bulk = async (action) => {
      const started = performance.now();
      const { json } = await installation.call(202, "POST", "/v1/users/bulk", { action, filter });
      const job = await jobDone(installation, json.id, { signal });
      if (job.changed !== USERS) throw new Error(`${job.state}, ${job.changed} changed.`);
      return (performance.now() - started) / 1_000;
    };
    const seconds = [];
    for (let round = -1; round < ROUNDS; round++) {
      await signAllIn();
      const took = await bulk("disable");
      await bulk("enable");
      if (round >= 0) seconds.push(took); // the first has warmed up
    }

    await signAllIn();
    const idle = await idleSignIns(installation, { signal });
    const { json } = await installation.call(202, "POST", "/v1/users/bulk", {
      action: "disable",
      filter,
    });
    const { waits } = await signInsDuring(installation, json.id, { signal });
    const rows = [
      {
        what: `${USERS.toLocaleString("en")} users disabled`,
        measured: `${median(seconds).toFixed(1)} s (${seconds.map((one) => one.toFixed(1)).join(", ")})`,
        aim: `at most ${AIM_SECONDS} s`,
        met: median(seconds) <= AIM_SECONDS,
      },
      comparedSignIns(waits, idle),
    ];
    return { rows };
  } finally {
    await installation.stop();
  }
}

export default { title: "Bulk action", run };
