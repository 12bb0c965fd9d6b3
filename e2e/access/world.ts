import { createHash, randomBytes } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { hash } from "@node-rs/argon2";
import type pg from "pg";
import { sessionCookie, sessionCookieName } from "../support/claimed";
import { type Database, freshDatabase } from "../support/database";
import { type Installation, startInstallation } from "../support/installation";
import { OWNER } from "../support/owner";
import { lastChange, RECORD_CHANGES } from "./changes";
import { PASSWORD, type Thing, type Who } from "./matrix";

const TOKEN = "t".repeat(43);
const sha256 = (text: string) => createHash("sha256").update(text).digest("hex");
const EVERYTHING = `[{"action":"manage","subject":"all"}]`;
const PERSON = `INSERT INTO users (email, password_hash, role_id)
  VALUES ($1, $2, (SELECT id FROM roles WHERE slug = $3))`;
const AUDITOR = `[{"action":"read","subject":"AuditEvent"}]`;

/** A claimed installation, people of every kind, and a way to see that nothing has changed. */
export type World = {
  installation: Installation;
  /** New credentials of one kind, as request headers; `page` where tokens are not known. */
  enter(who: Who, page?: boolean): Promise<Record<string, string>>;
  /** Makes one; returns its id. The caller whose own it is came in last. */
  make(thing: Thing): Promise<string>;
  /** `value` with its placeholders replaced by the ids and addresses of new things. */
  fill<T>(value: T): Promise<T>;
  /**
   * Equal before and after if nothing was written into any table; what counts visits and guesses is not looked at.
   * Waits until jobs have come to their end, because they go on after the reply.
   */
  snapshot(options?: { withoutAudit?: boolean }): Promise<string>;
  /** Runs SQL as superuser, on a connection that was opened before any test. */
  sql(text: string): Promise<unknown>;
  end(): Promise<void>;
};

