import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { type Database, freshDatabase } from "@/e2e/support/database";

/** Tries to break each promise of the first migration by plain SQL, as a careless operator would. */
let database: Database;
beforeAll(async () => {
  database = await freshDatabase();
  await database.sql(`
    INSERT INTO roles (slug, name, policies, predefined) VALUES
      ('predefined_super_admin', 'Administrator', '[{"action":"manage","subject":"all"}]', true),
      ('predefined_user', 'User', '[]', true)`);
});
afterAll(() => database.drop());

const role = (slug: string) => `(SELECT id FROM roles WHERE slug = '${slug}')`;
const ADMIN = role("predefined_super_admin");
const USER = role("predefined_user");
const insertUser = (email: string, roleId: string, status = "active") =>
  database.sql(
    `INSERT INTO users (email, role_id, status) VALUES ('${email}', ${roleId}, '${status}') RETURNING id`,
  );

/** Every test begins claimed, with the two administrators a and b and the user c. */
beforeEach(async () => {
  await database.sql(`
    SET session_replication_role = replica;
    DELETE FROM installation; DELETE FROM setup_token;
    DELETE FROM sessions; DELETE FROM api_tokens; DELETE FROM totp_factors; DELETE FROM passkeys;
    DELETE FROM recovery_codes; DELETE FROM users;
    SET session_replication_role = DEFAULT`);
  await insertUser("a@example.com", ADMIN);
  await insertUser("b@example.com", ADMIN);
  await insertUser("c@example.com", USER);
  await database.sql(
    `INSERT INTO installation (admin_id, admin_email, door)
     SELECT id, email, 'test' FROM users WHERE email = 'a@example.com'`,
  );
});

describe("claimed once", () => {
  test.each([
    [
      "a second row",
      "INSERT INTO installation (id, admin_id, admin_email, door) SELECT 2, admin_id, admin_email, door FROM installation",
      "installation_single",
    ],
    [
      "the same row again",
      "INSERT INTO installation (admin_id, admin_email, door) SELECT admin_id, admin_email, door FROM installation",
      "installation_pkey",
    ],
    ["another owner", "UPDATE installation SET admin_email = 'x@example.com'", "permanent"],
    ["another date", "UPDATE installation SET claimed_at = now() - interval '1 day'", "permanent"],
    ["deleted", "DELETE FROM installation", "permanent"],
    ["truncated", "TRUNCATE installation", "permanent"],
  ])("%s", async (_name, sql, refusal) => {
    await expect(database.sql(sql)).rejects.toThrow(refusal);
  });

  test("not without an administrator", async () => {
    await database.sql(`
      SET session_replication_role = replica;
      DELETE FROM installation; UPDATE users SET status = 'disabled';
      SET session_replication_role = DEFAULT`);
    const claim = `INSERT INTO installation (admin_id, admin_email, door)
      SELECT id, email, 'test' FROM users WHERE email = 'a@example.com'`;
    await expect(database.sql(claim)).rejects.toThrow("at least one active administrator");
  });
});

