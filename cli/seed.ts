import { randomInt } from "node:crypto";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type pg from "pg";
import { from as copyFrom } from "pg-copy-streams";
import { needsSetup } from "@/lib/bootstrap/installation";
import { openPool } from "@/lib/platform/database-pool";
import { env } from "@/lib/platform/env";
import { randomSecret } from "@/lib/platform/secrets/digest";
import { hashPassword } from "@/lib/platform/secrets/password";
import { ADMIN_ROLE, USER_ROLE } from "@/lib/users/schema";
import { PRODUCT } from "@/product";
import { OperatorError } from "./operator-error";
import { inventPerson, randomNumbers } from "./seed-people";

/** Any constant will do, as long as every seeding takes the same one. */
const SEED_LOCK = 7_264_907;
const CHUNK_ROWS = 500;
const SHARE_OF_OTHER_ROLES = 0.03;

const COLUMNS = [
  ...["email", "name", "first_name", "last_name", "password_hash", "role_id", "status"],
  ...["disabled_reason", "email_verified_at", "last_login_at", "metadata", "created_at"],
  "updated_at",
];

const count = (number: number) => number.toLocaleString("en");

/**
 * Adds `users` invented people: all of them, or none when it breaks off. What is there stays as it is, and a
 * second run adds others. None of them is an administrator, and nobody knows the password they share.
 *
 * @param seed the same people for the same number on an installation with the same history
 * @throws {OperatorError}
 */
export async function seed(options: { users: number; seed?: number | undefined }): Promise<void> {
  if (await needsSetup()) {
    throw new OperatorError(
      `Nobody has claimed this installation yet. Claim it first, in the browser or with ${PRODUCT.command} admin create.`,
    );
  }
  // Without the time limits of requests.
  const pool = openPool({ url: env().databaseUrl, max: 1, connectTimeoutMs: 5_000 });
  const client = await pool.connect();
  client.on("error", () => {}); // the query that waits fails with it
  try {
    await addPeople(client, options.users, options.seed ?? randomInt(2 ** 32));
  } catch (error) {
    if ((error as pg.DatabaseError).code !== "23505") throw error;
    throw new OperatorError(
      "An invented e-mail address is taken. Nothing was added; another --seed has others.",
    );
  } finally {
    client.release(true);
    await pool.end();
  }
}

async function addPeople(client: pg.PoolClient, users: number, seed: number): Promise<void> {
  await client.query("BEGIN");
  await client.query("SELECT pg_advisory_xact_lock($1)", [SEED_LOCK]);
  const { rows: roles } = await client.query<{ id: string; slug: string }>(
    "SELECT id, slug FROM roles WHERE slug <> $1 ORDER BY slug",
    [ADMIN_ROLE],
  );
  const userRole = roles.find(({ slug }) => slug === USER_ROLE)?.id ?? "";
  const others = roles.flatMap(({ id, slug }) => (slug === USER_ROLE ? [] : [id]));
  // What the last row got and no other ever gets again.
  const { rows } = await client.query<{ base: string; database: string }>(
    "SELECT last_value AS base, current_database() AS database FROM users_number_seq",
  );
  const base = Number(rows[0]?.base);
  process.stderr.write(
    `Adds ${count(users)} invented users to the database "${rows[0]?.database}" (--seed ${seed}).\n` +
      "Whoever is there stays as they are. The new ones have addresses at .example domains,\n" +
      "no administrator is among them, and nobody knows their password.\n",
  );

  const passwordHash = await hashPassword(randomSecret());
  const random = randomNumbers(seed, base);
  const now = Date.now();
  const line = (n: number): string => {
    const person = inventPerson(n, random, now);
    const other = others.length > 0 && random() < SHARE_OF_OTHER_ROLES;
    const role = other ? others[Math.floor(random() * others.length)] : userRole;
    return copyLine([
      ...[person.email, person.name, person.firstName, person.lastName],
      ...[person.status === "invited" ? null : passwordHash, role ?? userRole, person.status],
      ...[person.disabledReason, time(person.emailVerifiedAt), time(person.lastLoginAt)],
      ...[JSON.stringify(person.metadata), time(person.createdAt), time(person.updatedAt)],
    ]);
  };

  const progress = showProgress(users);
  function* chunks() {
    for (let done = 0; done < users; ) {
      const upTo = Math.min(done + CHUNK_ROWS, users);
      let text = "";
      while (done < upTo) text += line(base + ++done);
      yield text;
      progress.reached(done);
    }
  }
  const copy = client.query(copyFrom(`COPY users (${COLUMNS.join(", ")}) FROM STDIN`));
  await pipeline(Readable.from(chunks()), copy);
  await client.query("COMMIT");
  progress.end();
  // So that the very next list is planned with the numbers of now.
  await client.query("VACUUM (ANALYZE) users");
}

const time = (at: number | null) => (at === null ? null : new Date(at).toISOString());

/** One row in the text format of COPY. */
function copyLine(fields: (string | null)[]): string {
  const ESCAPES: Record<string, string> = { "\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r" };
  const escaped = (field: string | null) =>
    field === null ? "\\N" : field.replace(/[\\\t\n\r]/g, (one) => ESCAPES[one] ?? one);
  return `${fields.map(escaped).join("\t")}\n`;
}

/** A bar in a terminal; elsewhere a line every tenth. */
function showProgress(total: number) {
  const started = performance.now();
  const live = process.stderr.isTTY === true;
  let told = 0;
  const say = (done: number) => {
    const share = done / total;
    const perSecond = Math.round(done / ((performance.now() - started) / 1000));
    const bar = `${"█".repeat(Math.round(share * 30))}`.padEnd(30, "░");
    const text = `${count(done)} of ${count(total)} users, ${count(perSecond)} a second`;
    process.stderr.write(
      live
        ? `\r\u001b[K  ${bar} ${Math.floor(share * 100)} %  ${text}`
        : `  ${Math.floor(share * 100)} %  ${text}\n`,
    );
  };
  let lastSaid = 0;
  return {
    reached(done: number) {
      const tenth = Math.floor((done / total) * 10);
      const due = live ? performance.now() - lastSaid > 100 : tenth > told && tenth < 10;
      if (!due) return;
      lastSaid = performance.now();
      told = tenth;
      say(done);
    },
    /** Everything is in the database. */
    end() {
      say(total);
      if (live) process.stderr.write("\n");
      const seconds = (performance.now() - started) / 1000;
      process.stdout.write(
        `${count(total)} users added in ${seconds.toFixed(1)} s: ${count(Math.round(total / seconds))} a second.\n`,
      );
    },
  };
}
