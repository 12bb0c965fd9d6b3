import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { type Database, freshDatabase, runSql } from "../support/database";
import { bearer, get, post } from "../support/http";
import { startInstallation } from "../support/installation";
import { databaseEnv, runLatchkey } from "../support/latchkey";
import { hasPgBouncer, startPgBouncer } from "../support/pgbouncer";
import { type StatementCounter, startStatementCounter } from "../support/statement-counter";

vi.setConfig({ testTimeout: 180_000 });

const OWNER = { name: "Owner", email: "owner@example.com", password: "SecurePass123" };

/** The databases that operators have: made here as their owners make them, with a role that owns nothing. */
let database: Database;
let relay: StatementCounter;
beforeAll(async () => {
  database = await freshDatabase({ migrated: false });
  relay = await startStatementCounter(database.url);
  await database.sql(`
    DO $$ BEGIN
      IF to_regrole('serving') IS NULL THEN CREATE ROLE serving LOGIN; END IF;
    END $$`);
});
afterAll(async () => {
  await relay?.close();
  await database?.sql("DROP OWNED BY serving CASCADE");
  await database?.drop();
});

/** The address of the database as `role`, with more in its query. */
function as(role: string, query: Record<string, string> = {}, base = database.url): string {
  const url = new URL(base);
  url.username = role;
  for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value);
  return url.href;
}

const migrate = (url: string) => runLatchkey(["migrate"], databaseEnv(url));

/** Where the tables are. */
async function schemasWithUsers(): Promise<unknown[]> {
  const rows = await database.sql(
    "SELECT schemaname FROM pg_tables WHERE tablename IN ('users', '_prisma_migrations') ORDER BY 1",
  );
  return rows.map(({ schemaname }) => schemaname);
}

describe("whoever owns the tables", () => {
  test("without a right to make any, is told the grant", async () => {
    const { code, output } = await migrate(as("serving"));
    expect(output).toContain("GRANT USAGE, CREATE ON SCHEMA public TO serving");
    expect(code).toBe(5);
    expect(output).not.toContain("    at ");
  });

  test("with rights on the schema and none on the database, is enough", async () => {
    await database.sql("GRANT ALL ON SCHEMA public TO serving");
    expect(await migrate(as("serving"))).toMatchObject({ code: 0 });
    expect(await schemasWithUsers()).toEqual(["public", "public"]);
    // A table of somebody else's, in the same schema, is nobody's business.
    await database.sql("CREATE TABLE others (id int)");
    expect(await migrate(as("serving"))).toMatchObject({ code: 0 });
    await database.sql("DROP TABLE others");
    await database.sql("DROP OWNED BY serving CASCADE");
  });

  test.each([
    { by: "the role's name", name: "serving", query: {} },
    { by: "?schema=", name: "Its own", query: { schema: "Its own" } },
    { by: "options", name: "elsewhere", query: { options: "-c search_path=elsewhere" } },
  ])("has a schema by $by, for migrations, for Prisma and for SQL by hand", async (row) => {
    await database.sql(`CREATE SCHEMA "${row.name}" AUTHORIZATION serving`);
    const url = as("serving", row.query);
    expect(await migrate(url)).toMatchObject({ code: 0 });
    expect(await schemasWithUsers()).toEqual([row.name, row.name]);
    const admin = ["admin", "create", "--email", OWNER.email];
    const created = await runLatchkey(admin, databaseEnv(url), `${OWNER.password}\n`);
    expect(created).toMatchObject({ code: 0 });
    expect(await database.sql(`SELECT email FROM "${row.name}".users`)).toEqual([
      { email: OWNER.email },
    ]);
    await database.sql("DROP OWNED BY serving CASCADE");
  });

  test("on a standby, or where nothing may be written, is told so", async () => {
    const readOnly = { options: "-c default_transaction_read_only=on" };
    const { code, output } = await migrate(as("latchkey", readOnly));
    expect(output).toContain("only reads");
    expect(code).toBe(5);
    expect(output).not.toContain("    at ");
  });

  test("names a schema that is not there, and is told how to make it", async () => {
    const { code, output } = await migrate(as("serving", { schema: "missing" }));
    expect(code).toBe(5);
    expect(output).toContain("CREATE SCHEMA missing AUTHORIZATION serving");
    // With the right to, it is made.
    expect(await migrate(as("latchkey", { schema: "missing" }))).toMatchObject({ code: 0 });
    expect(await schemasWithUsers()).toEqual(["missing", "missing"]);
    await database.sql("DROP SCHEMA missing CASCADE");
  });
});