describe("opened again by the operator, entirely or not at all", () => {
  const REOPEN = "SET LOCAL latchkey.reopen = 'on'";
  const ISSUE = "INSERT INTO setup_token (digest) VALUES (repeat('0', 64))";
  const EMPTY = "TRUNCATE users CASCADE";
  const CLAIM_GONE = "DELETE FROM installation";

  test.each([
    ["without saying so", [ISSUE, CLAIM_GONE, EMPTY], "permanent"],
    ["saying so in another transaction", [`${REOPEN}; COMMIT; BEGIN`, CLAIM_GONE], "permanent"],
    ["saying something else", ["SET LOCAL latchkey.reopen = 'off'", CLAIM_GONE], "permanent"],
    ["while there are users", [REOPEN, ISSUE, CLAIM_GONE], "without users"],
    ["without a setup token", [REOPEN, CLAIM_GONE, EMPTY], "with a setup token"],
    ["users alone", [REOPEN, ISSUE, EMPTY], "at least one active administrator"],
    ["by truncating", [REOPEN, ISSUE, "TRUNCATE installation"], "permanent"],
    ["only changed", [REOPEN, "UPDATE installation SET admin_email = 'x'"], "permanent"],
  ])("not %s", async (_name, steps, refusal) => {
    const sql = ["BEGIN", ...steps, "COMMIT"].join("; ");
    await expect(database.sql(sql)).rejects.toThrow(refusal);
    expect(await database.sql("SELECT count(*)::int AS n FROM installation")).toEqual([{ n: 1 }]);
    expect(await database.sql("SELECT count(*)::int AS n FROM users")).toEqual([{ n: 3 }]);
  });

  test("then nobody is added before a claim, which takes the token", async () => {
    await database.sql(`BEGIN; ${REOPEN}; ${ISSUE}; ${CLAIM_GONE}; ${EMPTY}; COMMIT`);
    await expect(insertUser("d@example.com", USER)).rejects.toThrow("waits for its owner");
    await expect(insertUser("d@example.com", ADMIN)).rejects.toThrow("waits for its owner");
    await database.sql("DELETE FROM setup_token");
    await insertUser("d@example.com", ADMIN);
  });

  test.each(["READ COMMITTED", "REPEATABLE READ"])(
    "whoever was being added meanwhile is gone, or is not added, %s",
    async (level) => {
      const before = await database.connect();
      const operator = await database.connect();
      const after = await database.connect();
      try {
        const add = (email: string) =>
          `INSERT INTO users (email, role_id, status) VALUES ('${email}', ${ADMIN}, 'active')`;
        await before.query(`BEGIN ISOLATION LEVEL ${level}`);
        await before.query(add("before@example.com"));
        const alone = operator.query(`BEGIN; ${REOPEN}; LOCK TABLE users`); // waits for the one before
        await new Promise((resolve) => setTimeout(resolve, 100));
        await before.query("COMMIT");
        await alone;
        await after.query(`BEGIN ISOLATION LEVEL ${level}`);
        const added = after.query(add("after@example.com")).then(
          () => "added",
          (error: Error) => error.message,
        );
        await new Promise((resolve) => setTimeout(resolve, 100));
        await operator.query(`${CLAIM_GONE}; ${EMPTY}; ${ISSUE}; COMMIT`);
        expect(await added).toMatch(/waits for its owner|could not serialize/);
        expect(await database.sql("SELECT email FROM users")).toEqual([]);
      } finally {
        await Promise.all([before.end(), operator.end(), after.end()]);
      }
    },
  );
});

