import { afterAll, beforeAll, expect, test } from "vitest";
import { type Database, freshDatabase } from "@/e2e/support/database";
import { databaseEnv, runLatchkey } from "@/e2e/support/latchkey";
import { Email, PersonName } from "@/lib/users/schema";
import { inventPerson, randomNumbers, SEED_MAX } from "./seed-people";
import { wholeNumber } from "./whole-number";

let database: Database;
beforeAll(async () => {
  database = await freshDatabase();
});
afterAll(() => database.drop());

const latchkey = (args: string[], input?: string) =>
  runLatchkey(args, databaseEnv(database.url), input);
const value = async (sql: string) => Object.values((await database.sql(sql))[0] ?? {})[0];

test("an installation that nobody has claimed stays empty", async () => {
  const { code, output } = await latchkey(["seed", "--users", "5"]);
  expect(code).toBe(1);
  expect(output).toContain("Nobody has claimed this installation yet");
  expect(await value("SELECT count(*)::int FROM users")).toBe(0);
});

const REFUSED = "A whole number from 1 to 10000000.";

test("--users 0 is refused", async () => {
  const { code, output } = await latchkey(["seed", "--users", "0"]);
  expect(code).toBe(1);
  expect(output).toContain(REFUSED);
});

test.each(["0", "-1", "1e3", "many", "10000001", ""])("so is %s", (users) => {
  expect(() => wholeNumber(1, SEED_MAX)(users)).toThrow(REFUSED);
});

test("adds people who can do nothing, says how many, and touches nobody", async () => {
  await latchkey(["admin", "create", "--email", "ada@example.com"], "a fine passphrase");
  await database.sql(`INSERT INTO roles (slug, name) VALUES ('helper', 'Helper')`);
  const before = await database.sql("SELECT * FROM users");
  const { code, output } = await latchkey(["seed", "--users", "3000", "--seed", "7"]);
  expect(code).toBe(0);
  expect(output).toContain("Adds 3,000 invented users to the database");
  expect(output).toMatch(/3,000 users added in [\d.]+ s: [\d,]+ a second\./);

  expect(await database.sql("SELECT * FROM users WHERE email = 'ada@example.com'")).toEqual(before);
  expect(await value("SELECT count(*)::int FROM users")).toBe(3_001);
  const seeded = "FROM users u JOIN roles r ON r.id = u.role_id WHERE u.email LIKE '%.example'";
  expect(await value(`SELECT array_agg(DISTINCT r.slug ORDER BY r.slug) ${seeded}`)).toEqual([
    "helper",
    "predefined_user",
  ]);
  // One hash for all who have one; none for those who are only invited, a reason for those who are disabled.
  expect(await value(`SELECT count(DISTINCT password_hash)::int ${seeded}`)).toBe(1);
  expect(
    await value(
      `SELECT bool_and((password_hash IS NULL) = (status = 'invited')
                   AND (disabled_reason IS NOT NULL) = (status = 'disabled')
                   AND (status <> 'invited' OR last_login_at IS NULL)
                   AND coalesce(last_login_at, now()) >= u.created_at
                   AND greatest(u.created_at, last_login_at, u.updated_at) <= now()) ${seeded}`,
    ),
  ).toBe(true);
  const shares = await database.sql(
    `SELECT avg((status = 'active')::int)::float AS active, avg((status = 'disabled')::int)::float AS disabled,
            avg((last_login_at < now() - interval '90 days')::int)::float AS inactive,
            avg((last_login_at IS NULL)::int)::float AS never, avg((u.name IS NULL)::int)::float AS nameless ${seeded}`,
  );
  for (const share of Object.values(shares[0] ?? {})) {
    expect(share).toBeGreaterThan(0.01);
    expect(share).toBeLessThan(0.96);
  }
});

test("a second run adds others", async () => {
  expect((await latchkey(["seed", "--users", "3000", "--seed", "7"])).code).toBe(0);
  expect(await value("SELECT count(*)::int FROM users")).toBe(6_001);
});

test("nothing is added when one of them cannot be", async () => {
  const [next] = await database.sql("SELECT last_value::int AS n FROM users_number_seq");
  const n = Number(next?.["n"]);
  // What the last of them will be called; this row takes a number itself.
  const random = randomNumbers(9, n + 1);
  const last = Array.from({ length: 50 }, (_, i) => {
    const person = inventPerson(n + 2 + i, random, Date.now());
    if (random() < 0.03) random(); // another role, and which
    return person;
  }).at(-1);
  await database.sql(
    `INSERT INTO users (email, role_id) SELECT '${last?.email}', id FROM roles WHERE slug = 'predefined_user'`,
  );
  const { code, output } = await latchkey(["seed", "--users", "50", "--seed", "9"]);
  expect({ code, output }).toMatchObject({ code: 1, output: expect.stringContaining("is taken") });
  expect(await value("SELECT count(*)::int FROM users")).toBe(6_002);
});

test("the same seed invents the same people, whom the product would accept", () => {
  const now = Date.parse("2026-01-01T00:00:00Z");
  const people = (seed: number) => {
    const random = randomNumbers(seed, 1);
    return Array.from({ length: 5_000 }, (_, i) => inventPerson(i + 1, random, now));
  };
  const some = people(1);
  expect(people(1)).toEqual(some);
  expect(people(2)).not.toEqual(some);
  expect(new Set(some.map(({ email }) => email)).size).toBe(some.length);
  for (const { email, name } of some) {
    expect(Email.parse(email)).toBe(email);
    if (name !== null) expect(PersonName.parse(name)).toBe(name);
  }
});
