import { afterEach, beforeEach, expect, test } from "vitest";
import { type Database, freshDatabase } from "@/e2e/support/database";
import { databaseEnv, runLatchkey } from "@/e2e/support/latchkey";

let database: Database;
beforeEach(async () => {
  database = await freshDatabase({ migrated: false });
});
afterEach(() => database.drop());

const latchkey = (args: string[], input?: string) =>
  runLatchkey(args, databaseEnv(database.url), input);
const searchIndex = async () =>
  (
    await database.sql(
      "SELECT indexdef FROM pg_indexes WHERE indexname = 'users_email_plain_name_idx'",
    )
  )[0];

test("without pg_trgm the product migrates and runs, and doctor says what to do", async () => {
  // The server then finds no extension's files.
  const name = new URL(database.url).pathname.slice(1);
  await database.sql(`ALTER DATABASE ${name} SET extension_control_path = '/nowhere'`);
  expect(await latchkey(["migrate"])).toMatchObject({ code: 0 });
  expect(await searchIndex()).toBeUndefined();
  expect((await latchkey(["doctor"])).output).toMatch(/^warn +Search +.*pg_trgm/m);

  // What it says is enough.
  await database.sql(`ALTER DATABASE ${name} RESET extension_control_path`);
  const { output } = await latchkey(["doctor"]);
  await database.sql(/CREATE EXTENSION .*;/.exec(output)?.[0] ?? "");
  expect(await searchIndex()).toBeDefined();
  expect((await latchkey(["doctor"])).output).toMatch(/^ok +Search/m);
});