describe("never without an active administrator", () => {
  const b = "WHERE email = 'b@example.com'";
  test.each([
    ["disabled", `UPDATE users SET status = 'disabled' ${b}`],
    ["invited", `UPDATE users SET status = 'invited' ${b}`],
    ["demoted", `UPDATE users SET role_id = ${USER} ${b}`],
    ["deleted", `DELETE FROM users ${b}`],
    ["all at once", "UPDATE users SET status = 'disabled'"],
    ["all deleted", "DELETE FROM users"],
    ["truncated", "TRUNCATE users CASCADE"],
    [
      "inside a longer transaction",
      `BEGIN; UPDATE users SET name = 'x'; DELETE FROM users ${b}; COMMIT`,
    ],
  ])("the last one %s", async (_name, sql) => {
    await database.sql("DELETE FROM users WHERE email = 'a@example.com'");
    await expect(database.sql(sql)).rejects.toThrow("at least one active administrator");
  });

  test("one of two may go, and a transaction may swap them", async () => {
    await database.sql("UPDATE users SET status = 'disabled' WHERE email = 'a@example.com'");
    await database.sql(`
      BEGIN;
      UPDATE users SET status = 'disabled' ${b};
      UPDATE users SET status = 'active' WHERE email = 'a@example.com';
      COMMIT`);
    expect(
      await database.sql("SELECT email FROM users WHERE status = 'active' ORDER BY 1"),
    ).toEqual([{ email: "a@example.com" }, { email: "c@example.com" }]);
  });

  test.each(["READ COMMITTED", "REPEATABLE READ", "SERIALIZABLE"])(
    "two who remove each other at once, %s",
    async (level) => {
      const rounds = 25;
      for (let round = 0; round < rounds; round++) {
        await database.sql(
          `UPDATE users SET status = 'active', role_id = ${ADMIN} WHERE email < 'c'`,
        );
        const remove = async (email: string) => {
          const client = await database.connect();
          try {
            await client.query(`BEGIN ISOLATION LEVEL ${level}`);
            await client.query(`UPDATE users SET status = 'disabled' WHERE email = '${email}'`);
            await new Promise((resolve) => setTimeout(resolve, Math.random() * 3));
            await client.query("COMMIT");
            return "done";
          } catch {
            return "refused";
          } finally {
            await client.end();
          }
        };
        const results = await Promise.all([remove("a@example.com"), remove("b@example.com")]);
        expect(results.sort()).toEqual(["done", "refused"]);
      }
    },
  );

  test.each([
    ["predefined_super_admin", "'[]'"],
    ["predefined_user", `'[{"action":"manage","subject":"all"}]'`],
  ])("the role %s is fixed", async (slug, policies) => {
    const where = `WHERE slug = '${slug}'`;
    for (const sql of [
      `UPDATE roles SET slug = 'predefined_x' ${where}`,
      `UPDATE roles SET policies = ${policies} ${where}`,
      `UPDATE roles SET slug = 'x', predefined = false ${where}`,
      `DELETE FROM roles ${where}`,
    ]) {
      await expect(database.sql(sql)).rejects.toThrow("a predefined role is fixed");
    }
    await database.sql(`UPDATE roles SET name = 'Another' ${where}`);
  });

  test.each([
    ["the slugs of predefined roles are reserved", "predefined_x", "roles_slug_reserved"],
    ["a slug is lower case", "Support", "roles_slug_format"],
    ["a slug is not empty", "", "roles_slug_format"],
    ["a slug has no slash", "a/b", "roles_slug_format"],
  ])("%s", async (_name, slug, refusal) => {
    const insert = `INSERT INTO roles (slug, name) VALUES ('${slug}', 'X')`;
    await expect(database.sql(insert)).rejects.toThrow(refusal);
  });

  test.each([
    ["days without a beginning", "second_factor_grace_days = 3", "whole"],
    ["a beginning without days", "second_factor_required_since = now()", "whole"],
    [
      "more than ninety days",
      "second_factor_grace_days = 91, second_factor_required_since = now()",
      "grace",
    ],
    [
      "fewer than none",
      "second_factor_grace_days = -1, second_factor_required_since = now()",
      "grace",
    ],
  ])("a second factor is not required with %s", async (_name, set, refusal) => {
    const update = `UPDATE roles SET ${set} WHERE slug = 'predefined_user'`;
    await expect(database.sql(update)).rejects.toThrow(`roles_second_factor_${refusal}`);
  });

  test("a role that somebody has cannot be deleted", async () => {
    await database.sql(`INSERT INTO roles (slug, name) VALUES ('held', 'Held')`);
    await insertUser("held@example.com", role("held"));
    const remove = "DELETE FROM roles WHERE slug = 'held'";
    await expect(database.sql(remove)).rejects.toThrow("users_role_id_fkey");
    await database.sql("DELETE FROM users WHERE email = 'held@example.com'");
    await database.sql(remove);
  });
});

describe("e-mail once, in one spelling", () => {
  test.each([
    ["the same", "c@example.com", "users_email_key"],
    ["capitals", "C@example.com", "users_email_canonical"],
    ["a space", "c @example.com", "users_email_canonical"],
    ["not ASCII", "ç@example.com", "users_email_canonical"],
    ["no at", "example.com", "users_email_canonical"],
  ])("%s", async (_name, email, refusal) => {
    await expect(insertUser(email, USER)).rejects.toThrow(refusal);
  });

  test("a password is stored as a hash or not at all", async () => {
    await expect(database.sql("UPDATE users SET password_hash = 'hunter2'")).rejects.toThrow(
      "users_password_hash_format",
    );
  });
});

