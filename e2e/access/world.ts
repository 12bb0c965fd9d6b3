import { createHash } from "node:crypto";
import bcrypt from "bcrypt";
import { encode } from "next-auth/jwt";
import type pg from "pg";
import { type Database, freshDatabase } from "../support/database";
import { post } from "../support/http";
import { type Installation, startInstallation } from "../support/installation";
import { databaseEnv } from "../support/latchkey";
import { PASSWORD, type Thing, type Who } from "./matrix";

const COOKIE = "latchkey.session";
const TOKEN = "t".repeat(43);
const AUDITOR = `[{"action":"read","subject":"AuditEvent"}]`;

/** A claimed installation, people of every kind, and a way to see that nothing has changed. */
export type World = {
  installation: Installation;
  /** New credentials of one kind, as request headers; `page` where tokens are not known. */
  enter(who: Who, page?: boolean): Promise<Record<string, string>>;
  /** Makes one; returns its id. */
  make(thing: Thing): Promise<string>;
  /** `value` with its placeholders replaced by the ids and addresses of new things. */
  fill<T>(value: T): Promise<T>;
  /** Equal before and after if nothing was written; what counts visits and guesses is not looked at. */
  snapshot(options?: { withoutAudit?: boolean }): Promise<string>;
  end(): Promise<void>;
};

/** @param root the folder the product is started in; default: this one */
export async function openWorld(root?: string): Promise<World> {
  const database: Database = await freshDatabase();
  const installation = await startInstallation({
    databaseUrl: database.url,
    ...(root && { root }),
  });
  const owner = { name: "Ada", email: "ada@example.com", password: "SecurePass123" };
  await post(installation.baseUrl, "/api/auth/initialize", owner);
  const client: pg.Client = await database.connect();
  await client.query(
    `INSERT INTO roles (slug, name, policies) VALUES ('auditor', 'Auditor', '${AUDITOR}')`,
  );
  const one = async (sql: string, values: unknown[] = []): Promise<string> =>
    String((await client.query({ text: sql, values, rowMode: "array" })).rows[0]?.[0]);

  const passwordHash = await bcrypt.hash(PASSWORD, 10);
  let count = 0;
  const newEmail = () => `someone-${count++}@example.com`;
  const person = (role: string, email = newEmail()) =>
    one(
      `INSERT INTO users (email, password_hash, role_id)
       VALUES ($1, $2, (SELECT id FROM roles WHERE slug = $3)) RETURNING id`,
      [email, passwordHash, role],
    );
  const session = (userId: string, expires = "1 day") =>
    one(
      `INSERT INTO sessions (user_id, door, expires_at) VALUES ($1, 'browser', now() + $2::interval) RETURNING id`,
      [userId, expires],
    );
  const cookie = async (sessionId: string) => {
    const secret = databaseEnv("")["AUTH_SECRET"] ?? "";
    const value = await encode({ token: { sid: sessionId }, secret, salt: COOKIE });
    return { cookie: `${COOKIE}=${value}` };
  };
  const signedIn = async (role: string) => {
    const id = await person(role);
    await session(id); // on another device
    return cookie(await session(id));
  };

  const enter: World["enter"] = async (who, page = false) => {
    switch (who) {
      case "anonymous":
        return {};
      case "garbage":
        return page
          ? { cookie: `${COOKIE}=garbage` }
          : { authorization: `Bearer 1|${"x".repeat(43)}` };
      case "expired":
        return cookie(await session(await person("predefined_super_admin"), "-1 second"));
      case "disabled": {
        const id = await person("predefined_super_admin");
        const headers = await cookie(await session(id));
        await client.query("UPDATE users SET status = 'disabled' WHERE id = $1", [id]);
        await client.query("UPDATE sessions SET ended_at = NULL WHERE user_id = $1", [id]);
        return headers;
      }
      case "limited": {
        const digest = createHash("sha256").update(TOKEN).digest("hex");
        const id = await one(
          `INSERT INTO api_tokens (user_id, name, digest, abilities) VALUES ($1, 'limited', $2, '{users:read}') RETURNING id`,
          [await person("predefined_super_admin"), digest],
        );
        return { authorization: `Bearer ${id}|${TOKEN}` };
      }
      case "user":
        return signedIn("predefined_user");
      case "auditor":
        return signedIn("auditor");
      case "admin":
        return signedIn("predefined_super_admin");
    }
  };

  const make: World["make"] = async (thing) => {
    const id = await person("predefined_user");
    const itsSession = await session(id);
    switch (thing) {
      case "person":
        return id;
      case "disabledPerson":
        await client.query("UPDATE users SET status = 'disabled' WHERE id = $1", [id]);
        return id;
      case "session":
        return itsSession;
    }
  };

  const placeholders: Record<string, () => Promise<string>> = {
    person: () => make("person"),
    disabledPerson: () => make("disabledPerson"),
    session: () => make("session"),
    newEmail: async () => newEmail(),
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

  const tables = await client.query<{ name: string }>(
    `SELECT table_name AS name FROM information_schema.tables
     WHERE table_schema = 'public' AND table_name NOT IN ('rate_limits', '_prisma_migrations')`,
  );
  const snapshot: World["snapshot"] = async ({ withoutAudit = false } = {}) => {
    const looked = tables.rows.filter(({ name }) => !(withoutAudit && name.startsWith("audit_")));
    const parts = looked.map(
      ({ name }) =>
        `SELECT '${name}' AS name, md5(string_agg(row, '' ORDER BY row)) AS sum
         FROM (SELECT (to_jsonb(t) - 'last_seen_at' - 'last_used_at')::text AS row FROM "${name}" t) AS rows`,
    );
    const { rows } = await client.query(`${parts.join(" UNION ALL ")} ORDER BY name`);
    return JSON.stringify(rows);
  };

  const end = async () => {
    await client.end();
    await installation.stop();
    await database.drop();
  };
  return { installation, enter, make, fill, snapshot, end };
}