describe("a start that cannot succeed", () => {
  test.each([
    ["a database that is not there", "/not_there", "there is no database not_there"],
    ["TLS that the server has not", "?sslmode=require", "speaks no TLS"],
  ])("with %s ends at once, with words and 1", async (_, change, words) => {
    const url = new URL(relay.url);
    if (change.startsWith("/")) url.pathname = change;
    else url.search = change;
    const { code, output } = await runLatchkey(["start"], databaseEnv(url.href));
    expect(output).toContain(words);
    expect(code).toBe(1);
    expect(output).not.toContain("    at ");
  });

  test("in a database of another encoding", async () => {
    const latin1 = new URL(database.url);
    latin1.pathname += "_latin1";
    const name = latin1.pathname.slice(1);
    await database.sql(
      `CREATE DATABASE ${name} OWNER latchkey ENCODING 'LATIN1' LC_COLLATE 'C' LC_CTYPE 'C' LOCALE_PROVIDER libc TEMPLATE template0`,
    );
    try {
      const { code, output } = await runLatchkey(["start"], databaseEnv(latin1.href));
      expect(output).toContain("LATIN1");
      expect(output).toContain("ENCODING 'UTF8'");
      expect(code).toBe(1);
      const told = await runLatchkey(["doctor"], databaseEnv(latin1.href));
      expect(told.output).toMatch(/fail +Database +.*LATIN1/);
    } finally {
      await database.sql(`DROP DATABASE ${name}`);
    }
  });
});

describe("two roles: one migrates, one serves", () => {
  test("who serves needs no more than the guide grants", async () => {
    await database.sql(`
      CREATE SCHEMA house AUTHORIZATION latchkey;
      GRANT USAGE ON SCHEMA house TO serving;
      ALTER DEFAULT PRIVILEGES FOR ROLE latchkey IN SCHEMA house
        GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO serving;
      ALTER DEFAULT PRIVILEGES FOR ROLE latchkey IN SCHEMA house
        GRANT USAGE ON SEQUENCES TO serving`);
    const installation = await startInstallation({
      databaseUrl: as("serving", { schema: "house" }),
      env: { DATABASE_MIGRATION_URL: database.url },
    });
    try {
      const base = installation.baseUrl;
      const token = (await post(base, "/api/auth/initialize", OWNER)).json.access_token;
      expect((await post(base, "/api/auth/login", OWNER)).status).toBe(200);
      expect((await get(base, "/v1/users", bearer(token))).json.data).toHaveLength(1);
      expect(await schemasWithUsers()).toEqual(["house", "house"]);
      await expect(
        runSql(as("serving", { options: "-c search_path=house" }), "DROP TABLE users"),
      ).rejects.toThrow("must be owner");

      // The next start needs the other role no more, and says what it will need it for.
      const alone = databaseEnv(as("serving", { schema: "house" }));
      const told = await runLatchkey(["doctor"], alone);
      expect(told.output).toMatch(/warn +Rights +serving may serve and not change tables/);
      expect(await runLatchkey(["admin", "list"], alone)).toMatchObject({ code: 0 });

      await database.sql("REVOKE UPDATE ON house.users FROM serving");
      const less = await runLatchkey(["admin", "list"], alone);
      expect(less.output).toContain("serving may not read and write users");
      expect(less.code).toBe(5);
    } finally {
      await installation.stop();
      await database.sql("DROP SCHEMA house CASCADE; DROP OWNED BY serving CASCADE");
    }
  });
});

describe("behind a pooler", () => {
  test.skipIf(!hasPgBouncer)(
    "PgBouncer in transaction mode as it comes (skipped where it is not installed)",
    async () => {
      const pooler = await startPgBouncer(relay.url);
      try {
        const installation = await startInstallation({
          databaseUrl: pooler.url,
          env: { DATABASE_PREPARED_STATEMENTS: "off" },
        });
        try {
          const base = installation.baseUrl;
          const token = (await post(base, "/api/auth/initialize", OWNER)).json.access_token;
          const statuses: number[] = [];
          for (let round = 0; round < 8; round++) {
            const answers = await Promise.all(
              Array.from({ length: 5 }, () => post(base, "/api/auth/login", OWNER)),
            );
            const list = await get(base, "/v1/users?search=own", bearer(token));
            for (const { status } of [...answers, list]) statuses.push(status);
          }
          expect(new Set(statuses)).toEqual(new Set([200]));
          // No setting of ours has gone to a session that somebody else uses, and no lock stays with one.
          const left = await runSql(pooler.url, "SHOW statement_timeout");
          expect(left).toEqual([{ statement_timeout: "0" }]);
          const locks = await database.sql(
            `SELECT FROM pg_locks l JOIN pg_database d ON d.oid = l.database
              WHERE l.locktype = 'advisory' AND d.datname = current_database()`,
          );
          expect(locks).toEqual([]);
        } finally {
          await installation.stop();
        }
        // Without being told, it does as well.
        const told = await runLatchkey(["doctor"], databaseEnv(pooler.url));
        expect(told.output).toMatch(/warn +Pooler +in front; set DATABASE_MIGRATION_URL/);
        expect(told.output).toMatch(/warn +Time limit .*ALTER ROLE latchkey/);
        expect(told.code).toBe(0);
        const prepared = await runLatchkey(["doctor"], {
          ...databaseEnv(pooler.url),
          DATABASE_PREPARED_STATEMENTS: "on",
        });
        expect(prepared.output).toMatch(/(ok|fail) +Prepared +the pooler (keeps|loses)/);
        const schema = await runLatchkey(
          ["migrate"],
          databaseEnv(as("latchkey", { schema: "house" }, pooler.url)),
        );
        expect(schema.output).toContain("SET search_path = house");
        expect(schema.code).toBe(5);
      } finally {
        await pooler.stop();
      }
    },
  );
});