describe("sessions end with what they were granted for", () => {
  test.each([
    ["disabled", "status = 'disabled'", true],
    ["given another role", `role_id = ${ADMIN}`, false],
    ["given another password", "password_hash = '$2b$10$abcdefghijklmnopqrstuv'", false],
  ])("a user who is %s", async (_name, change, tokensToo) => {
    const where = "WHERE email = 'c@example.com'";
    await database.sql(`
      INSERT INTO sessions (user_id, door, expires_at) SELECT id, 'test', now() + interval '1 day' FROM users ${where};
      INSERT INTO api_tokens (user_id, name, digest) SELECT id, 'test', repeat('0', 64) FROM users ${where}`);
    await database.sql(`UPDATE users SET ${change} ${where}`);
    await database.sql(`UPDATE users SET status = 'active' ${where}`);
    const [session] = await database.sql("SELECT ended_at IS NOT NULL AS over FROM sessions");
    const [token] = await database.sql("SELECT revoked_at IS NOT NULL AS over FROM api_tokens");
    expect(session).toEqual({ over: true });
    expect(token).toEqual({ over: tokensToo });
  });

  test("a change of name ends nothing", async () => {
    await database.sql(`INSERT INTO sessions (user_id, door, expires_at)
      SELECT id, 'test', now() + interval '1 day' FROM users WHERE email = 'c@example.com'`);
    await database.sql("UPDATE users SET name = 'C', last_login_at = now()");
    expect(await database.sql("SELECT ended_at FROM sessions")).toEqual([{ ended_at: null }]);
  });
});

describe("many users in one statement", () => {
  const held = (when: string) =>
    `string_agg(left(u.email, 1), '' ORDER BY u.email) FILTER (WHERE ${when})`;
  const ended = async () => {
    const [row] = await database.sql(`
      SELECT ${held("s.ended_at IS NOT NULL")} AS sessions, ${held("t.revoked_at IS NOT NULL")} AS tokens,
        ${held("l.revoked_at IS NOT NULL")} AS links, ${held("k.ended_at IS NOT NULL")} AS claims
      FROM users u JOIN sessions s ON s.user_id = u.id JOIN api_tokens t ON t.user_id = u.id
        JOIN user_links l ON l.user_id = u.id LEFT JOIN idempotency_keys k ON k.user_id = u.id`);
    return row;
  };
  beforeEach(() =>
    database.sql(`
      DELETE FROM idempotency_keys; DELETE FROM user_links;
      INSERT INTO sessions (user_id, door, expires_at) SELECT id, 'test', now() + interval '1 day' FROM users;
      INSERT INTO api_tokens (user_id, name, digest) SELECT id, 't', repeat('0', 64) FROM users;
      INSERT INTO user_links (user_id, purpose, digest, created_by_id, created_by_label, expires_at)
        SELECT id, 'password_reset', encode(sha256(email::bytea), 'hex'), id, 'x', now() + interval '1 day' FROM users;
      INSERT INTO idempotency_keys (digest, body_mac, user_id)
        SELECT encode(sha256(email::bytea), 'hex'), repeat('0', 64), id FROM users`),
  );

  const of = (email: string, then: string, otherwise: string) =>
    `CASE WHEN email LIKE '${email}@%' THEN ${then} ELSE ${otherwise} END`;
  const NOTHING = { sessions: null, tokens: null, links: null, claims: null };
  test.each([
    ["a sign-in", "last_login_at = now()", NOTHING],
    ["what they were", "status = status, role_id = role_id", NOTHING],
    [
      "one of them disabled",
      `status = ${of("c", "'disabled'", "status")}, version = version + 1`,
      { sessions: "c", tokens: "c", links: "c", claims: "c" },
    ],
    [
      "one of another role, one of another address",
      `role_id = ${of("b", USER, "role_id")}, email = ${of("c", "'d@example.com'", "email")}`,
      { sessions: "b", tokens: null, links: "d", claims: "b" },
    ],
    [
      "one disabled under another id",
      `id = ${of("c", "gen_random_uuid()", "id")}, status = ${of("c", "'disabled'", "status")}`,
      { sessions: "c", tokens: "c", links: "c", claims: null },
    ],
  ])("%s: ends what those held who changed, and nothing else", async (_name, set, expected) => {
    await database.sql(`UPDATE users SET ${set}`);
    expect(await ended()).toEqual(expected);
  });

  test("what they held is looked for once, and not for each of them", async () => {
    const each = await database.sql(`
      SELECT tgname FROM pg_trigger
      WHERE tgrelid = 'users'::regclass AND NOT tgisinternal AND tgtype & 1 = 1 ORDER BY tgname`);
    expect(each.map(({ tgname }) => tgname)).toEqual([
      "users_date_edit",
      "users_keep_an_administrator",
    ]);
  });
});

