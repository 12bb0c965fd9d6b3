import { createHash } from "node:crypto";
import http from "node:http";
import type pg from "pg";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { type Database, freshDatabase } from "../support/database";
import { type Installation, startInstallation } from "../support/installation";
import { RACE_TIMES } from "./race-times";

vi.setConfig({ testTimeout: 600_000 });

/** Each kind of race twice; `npm run bench -- races` has a thousand rounds and more. */
const ROUNDS = 54 * RACE_TIMES;

type Act = "demote" | "disable" | "delete";
type Race = {
  /** What the first does and what the second does. */
  acts: [Act, Act];
  /** "the second": both act on the second of them. */
  on: "each other" | "themselves" | "the second";
};

const ACTS: Act[] = ["demote", "disable", "delete"];
const RACES: Race[] = (["each other", "themselves", "the second"] as const).flatMap((on) =>
  ACTS.flatMap((one) => ACTS.map((other): Race => ({ acts: [one, other], on }))),
);

/**
 * What the one who came too late may hear. Mostly that the last administrator stays; or, where the winner was done
 * before the loser's request was looked at, what a stranger or a plain user hears.
 */
const LOSES = ["409 LAST_ADMIN", "401 UNAUTHENTICATED", "403 FORBIDDEN"];

const SECRETS = ["a".repeat(43), "b".repeat(43)] as const;
const digest = (secret: string) => createHash("sha256").update(secret).digest("hex");

let database: Database;
let installation: Installation;
let client: pg.Client;
/** Connections are kept, so that the two requests of a round leave at the same moment. */
const agent = new http.Agent({ keepAlive: true });

beforeAll(async () => {
  database = await freshDatabase({ claimed: true });
  installation = await startInstallation({ processes: 2, databaseUrl: database.url });
  client = await database.connect();
});
afterAll(async () => {
  agent.destroy();
  await client.end();
  await installation.stop();
  await database.drop();
});

type Contestant = { id: string; token: string };

/** Two new administrators and nobody else. */
async function twoAdministrators(): Promise<[Contestant, Contestant]> {
  const { rows } = await client.query<{ id: string; token: number }>(
    `WITH people AS (
       INSERT INTO users (email, role_id)
       SELECT gen_random_uuid() || '@example.com', (SELECT id FROM roles WHERE slug = 'predefined_super_admin')
       FROM generate_series(1, 2) RETURNING id
     ), numbered AS (
       SELECT id, row_number() OVER () AS n FROM people
     ), others AS (
       DELETE FROM users WHERE id NOT IN (SELECT id FROM people)
     )
     INSERT INTO api_tokens (user_id, name, digest)
     SELECT id, 'race', CASE n WHEN 1 THEN $1 ELSE $2 END FROM numbered ORDER BY n
     RETURNING user_id AS id, id AS token`,
    SECRETS.map(digest),
  );
  const [first, second] = rows.map((row, i) => ({
    id: row.id,
    token: `${row.token}|${SECRETS[i]}`,
  }));
  if (first === undefined || second === undefined) throw new Error("no contestants");
  return [first, second];
}

const REQUESTS: Record<Act, { method: string; body?: string }> = {
  demote: { method: "PATCH", body: JSON.stringify({ role: "predefined_user" }) },
  disable: { method: "PATCH", body: JSON.stringify({ status: "disabled" }) },
  delete: { method: "DELETE" },
};

/** What `by` hears: "200", "204", or a status and its code. */
function ask(base: string, act: Act, by: Contestant, target: Contestant): Promise<string> {
  const { method, body } = REQUESTS[act];
  return new Promise((resolve, reject) => {
    const request = http.request(new URL(`/v1/users/${target.id}`, base), {
      method,
      agent,
      headers: {
        authorization: `Bearer ${by.token}`,
        ...(body && { "content-type": "application/json", "content-length": body.length }),
      },
    });
    request.once("error", reject);
    request.once("response", async (response) => {
      let text = "";
      for await (const chunk of response.setEncoding("utf8")) text += chunk;
      const ok = response.statusCode === 200 || response.statusCode === 204;
      resolve(ok ? "done" : `${response.statusCode} ${JSON.parse(text).code}`);
    });
    request.end(body);
  });
}

async function administratorsLeft(): Promise<number> {
  const { rows } = await client.query<{ n: number }>(
    `SELECT count(*)::int AS n FROM users u JOIN roles r ON r.id = u.role_id
     WHERE r.slug = 'predefined_super_admin' AND u.status = 'active'`,
  );
  return rows[0]?.n ?? 0;
}

test(`${ROUNDS} rounds of two administrators who remove each other or themselves, two processes`, async () => {
  const [one = "", other = ""] = installation.baseUrls;
  const tally: Record<string, Record<string, number>> = {};
  const left: Record<number, number> = {};
  for (let round = 0; round < ROUNDS; round++) {
    const { acts, on } = RACES[round % RACES.length] as Race;
    const [first, second] = await twoAdministrators();
    const heard = await Promise.all([
      ask(one, acts[0], first, on === "themselves" ? first : second),
      ask(other, acts[1], second, on === "each other" ? first : second),
    ]);

    const administrators = await administratorsLeft();
    left[administrators] = (left[administrators] ?? 0) + 1;
    const where = `round ${round}: ${acts} on ${on} -> ${heard}`;
    expect(administrators, where).toBe(1);
    const losers = heard.filter((answer) => answer !== "done");
    if (on === "the second") {
      // Both want the same; the first stays whoever comes first.
      for (const loser of losers) {
        expect([...LOSES, "404 NOT_FOUND"], where).toContain(loser);
      }
      expect(losers.length, where).toBeLessThanOrEqual(1);
    } else {
      expect(losers.length, where).toBe(1);
      expect(LOSES, where).toContain(losers[0]);
    }
    tally[on] ??= {};
    const counts = tally[on];
    for (const answer of heard) counts[answer] = (counts[answer] ?? 0) + 1;
  }
  console.log(`${ROUNDS} rounds; administrators left -> rounds:`, left);
  console.table(tally);
});
