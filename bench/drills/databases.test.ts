import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { accessToken, claimed } from "@/e2e/support/claimed";
import { freshDatabase, runSql } from "@/e2e/support/database";
import { bearer, get, post } from "@/e2e/support/http";
import { databaseEnv, runLatchkey } from "@/e2e/support/latchkey";
import { migrate, type OperatorDatabase, operatorDatabase } from "@/e2e/support/operator-database";
import { OWNER } from "@/e2e/support/owner";
import { hasPgBouncer, startPgBouncer } from "@/e2e/support/pgbouncer";
import { type StatementCounter, startStatementCounter } from "@/e2e/support/statement-counter";

vi.setConfig({ testTimeout: 180_000 });

let database: OperatorDatabase;
let relay: StatementCounter;
beforeAll(async () => {
  database = await operatorDatabase();
  relay = await startStatementCounter(database.url);
});
afterAll(async () => {
  await relay?.close();
  await database?.drop();
});

describe("whoever owns the tables", () => {
  test.each([
    { by: "the role's name", name: "serving", query: {} },
    { by: "?schema=", name: "Its own", query: { schema: "Its own" } },
    { by: "options", name: "elsewhere", query: { options: "-c search_path=elsewhere" } },
  ])("has a schema by $by, for migrations, for Prisma and for SQL by hand", async (row) => {
    await database.sql(`CREATE SCHEMA "${row.name}" AUTHORIZATION serving`);
    const url = database.as("serving", row.query);
    expect(await migrate(url)).toMatchObject({ code: 0 });
    expect(await database.schemasWithUsers()).toEqual([row.name, row.name]);
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
    const { code, output } = await migrate(database.as("latchkey", readOnly));
    expect(output).toContain("only reads");
    expect(code).toBe(5);
    expect(output).not.toContain("    at ");
  });

  test("names a schema that is not there, and is told how to make it", async () => {
    const { code, output } = await migrate(database.as("serving", { schema: "missing" }));
    expect(code).toBe(5);
    expect(output).toContain("CREATE SCHEMA missing AUTHORIZATION serving");
    // With the right to, it is made.
    expect(await migrate(database.as("latchkey", { schema: "missing" }))).toMatchObject({
      code: 0,
    });
    expect(await database.schemasWithUsers()).toEqual(["missing", "missing"]);
    await database.sql("DROP SCHEMA missing CASCADE");
  });
});

test("pg_trgm may live in a schema of its own", async () => {
  const database = await freshDatabase({ migrated: false });
  const latchkey = (args: string[], input?: string) =>
    runLatchkey(args, databaseEnv(database.url), input);
  await database.sql(
    "CREATE SCHEMA contrib; GRANT USAGE ON SCHEMA contrib TO latchkey; CREATE EXTENSION pg_trgm SCHEMA contrib",
  );
  expect(await latchkey(["migrate"])).toMatchObject({ code: 0 });
  const [index] = await database.sql(
    "SELECT indexdef FROM pg_indexes WHERE indexname = 'users_email_plain_name_idx'",
  );
  expect(index?.["indexdef"]).toContain("contrib.gin_trgm_ops");
  await latchkey(["admin", "create", "--email", "ada@example.com"], "a fine passphrase");
  expect((await latchkey(["seed", "--users", "10"])).code).toBe(0);
  await database.drop();
});

describe("a start that cannot succeed", () => {
  test("with TLS that the server has not ends at once, with words and 1", async () => {
    const url = new URL(relay.url);
    url.search = "?sslmode=require";
    const { code, output } = await runLatchkey(["start"], databaseEnv(url.href));
    expect(output).toContain("speaks no TLS");
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

describe("behind a pooler", () => {
  test.skipIf(!hasPgBouncer)(
    "PgBouncer in transaction mode as it comes (skipped where it is not installed)",
    async () => {
      const pooler = await startPgBouncer(relay.url);
      try {
        const installation = await claimed({
          databaseUrl: pooler.url,
          env: { DATABASE_PREPARED_STATEMENTS: "off" },
        });
        try {
          const base = installation.baseUrl;
          const token = await accessToken(installation);
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
          databaseEnv(database.as("latchkey", { schema: "house" }, pooler.url)),
        );
        expect(schema.output).toContain("SET search_path = house");
        expect(schema.code).toBe(5);
      } finally {
        await pooler.stop();
      }
    },
  );
});