describe("an edit is dated by the database, whatever the client says", () => {
  const PAST = "'2001-01-01T00:00:00Z'";
  beforeEach(async () => {
    await database.sql(`
      SET session_replication_role = replica;
      UPDATE users SET updated_at = ${PAST}; UPDATE roles SET updated_at = ${PAST};
      SET session_replication_role = DEFAULT`);
  });
  const dated = (table: string) =>
    database.sql(
      `SELECT count(*)::int FROM ${table} WHERE updated_at > now() - interval '1 minute'`,
    );

  test.each([
    [
      "users",
      "UPDATE users SET name = 'C', updated_at = '2099-01-01' WHERE email = 'c@example.com'",
    ],
    ["users", "UPDATE users SET metadata = '{\"a\": 1}' WHERE email = 'c@example.com'"],
    [
      "roles",
      `INSERT INTO roles (slug, name, updated_at) VALUES ('edited', 'A', ${PAST}); UPDATE roles SET name = 'B' WHERE slug = 'edited'`,
    ],
  ])("%s: %s", async (table, sql) => {
    await database.sql(sql);
    expect(await dated(table)).toEqual([{ count: 1 }]);
  });

  test.each([
    ["a sign-in", "UPDATE users SET last_login_at = now()"],
    [
      "a hash made anew",
      "BEGIN; SET LOCAL latchkey.renew_hash = 'on'; UPDATE users SET password_hash = '$2b$10$' || repeat('a', 53); COMMIT",
    ],
  ])("%s is no edit", async (_name, sql) => {
    await database.sql(sql);
    expect(await dated("users")).toEqual([{ count: 0 }]);
  });
});

describe("a claim is not replayed once the account has changed", () => {
  const c = "WHERE email = 'c@example.com'";
  const id = `(SELECT id FROM users ${c})`;
  const remember = () =>
    database.sql(`DELETE FROM idempotency_keys;
      INSERT INTO idempotency_keys (digest, body_mac, user_id)
      SELECT repeat('0', 64), repeat('0', 64), id FROM users ${c}`);
  const ended = () => database.sql("SELECT ended_at IS NOT NULL AS ended FROM idempotency_keys");

  test.each([
    ["another password", `UPDATE users SET password_hash = '$2b$10$abcdefghijklmnopqrstuv' ${c}`],
    ["another role", `UPDATE users SET role_id = ${ADMIN} ${c}`],
    ["another status", `UPDATE users SET status = 'disabled' ${c}`],
    ["deleted", `DELETE FROM users ${c}`],
    ["an authenticator app", `INSERT INTO totp_factors (user_id, secret) VALUES (${id}, 'x')`],
    [
      "a passkey",
      `INSERT INTO passkeys (id, user_id, name, public_key) VALUES ('promise', ${id}, 'x', '')`,
    ],
    [
      "recovery codes",
      `INSERT INTO recovery_codes (user_id, digest) VALUES (${id}, repeat('0', 64))`,
    ],
  ])("%s", async (_name, change) => {
    await remember();
    await database.sql(change);
    expect(await ended()).toEqual([{ ended: true }]);
  });

  test("another name, or the same again, ends nothing", async () => {
    await remember();
    await database.sql(`UPDATE users SET name = 'C', status = status, role_id = role_id ${c}`);
    expect(await ended()).toEqual([{ ended: false }]);
  });
});

