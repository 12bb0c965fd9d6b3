import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, beforeEach, expect, test } from "vitest";
import { migrate } from "@/cli/migrate";
import { type Database, freshDatabase } from "@/e2e/support/database";
import { databaseEnv, runLatchkey, startLatchkey } from "@/e2e/support/latchkey";
import { appliedMigrations, migrationNames } from "@/e2e/support/migrations";

const ROOT = process.cwd();
let database: Database;
let all: string[];
beforeEach(async () => {
  database = await freshDatabase({ migrated: false });
  all = await migrationNames();
});
afterEach(() => database.drop());

const ledger = () => appliedMigrations(database);

test("four processes at once apply each migration once", async () => {
  const runs = await Promise.all(
    Array.from({ length: 4 }, () => runLatchkey(["migrate"], databaseEnv(database.url))),
  );
  expect(runs.map(({ code }) => code)).toEqual([0, 0, 0, 0]);
  const applied = runs.flatMap(({ output }) => output.split("\n")).filter((l) => all.includes(l));
  expect(applied).toEqual(all);
  expect(await ledger()).toEqual(all.map((name) => ({ name })));
});

test.each([1, 2, 4, 8, 16, 32, 64, 128])(
  "killed after %i ms: a rerun completes",
  async (milliseconds) => {
    const child = startLatchkey(["migrate"], databaseEnv(database.url));
    const ended = new Promise((resolve) => child.once("close", resolve));
    // A little after it has begun; wherever that hits, the outcome must be the same.
    while (
      (await database.sql("SELECT to_regclass('_prisma_migrations') AS t"))[0]?.["t"] === null
    ) {
      await sleep(1);
    }
    await sleep(milliseconds);
    child.kill("SIGKILL");
    await ended;
    await migrate(database.url, ROOT);
    expect(await ledger()).toEqual(all.map((name) => ({ name })));
    await database.sql("SELECT 1 FROM audit_head, users, installation");
  },
);
