// Ten thousand users disabled by one bulk action, from the request to the end of the job: status, end of their
// sessions and an audit event for each; and how long somebody else waits to sign in meanwhile.
import { startInstallation } from "./support/installation.mjs";
import { comparedSignIns, idleSignIns, signInsDuring } from "./support/sign-ins.mjs";

const USERS = 10_000;
const AIM_SECONDS = 2;

async function run({ signal }) {
  const installation = await startInstallation({ signal });
  try {
    await installation.seed(USERS * 2);
    await installation.sql("INSERT INTO roles (slug, name) VALUES ('season', 'Season')");
    await installation.sql(
      `UPDATE users SET status = 'active', role_id = (SELECT id FROM roles WHERE slug = 'season')
         WHERE id IN (SELECT id FROM users WHERE email <> 'ada@example.com' LIMIT ${USERS})`,
    );
    await installation.sql(
      `INSERT INTO sessions (user_id, door, expires_at)
         SELECT users.id, 'bench', now() + interval '1 day'
         FROM users JOIN roles ON roles.id = role_id WHERE slug = 'season'`,
    );

    const idle = await idleSignIns(installation, { signal });
    // When a job ended is told by the database, and not only when the sign-in meanwhile is done.
    const started = Date.now();
    const asked = { action: "disable", filter: { role: "season" } };
    const { json } = await installation.call(202, "POST", "/v1/users/bulk", asked);
    const { job, waits } = await signInsDuring(installation, json.id, { signal });
    const seconds = (Date.parse(job.finishedAt) - started) / 1_000;
    if (job.changed !== USERS) throw new Error(`${job.state}, ${job.changed} changed.`);
    const rows = [
      {
        what: `${USERS.toLocaleString("en")} users disabled`,
        measured: `${seconds.toFixed(1)} s`,
        aim: `at most ${AIM_SECONDS} s`,
        met: seconds <= AIM_SECONDS,
      },
      comparedSignIns(waits, idle),
    ];
    return { rows };
  } finally {
    await installation.stop();
  }
}

export default { title: "Bulk action", run };