describe("audit only grows", () => {
  const insert = (action: string) =>
    database.sql(`INSERT INTO audit_events (action, actor_label) VALUES ('${action}', 'test')`);

  test.each([
    ["changed", "UPDATE audit_events SET action = 'x'"],
    ["deleted", "DELETE FROM audit_events"],
    ["truncated", "TRUNCATE audit_events"],
    ["its head deleted", "DELETE FROM audit_head"],
    ["its head truncated", "TRUNCATE audit_head"],
  ])("never %s", async (_name, sql) => {
    await insert("test.event");
    await expect(database.sql(sql)).rejects.toThrow("append-only");
  });

  test.each([
    ["changed", "UPDATE audit_seals SET hash = 'x'"],
    ["deleted", "DELETE FROM audit_seals"],
    ["truncated", "TRUNCATE audit_seals"],
  ])("a seal is never %s", async (_name, sql) => {
    await insert("test.event");
    await sealed();
    await expect(database.sql(sql)).rejects.toThrow("append-only");
  });

  const seal = async () => (await database.sql("SELECT seal_audit_events(100) AS s"))[0]?.["s"];
  /** Until the sealer says that nothing is left. */
  const sealed = async () => {
    while ((await seal()) !== "sealed");
  };
  const actions = async (where = "true") =>
    (
      await database.sql(
        `SELECT action FROM audit_events JOIN audit_seals ON event_id = id WHERE ${where} ORDER BY place`,
      )
    ).map(({ action }) => action);

  test("is one chain, whoever writes and seals at once and whatever they claim", async () => {
    await Promise.all(
      Array.from({ length: 20 }, (_, i) => (i % 4 === 0 ? seal() : insert(`test.${i}`))),
    );
    await database.sql(
      `INSERT INTO audit_events (id, xact, action, actor_label, at) VALUES (5, 5, 'test.forged', 'test', '1999-01-01')`,
    );
    await sealed();
    const rows = await database.sql(`
      SELECT place = lag(place, 1, 0::bigint) OVER w + 1 AS gapless,
             hash = audit_event_hash(lag(hash, 1, '') OVER w, e) AS whole,
             at > now() - interval '1 hour' AS dated, id <> 5 OR action <> 'test.forged' AS numbered
      FROM audit_events e LEFT JOIN audit_seals ON event_id = id WINDOW w AS (ORDER BY place)`);
    expect(rows.length).toBeGreaterThan(15);
    for (const row of rows)
      expect(row).toEqual({ gapless: true, whole: true, dated: true, numbered: true });
    const [head] = await database.sql(`
      SELECT last_place = (SELECT max(place) FROM audit_seals) AS at_end,
             last_hash = (SELECT hash FROM audit_seals ORDER BY place DESC LIMIT 1) AS same FROM audit_head`);
    expect(head).toEqual({ at_end: true, same: true });
  });

  test("what is committed late is sealed late, and never skipped", async () => {
    await sealed();
    const [late, never] = [await database.connect(), await database.connect()];
    for (const [client, name] of [
      [late, "late"],
      [never, "never"],
    ] as const) {
      await client.query(
        `BEGIN; INSERT INTO audit_events (action, actor_label) VALUES ('test.${name}', 'test')`,
      );
    }
    await insert("test.early");
    const ours = "action IN ('test.late', 'test.early', 'test.never')";
    // It is younger than two that run: they may have appended about the same thing before it.
    for (let look = 0; look < 3; look++) expect(await seal()).toBe("waiting");
    expect(await actions(ours)).toEqual([]);
    await never.query("ROLLBACK");
    await late.query("COMMIT");
    await sealed();
    expect(await actions(ours)).toEqual(["test.late", "test.early"]);
    await Promise.all([late.end(), never.end()]);
  });

  test("of one thing the order is that in which it happened, whichever transaction is older", async () => {
    await sealed();
    const [older, long] = [await database.connect(), await database.connect()];
    // Begun first, and so with the lower number; it comes to the thing only after the others.
    await older.query("BEGIN; SELECT pg_current_xact_id()");
    await long.query("BEGIN; SELECT pg_current_xact_id()");
    await insert("test.first");
    await older.query(
      "INSERT INTO audit_events (action, actor_label) VALUES ('test.second', 'test'); COMMIT",
    );
    // The second one's transaction is older than all that run; the first one's is not.
    expect(await seal()).toBe("waiting");
    expect(await actions("action IN ('test.first', 'test.second')")).toEqual([]);
    await long.query("COMMIT");
    await sealed();
    expect(await actions("action IN ('test.first', 'test.second')")).toEqual([
      "test.first",
      "test.second",
    ]);
    await Promise.all([older.end(), long.end()]);
  });

  test("what was copied from another server is sealed, whatever its transactions were called there", async () => {
    await sealed();
    await database.sql(`
      SET session_replication_role = replica;
      INSERT INTO audit_events (id, xact, action, actor_label)
        SELECT nextval('audit_events_id_seq'), 2 ^ 60, 'test.copied', 'test';
      UPDATE audit_head SET taken_before_xact = 2 ^ 60`);
    await sealed();
    expect(await actions("action = 'test.copied'")).toEqual(["test.copied"]);
    expect(await seal()).toBe("sealed");
  });

  test("is not sealed by a transaction that appends", async () => {
    await expect(
      database.sql(`BEGIN; INSERT INTO audit_events (action, actor_label) VALUES ('test.own', 'test');
        SELECT seal_audit_events(100)`),
    ).rejects.toThrow("transaction of its own");
  });
});
