import { afterAll, beforeAll, expect, test } from "vitest";
import { type Database, freshDatabase } from "@/e2e/support/database";
import { databaseEnv } from "@/e2e/support/latchkey";
import { sealTotpSecret } from "@/lib/factors/totp";
import { closeDb } from "@/lib/platform/db";
import { parseEnv } from "@/lib/platform/env";
import { processWide } from "@/lib/platform/process-wide";
import { checkSecret, findMissingSecret } from "./check-secret";

const OLD = "oLd5cW1mQ9zX3vB7nL2hF8rJ4pD6sG0yA";
const NEW = "nEw5cW1mQ9zX3vB7nL2hF8rJ4pD6sG0yA";

let database: Database;
beforeAll(async () => {
  database = await freshDatabase();
  const env = parseEnv({ ...databaseEnv(database.url), LOG_LEVEL: "silent" });
  processWide("env", () => ({
    ...env,
    get authSecrets() {
      return secrets;
    },
  }));
});
afterAll(async () => {
  await closeDb();
  await database.drop();
});

let secrets: string[] = [];
const startWith = (...configured: string[]) => {
  secrets = configured;
  return checkSecret();
};

test("the first start, the same again, and a rotation miss nothing", async () => {
  expect(await startWith(OLD)).toBeNull();
  expect(await startWith(OLD)).toBeNull();
  expect(await startWith(NEW, OLD)).toBeNull();
  expect(await startWith(NEW)).toBeNull();
  await database.sql("DELETE FROM secret_checks");
});

test("a start with another secret says so, each time, until the old one is put back; nothing is destroyed", async () => {
  await startWith(OLD);
  await database.sql(`
    INSERT INTO roles (slug, name) VALUES ('reader', 'Reader');
    INSERT INTO users (email, role_id) SELECT 'bob@example.com', id FROM roles`);
  const [user] = await database.sql("SELECT id FROM users");
  const id = String(user?.["id"]);
  await database.sql(
    `INSERT INTO totp_factors (user_id, secret, confirmed_at) VALUES ('${id}', '${sealTotpSecret(id, "ABC")}', now())`,
  );
  secrets = [NEW];
  expect(await findMissingSecret()).toEqual({ since: null, apps: 1 });
  expect(await startWith(NEW)).toEqual({ since: null, apps: 1 });
  expect(await startWith(NEW)).toEqual({ since: expect.any(String), apps: 1 });
  expect(await startWith(NEW, OLD)).toBeNull();
  // Rotated out too early: that app is lost all the same.
  expect(await startWith(NEW)).toEqual({ since: null, apps: 1 });
  expect(await startWith(OLD)).toBeNull();
});

test("a database from before there was a check, restored without its secret, is told by what does not open", async () => {
  await database.sql("DELETE FROM secret_checks");
  expect(await startWith(NEW)).toEqual({ since: null, apps: 1 });
  await database.sql("DELETE FROM secret_checks");
  expect(await startWith(OLD)).toBeNull();
});

test("a secret is told from the database by nobody", async () => {
  const rows = JSON.stringify(await database.sql("SELECT * FROM secret_checks"));
  for (const secret of [OLD, NEW]) expect(rows).not.toContain(secret);
});