export async function openWorld(): Promise<World> {
  const database: Database = await freshDatabase({ claimed: true });
  const installation = await startInstallation({ databaseUrl: database.url });
  const client: pg.Client = await database.connect();
  await client.query(
    `INSERT INTO roles (slug, name, policies, second_factor_grace_days, second_factor_required_since) VALUES
       ('auditor', 'Auditor', '${AUDITOR}', NULL, NULL),
       ('owing', 'Owing', '${EVERYTHING}', 0, now() - interval '1 day')`,
  );
  const one = async (sql: string, values: unknown[] = []): Promise<string> =>
    String((await client.query({ text: sql, values, rowMode: "array" })).rows[0]?.[0]);

  const passwordHash = await hash(PASSWORD);
  let count = 0;
  const newEmail = () => `someone-${count++}@example.com`;
  const person = (role: string, email = newEmail()) =>
    one(`${PERSON} RETURNING id`, [email, passwordHash, role]);
  const session = (userId: string, expires = "1 day") =>
    one(
      `INSERT INTO sessions (user_id, door, expires_at) VALUES ($1, 'browser', now() + $2::interval) RETURNING id`,
      [userId, expires],
    );
  const cookie = async (sessionId: string) => ({
    cookie: await sessionCookie(installation.baseUrl, sessionId),
  });
  /** Who came in last. Strangers get an account, too, so that there is something of theirs to ask for. */
  let caller = "";
  const arrive = async (role = "predefined_super_admin") => {
    caller = await person(role);
    return caller;
  };
  /** Here and on another device. */
  const signedIn = async (role: string) => {
    const { rows } = await client.query<{ id: string; caller: string }>(
      `WITH person AS (${PERSON} RETURNING id)
       INSERT INTO sessions (user_id, door, expires_at)
       SELECT id, 'browser', now() + interval '1 day' FROM person, generate_series(1, 2)
       RETURNING id, user_id AS caller`,
      [newEmail(), passwordHash, role],
    );
    const [session] = rows;
    if (session === undefined) throw new Error("nobody has come in");
    caller = session.caller;
    return cookie(session.id);
  };
  const token = (userId: string, digest: string, abilities = "{*}") =>
    one(
      `INSERT INTO api_tokens (user_id, name, digest, abilities) VALUES ($1, 'script', $2, $3) RETURNING id`,
      [userId, digest, abilities],
    );
  const job = async (kind: string, state: string, outcome: string) => {
    const id = await one(
      `INSERT INTO jobs (kind, state, creator_id, creator_email, total)
       VALUES ($1, $2, $3, 'someone@example.com', 1) RETURNING id`,
      [kind, state, caller],
    );
    await client.query(
      `INSERT INTO job_items (job_id, position, label, outcome, data) VALUES ($1, 2, $2, $3, $4)`,
      [id, newEmail(), outcome, { name: null, role: "predefined_user" }],
    );
    return id;
  };

  const enter: World["enter"] = async (who, page = false) => {
    switch (who) {
      case "anonymous":
        await arrive();
        return {};
      case "garbage":
        await arrive();
        return page
          ? { cookie: `${sessionCookieName(installation.baseUrl)}=garbage` }
          : { authorization: `Bearer 1|${"x".repeat(43)}` };
      case "expired":
        return cookie(await session(await arrive(), "-1 second"));
      case "disabled": {
        const id = await arrive();
        const headers = await cookie(await session(id));
        await client.query("UPDATE users SET status = 'disabled' WHERE id = $1", [id]);
        await client.query("UPDATE sessions SET ended_at = NULL WHERE user_id = $1", [id]);
        return headers;
      }
      case "limited": {
        const id = await token(await arrive(), sha256(TOKEN), "{users:read}");
        return { authorization: `Bearer ${id}|${TOKEN}` };
      }
      case "user":
        return signedIn("predefined_user");
      case "auditor":
        return signedIn("auditor");
      case "owing": {
        const headers = await signedIn("owing");
        // The time for it is over for certain, also by a clock that is told a moment late.
        await client.query(
          "UPDATE users SET created_at = created_at - interval '1 hour' WHERE id = $1",
          [caller],
        );
        return headers;
      }
      case "admin":
        return signedIn("predefined_super_admin");
    }
  };

  const ada = await one("SELECT id FROM users WHERE email = $1", [OWNER.email]);
  const invite = async () => {
    const id = await one(
      "UPDATE users SET status = 'invited', password_hash = NULL WHERE id = $1 RETURNING id",
      [await person("predefined_user")],
    );
    const secret = randomBytes(32).toString("base64url");
    await client.query(
      `INSERT INTO user_links (user_id, purpose, digest, created_by_id, created_by_label, expires_at)
       VALUES ($1, 'invitation', $2, $3, 'ada@example.com', now() + interval '1 day')`,
      [id, sha256(secret), ada],
    );
    return { id, secret };
  };
  const joinLink = () =>
    one(
      `INSERT INTO join_links (name, digest, role_id, approval, max_uses, uses, created_by_id, created_by_label, expires_at)
       VALUES ('All', $1, (SELECT id FROM roles WHERE slug = 'predefined_user'), true, 2, 1, $2, 'ada@example.com',
         now() + interval '1 day') RETURNING id`,
      [sha256(randomBytes(32).toString("base64url")), ada],
    );
  const things: Record<Thing, () => Promise<string>> = {
    person: async () => {
      const id = await person("predefined_user");
      await session(id);
      return id;
    },
    disabledPerson: async () =>
      one("UPDATE users SET status = 'disabled' WHERE id = $1 RETURNING id", [
        await person("predefined_user"),
      ]),
    protectedPerson: async () =>
      one(
        "INSERT INTO totp_factors (user_id, secret, confirmed_at) VALUES ($1, 'sealed', now()) RETURNING user_id",
        [await person("predefined_user")],
      ),
    invitedPerson: async () => (await invite()).id,
    deletedPerson: async () =>
      one(
        `WITH gone AS (DELETE FROM users WHERE id = $1 RETURNING *)
         INSERT INTO deleted_users (id, number, email, password_hash, role_id, status, metadata, version,
           created_at, updated_at, deleted_by_id, deleted_by_label, purge_at)
         SELECT id, number, email, password_hash, role_id, status, metadata, version,
           created_at, updated_at, $2, 'ada@example.com', now() + interval '30 days' FROM gone RETURNING id`,
        [await person("predefined_user"), ada],
      ),
    session: async () => session(await person("predefined_user")),
    token: async () => token(await person("predefined_user"), sha256("somebody's")),
    link: async () => (await invite()).secret,
    joinLink: () => joinLink(),
    joinRequest: async () =>
      one(
        "INSERT INTO join_requests (link_id, email, password_hash) VALUES ($1, $2, $3) RETURNING id",
        [await joinLink(), newEmail(), passwordHash],
      ),
    role: () =>
      one("INSERT INTO roles (slug, name) VALUES ($1, $1) RETURNING slug", [`role-${count++}`]),
    event: () =>
      one(
        "INSERT INTO audit_events (action, actor_label) VALUES ('audit.exported', 'system') RETURNING id",
      ),
    ownToken: () => token(caller, sha256("the caller's")),
    unfamiliarSession: () =>
      one(
        `INSERT INTO sessions (user_id, door, expires_at, unfamiliar)
         VALUES ($1, 'browser', now() + interval '1 day', true) RETURNING id`,
        [caller],
      ),
    draft: () => job("import", "draft", "pending"),
    job: () => job("disable", "done", "changed"),
    view: () =>
      one(
        "INSERT INTO saved_views (user_id, name, query) VALUES ($1, 'Mine ' || gen_random_uuid(), 'status=active') RETURNING id",
        [caller],
      ),
    passkey: () =>
      one(
        "INSERT INTO passkeys (id, user_id, name, public_key) VALUES ($1, $2, 'Key', '') RETURNING id",
        [randomBytes(16).toString("base64url"), caller],
      ),
    authenticatorApp: () =>
      one(
        "INSERT INTO totp_factors (user_id, secret, confirmed_at) VALUES ($1, 'sealed', now()) RETURNING user_id",
        [caller],
      ),
  };
  const make: World["make"] = (thing) => things[thing]();

  const placeholders: Record<string, () => Promise<string>> = {
    ...things,
    newEmail: async () => newEmail(),
    callerEmail: () => one("SELECT email FROM users WHERE id = $1", [caller]),
    personEmail: async () => {
      const email = newEmail();
      await person("predefined_user", email);
      return email;
    },
  };
  const fill: World["fill"] = async (value) => {
    let text = JSON.stringify(value);
    if (text === undefined) return value;
    for (const [name, next] of Object.entries(placeholders)) {
      if (text.includes(`{${name}}`)) text = text.replaceAll(`{${name}}`, await next());
    }
    return JSON.parse(text);
  };

  await client.query(RECORD_CHANGES);
  const snapshot: World["snapshot"] = async ({ withoutAudit = false } = {}) => {
    for (;;) {
      const change = await one(
        `SELECT last FROM (${lastChange(withoutAudit)}) AS made
         WHERE NOT EXISTS (SELECT FROM jobs WHERE state = 'running')`,
      );
      if (change !== "undefined") return change;
      await sleep(20);
    }
  };

  const end = async () => {
    await client.end();
    await installation.stop();
    await database.drop();
  };
  const sql = (text: string) => client.query(text);
  return { installation, enter, make, fill, snapshot, sql, end };
}
