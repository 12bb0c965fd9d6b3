import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { type Database, freshDatabase } from "@/e2e/support/database";
import { databaseEnv, runLatchkey, startLatchkey } from "@/e2e/support/latchkey";
import { appliedMigrations, migrationNames } from "@/e2e/support/migrations";
import { migrate, migrationState } from "./migrate";

const ROOT = process.cwd();
let database: Database;
let all: string[];
beforeEach(async () => {
  database = await freshDatabase({ migrated: false });
  all = await migrationNames();
});
afterEach(() => database.drop());

const ledger = () => appliedMigrations(database);

const state = (pending: string[]) => ({ pending, unknown: [], changed: [] });

test("applies everything, then nothing", async () => {
  expect(await migrationState(database.url, ROOT)).toEqual(state(all));
  expect(await migrate(database.url, ROOT)).toEqual(all);
  expect(await migrate(database.url, ROOT)).toEqual([]);
  expect(await migrationState(database.url, ROOT)).toEqual(state([]));
});

test("two processes at once apply each migration once", async () => {
  const migrateIt = () => runLatchkey(["migrate"], databaseEnv(database.url));
  const runs = await Promise.all([migrateIt(), migrateIt()]);
  expect(runs.map(({ code }) => code)).toEqual([0, 0]);
  const applied = runs.flatMap(({ output }) => output.split("\n")).filter((l) => all.includes(l));
  expect(applied).toEqual(all);
  expect(await ledger()).toEqual(all.map((name) => ({ name })));
});

test("an installation from before has the administrator called as on its pages", async () => {
  await migrate(database.url, ROOT);
  await database.sql(`
    INSERT INTO roles (slug, name, policies, predefined)
    VALUES ('predefined_super_admin', 'Super Admin', '[{"action":"manage","subject":"all"}]', true),
      ('administrator', 'administrator', '[]', false);
    DELETE FROM _prisma_migrations WHERE migration_name LIKE '%name_the_administrator'`);
  await migrate(database.url, ROOT);
  expect(await database.sql("SELECT name FROM roles ORDER BY name")).toEqual([
    { name: "Administrator" },
    { name: "administrator (administrator)" },
  ]);
});

describe("killed in the middle", () => {
  test("as soon as it has begun: a rerun completes", async () => {
    const child = startLatchkey(["migrate"], databaseEnv(database.url));
    const ended = new Promise((resolve) => child.once("close", resolve));
    while (
      (await database.sql("SELECT to_regclass('_prisma_migrations') AS t"))[0]?.["t"] === null
    ) {
      await sleep(1);
    }
    child.kill("SIGKILL");
    await ended;
    await migrate(database.url, ROOT);
    expect(await ledger()).toEqual(all.map((name) => ({ name })));
    await database.sql("SELECT 1 FROM audit_head, users, installation");
  });

  test("a note that was begun and never finished is taken up again", async () => {
    await migrate(database.url, ROOT);
    await database.sql("UPDATE _prisma_migrations SET finished_at = NULL, applied_steps_count = 0");
    // Its tables are there, so applying it fails; what matters is that it was not taken for done.
    await expect(migrate(database.url, ROOT)).rejects.toThrow("already exists");
  });
});

test("a database that is away is a fault with a code, and no half-used engine stays behind", async () => {
  const away = "postgresql://nobody@127.0.0.1:1/none";
  await expect(migrate(away, ROOT)).rejects.toMatchObject({ code: "ECONNREFUSED" });
  expect(await migrate(database.url, ROOT)).toEqual(all);
});
