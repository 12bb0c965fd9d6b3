// What signed-in and public requests come to beside what the product stands on: a bare Next app of the same version,
// and Better Auth on a bare Node server with the same PostgreSQL. All run at once, each is asked in turn.
import { createHash, randomBytes } from "node:crypto";
import autocannon from "autocannon";
import { bareNext } from "./support/bare-next.mjs";
import { betterAuth } from "./support/better-auth.mjs";
import { startInstallation } from "./support/installation.mjs";
import { median } from "./support/measure.mjs";
import { serve } from "./support/served.mjs";

const USERS = 1_000;
const AT_ONCE = 16;
const WARM_UP_SECONDS = 3;
const SECONDS = 3;
const ROUNDS = 5;

async function perSecond({ url, headers = {}, status = 200 }, duration) {
  const result = await autocannon({ url, headers, connections: AT_ONCE, duration });
  const wrong = Object.keys(result.statusCodeStats).filter((code) => Number(code) !== status);
  if (wrong.length > 0 || result.errors > 0) {
    throw new Error(`${url}: ${JSON.stringify(result.statusCodeStats)}, ${result.errors} errors`);
  }
  return result.requests.total / result.duration;
}

/** A database beside the product's own, in the same cluster, of the same role. @returns its address */
async function databaseBeside({ address, sqlIn }) {
  await sqlIn(address("postgres", "postgres"), "CREATE DATABASE better_auth OWNER latchkey");
  return address("latchkey", "better_auth");
}

/** Signs an administrator up, and adds as many users as the product has. @returns the session's cookie */
async function enterBetterAuth(baseUrl, sql) {
  const sent = { name: "Ada", email: "ada@example.com", password: "SecurePass123" };
  const answer = await fetch(`${baseUrl}/api/auth/sign-up/email`, {
    method: "POST",
    headers: { "content-type": "application/json", origin: baseUrl },
    body: JSON.stringify(sent),
  });
  if (!answer.ok) throw new Error(`Better Auth: ${answer.status} ${await answer.text()}`);
  await sql(`UPDATE "user" SET "role" = 'admin';
    INSERT INTO "user" ("id", "name", "email", "emailVerified", "createdAt", "updatedAt", "role")
      SELECT 'u' || n, 'Person ' || n, 'person.' || n || '@example.com', false, now(), now(), 'user'
        FROM generate_series(1, ${USERS}) AS n;
    ANALYZE`);
  return answer.headers
    .getSetCookie()
    .map((cookie) => cookie.split(";")[0])
    .join("; ");
}

async function run({ signal }) {
  const stops = [];
  try {
    const next = await serve(await bareNext({ signal }), { signal });
    stops.push(next.stop);
    // At the default log level: a line for each request, as in production.
    const product = await startInstallation({ signal, env: { LOG_LEVEL: "info" } });
    stops.push(product.stop);
    await product.seed(USERS);
    await product.sql("ANALYZE");
    const DATABASE_URL = await databaseBeside(product);
    const SECRET = randomBytes(32).toString("hex");
    const other = await serve(await betterAuth({ signal }), {
      env: { DATABASE_URL, SECRET },
      signal,
    });
    stops.push(other.stop);
    const cookie = await enterBetterAuth(other.baseUrl, (text) =>
      product.sqlIn(DATABASE_URL, text),
    );
    const secret = randomBytes(32).toString("base64url");
    const [token] = await product.sql(
      `INSERT INTO api_tokens (user_id, name, digest) SELECT id, 'bench', $1 FROM users WHERE email = 'ada@example.com'
         RETURNING id`,
      [createHash("sha256").update(secret).digest("hex")],
    );
    const byToken = { authorization: `Bearer ${token.id}|${secret}` };
    const byAccessToken = product.bearer();

    const cases = {
      bare: { url: `${next.baseUrl}/ping` },
      status: { url: `${product.baseUrl}/v1/auth/status` },
      me: { url: `${product.baseUrl}/v1/auth/me`, headers: byAccessToken },
      meByToken: { url: `${product.baseUrl}/v1/auth/me`, headers: byToken },
      forward: { url: `${product.baseUrl}/v1/auth/forward`, headers: byAccessToken },
      list: { url: `${product.baseUrl}/v1/users?limit=50`, headers: byAccessToken },
      othersSession: { url: `${other.baseUrl}/api/auth/get-session`, headers: { cookie } },
      othersList: {
        url: `${other.baseUrl}/api/auth/admin/list-users?limit=50&sortBy=createdAt&sortDirection=desc`,
        headers: { cookie },
      },
    };
    for (const one of Object.values(cases)) await perSecond(one, WARM_UP_SECONDS);
    const rounds = [];
    for (let round = 0; round < ROUNDS; round++) {
      const rates = {};
      // The other way round each time, so that none is always the one after the heaviest.
      const names = Object.keys(cases);
      for (const name of round % 2 ? names.reverse() : names) {
        signal.throwIfAborted();
        rates[name] = await perSecond(cases[name], SECONDS);
      }
      rounds.push(rates);
    }
    const row = (what, name, to, bar, aim) => {
      const ratio = median(rounds.map((rates) => rates[name] / rates[to]));
      const [own, others] = [name, to].map((each) => median(rounds.map((rates) => rates[each])));
      return {
        what,
        measured: `${own.toFixed(0)} / ${others.toFixed(0)} a second: ${ratio.toFixed(2)}`,
        bar: bar && { ...bar, ratio, group: "Requests a second, more is better" },
        aim: aim === undefined ? "" : `at least ${aim}`,
        met: aim === undefined ? null : ratio >= aim,
      };
    };
    const rows = [
      row(
        "status after the claim, beside a bare Next route",
        "status",
        "bare",
        { label: "GET /v1/auth/status", beside: "a bare Next route" },
        0.95,
      ),
      row("/v1/auth/forward, beside a bare Next route", "forward", "bare", {
        label: "GET /v1/auth/forward",
        beside: "a bare Next route",
      }),
      row("/v1/auth/me with an access token, beside a bare Next route", "me", "bare"),
      row("/v1/auth/me with an API token, beside a bare Next route", "meByToken", "bare"),
      row("/v1/auth/me with an access token, beside Better Auth's session", "me", "othersSession", {
        label: "GET /v1/auth/me",
        beside: "Better Auth's session",
      }),
      row(
        "GET /v1/users, 50 of 1,000, beside Better Auth's list",
        "list",
        "othersList",
        { label: "GET /v1/users", beside: "Better Auth's list" },
        1.5,
      ),
    ];
    return { rows, users: USERS, rounds };
  } finally {
    for (const stop of stops.reverse()) await stop();
  }
}

export default { title: "Requests a second, beside what they stand on", run };
