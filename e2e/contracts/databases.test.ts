import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { accessToken, claimed } from "../support/claimed";
import { runSql } from "../support/database";
import { bearer, get, post } from "../support/http";
import { databaseEnv, runLatchkey } from "../support/latchkey";
import { migrate, type OperatorDatabase, operatorDatabase } from "../support/operator-database";
import { OWNER } from "../support/owner";

vi.setConfig({ testTimeout: 180_000 });

let database: OperatorDatabase;
beforeAll(async () => {
  database = await operatorDatabase();
});
afterAll(() => database?.drop());

describe("whoever owns the tables", () => {
  test("without a right to make any, is told the grant", async () => {
    const { code, output } = await migrate(database.as("serving"));
    expect(output).toContain("GRANT USAGE, CREATE ON SCHEMA public TO serving");
    expect(code).toBe(5);
    expect(output).not.toContain("    at ");
  });

  test("with rights on the schema and none on the database, is enough", async () => {
    await database.sql("GRANT ALL ON SCHEMA public TO serving");
    expect(await migrate(database.as("serving"))).toMatchObject({ code: 0 });
    expect(await database.schemasWithUsers()).toEqual(["public", "public"]);
    // A table of somebody else's, in the same schema, is nobody's business.
    await database.sql("CREATE TABLE others (id int)");
    expect(await migrate(database.as("serving"))).toMatchObject({ code: 0 });
    await database.sql("DROP TABLE others");
    await database.sql("DROP OWNED BY serving CASCADE");
  });
});

test("a start with a database that is not there ends at once, with words and 1", async () => {
  const url = new URL(database.url);
  url.pathname = "/not_there";
  const { code, output } = await runLatchkey(["start"], databaseEnv(url.href));
  expect(output).toContain("there is no database not_there");
  expect(code).toBe(1);
  expect(output).not.toContain("    at ");
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
    const installation = await claimed({
      databaseUrl: database.as("serving", { schema: "house" }),
      env: { DATABASE_MIGRATION_URL: database.url },
    });
    try {
      const base = installation.baseUrl;
      const token = await accessToken(installation);
      expect((await post(base, "/api/auth/login", OWNER)).status).toBe(200);
      expect((await get(base, "/v1/users", bearer(token))).json.data).toHaveLength(1);
      expect(await database.schemasWithUsers()).toEqual(["house", "house"]);
      await expect(
        runSql(database.as("serving", { options: "-c search_path=house" }), "DROP TABLE users"),
      ).rejects.toThrow("must be owner");

      // The next start needs the other role no more, and says what it will need it for.
      const alone = databaseEnv(database.as("serving", { schema: "house" }));
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
