import { percentile } from "./measure.mjs";

/** Adds people who have the administrator's role and password. @returns the hash of it */
export async function addPeople(installation, emails) {
  const [{ password_hash: hash }] = await installation.sql(
    `INSERT INTO users (email, password_hash, role_id)
       SELECT unnest($1::text[]), password_hash, role_id FROM users RETURNING password_hash`,
    [emails],
  );
  return hash;
}

/** What autocannon sends to sign people in over the API, one after the other and again from the first. */
export function signInRequest(emails, password) {
  let next = 0;
  return {
    method: "POST",
    headers: { "content-type": "application/json" },
    setupRequest: (request) => {
      const email = emails[next++ % emails.length];
      return { ...request, body: JSON.stringify({ email, password }) };
    },
  };
}

/** So many sign-ins of the administrator, one after the other. @returns milliseconds, sorted */
export async function idleSignIns(installation, { times = 40, signal }) {
  const waits = [];
  for (let n = 0; n < times; n++) {
    signal.throwIfAborted();
    waits.push(await timed(installation));
  }
  return waits.sort((a, b) => a - b);
}

/** The same until a job has ended. @returns `{ job, waits }` */
export async function signInsDuring(installation, id, { signal }) {
  const waits = [];
  for (;;) {
    signal.throwIfAborted();
    waits.push(await timed(installation));
    const { json: job } = await installation.get(`/v1/jobs/${id}`);
    if (job.finishedAt !== null) return { job, waits: waits.sort((a, b) => a - b) };
  }
}

async function timed(installation) {
  const sent = performance.now();
  await installation.signIn();
  return performance.now() - sent;
}

const AT_MOST = 1.5;

/** What sign-ins beside a job take beside those of an idle server. */
export function comparedSignIns(waits, idle) {
  const [busy, alone] = [waits, idle].map((list) => percentile(list, 0.95));
  return {
    what: `${waits.length} sign-ins meanwhile (bcrypt), p95 beside that of ${idle.length} before`,
    measured: `${busy.toFixed(0)} / ${alone.toFixed(0)} ms: ${(busy / alone).toFixed(2)} times`,
    aim: `at most ${AT_MOST} times`,
    met: busy / alone <= AT_MOST,
  };
}
