import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import type { Database } from "@/e2e/support/database";
import { databaseInProcess } from "@/e2e/support/database-in-process";
import type { ConditionValue } from "@/lib/access/conditions";
import { may } from "@/lib/access/policy";
import { Policies, type Policy } from "@/lib/access/schema";
import { Prisma, query, type Tx } from "@/lib/platform/db";
import { type RowSubject, scopeOf, type Where } from "./scope-of";
import { whereSql } from "./where-sql";

const STATES = vi.hoisted(() => ["draft", "running", "done", "cancelled", "stopped"]);

/** Two entities as a fork would add them: nothing else is told of them. */
vi.mock("@/lib/access/subjects", async (original) => {
  const known = await original<typeof import("@/lib/access/subjects")>();
  const actions = known.ALL_ACTIONS;
  const Job = {
    actions,
    fields: { state: STATES, kind: "text", changed: "integer", id: "uuid", options: "metadata" },
  };
  const Session = {
    actions,
    fields: { door: "text", address: "text", unfamiliar: "boolean", "user.email": "email" },
    relations: { user: "users" },
  };
  return { ...known, SUBJECTS: { ...known.SUBJECTS, Job, Session } };
});

type Row = Record<string, unknown>;
/** How each subject is read, and seen: as a view would, with the words of an enum in lower case. */
const READ: Record<string, { table: string; rows: (db: Tx, where: object) => Promise<Row[]> }> = {
  User: {
    table: "users",
    rows: async (db, where) =>
      (await db.user.findMany({ where, include: { role: true } })).map((row) => ({
        ...row,
        status: row.status.toLowerCase(),
      })),
  },
  Job: {
    table: "jobs",
    rows: async (db, where) =>
      (await db.job.findMany({ where })).map((row) => ({ ...row, state: row.state.toLowerCase() })),
  },
  Session: {
    table: "sessions",
    rows: (db, where) => db.session.findMany({ where, include: { user: true } }),
  },
};
const FIELDS: Record<string, string[]> = {
  User: ["status", "role.slug", "email", "id", "metadata.team", "metadata.n", "metadata.gone"],
  Job: ["state", "kind", "changed", "id", "options.team", "options.n"],
  Session: ["door", "address", "unfamiliar", "user.email"],
};
/** Beside those that are there. */
const ELSEWHERE: ConditionValue[] = [
  "active",
  "running",
  "x",
  "X",
  "1",
  "true",
  " x",
  "%",
  "'; DROP TABLE users; --",
  "é",
  "e\u0301",
  0,
  1,
  2.5,
  -3,
  true,
  false,
];

let database: Database;
beforeAll(async () => {
  database = await databaseInProcess();
  await database.sql(`
    INSERT INTO roles (slug, name) SELECT 'role-' || n, 'Role ' || n FROM generate_series(1, 4) AS n;
    CREATE TEMPORARY TABLE texts AS SELECT row_number() OVER () AS n, value FROM unnest(ARRAY[
      '"x"', '"X"', '" x"', '"%"', '"é"', '"e\u0301"', '"1"', '"true"', '1', '1.0', '0', '2.5', 'true', 'false',
      'null', '["x"]', '{"x": "x"}', '-3']) AS value;
    INSERT INTO users (email, role_id, status, password_hash, metadata)
      SELECT 'user' || n || '@example.com', (SELECT id FROM roles WHERE slug = 'role-' || 1 + n % 4),
        (ARRAY['active', 'disabled', 'invited'])[1 + n % 3]::user_status, CASE WHEN n % 3 < 2 THEN '$2b$' END,
        CASE WHEN n % 7 = 0 THEN '{}' ELSE jsonb_build_object(
          'team', (SELECT value::jsonb FROM texts WHERE texts.n = 1 + s % 18),
          'n', (SELECT value::jsonb FROM texts WHERE texts.n = 1 + (s / 3) % 18)) END
      FROM generate_series(1, 150) AS s, LATERAL (SELECT s AS n) AS each;
    INSERT INTO jobs (kind, state, creator_id, creator_email, total, changed, options)
      SELECT (ARRAY['x', 'X', ' x', '%'])[1 + n % 4], (ARRAY['${STATES.join("','")}'])[1 + n % 5]::job_state,
        (SELECT id FROM users LIMIT 1), 'user1@example.com', 10, n % 3,
        jsonb_build_object('team', (SELECT value::jsonb FROM texts WHERE texts.n = 1 + s % 18), 'n', n % 4)
      FROM generate_series(1, 60) AS s, LATERAL (SELECT s AS n) AS each;
    INSERT INTO sessions (user_id, door, address, expires_at, unfamiliar)
      SELECT id, (ARRAY['x', 'X', 'é'])[1 + number % 3], CASE WHEN number % 4 > 0 THEN 'x' END, now(),
        number % 2 = 0
      FROM users`);
});
afterAll(() => database.drop());

/** The same numbers each time (mulberry32). */
function numbers(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t ^= t + Math.imul(t ^ (t >>> 7), 61 | t);
    return ((t ^ (t >>> 14)) >>> 0) % below;
  };
}

const at = (row: Row, field: string) =>
  field.split(".").reduce<unknown>((value, key) => (value as Row | null | undefined)?.[key], row);

const ids = (rows: { id: unknown }[]) => rows.map(({ id }) => String(id)).sort();

describe.each(Object.keys(READ))("%s: one row and all rows are judged alike", (name) => {
  const subject = name as RowSubject;
  const { table, rows } = READ[name] as (typeof READ)[string];
  const random = numbers(7);
  const pick = <T>(list: readonly T[]): T => list[random(list.length)] as T;

  function conditions(there: Row[]): Record<string, unknown> {
    const value = (field: string) => (random(3) > 0 ? at(pick(there), field) : pick(ELSEWHERE));
    return Object.fromEntries(
      Array.from({ length: 1 + random(2) }, () => pick(FIELDS[name] ?? [])).map((field) => {
        const form = random(3);
        if (form === 0) return [field, value(field)];
        if (form === 1) return [field, { $eq: value(field) }];
        return [field, { $in: Array.from({ length: 1 + random(4) }, () => value(field)) }];
      }),
    );
  }

  /** A role of up to three policies, each of which is one that can be stored. */
  function role(there: Row[]): Policy[] {
    const found: Policy[] = [];
    for (let tries = random(60); tries >= 0 && found.length < 3; tries--) {
      const policy = { action: pick(["read", "manage", "update"]), subject };
      const whole = random(20) === 0 ? policy : { ...policy, conditions: conditions(there) };
      found.push(...(Policies.safeParse([whole]).data ?? []));
    }
    return found;
  }

  test("in memory, by Prisma and as SQL", async () => {
    const there = await query((db) => rows(db, {}));
    let some = 0;
    for (let round = 0; round < 50; round++) {
      const policies = role(there);
      const limits = random(4) === 0 ? role(there) : null;
      const actor = { role: { slug: "r", name: "R", policies }, limits };
      const expected = ids(
        there.filter((row) => may(actor, "read", subject, row)) as { id: unknown }[],
      );
      const where = scopeOf(actor, "read", subject);
      const [byPrisma, bySql] = await query(async (db) => [
        await rows(db, where),
        await db.$queryRaw<{ id: unknown }[]>`
          SELECT "id" FROM ${Prisma.raw(`"${table}"`)} WHERE ${whereSql(subject, where)}`,
      ]);
      const said = JSON.stringify({ policies, limits });
      expect(ids(byPrisma as { id: unknown }[]), said).toEqual(expected);
      expect(ids(bySql), said).toEqual(expected);
      if (expected.length > 0 && expected.length < there.length) some += 1;
    }
    expect(some).toBeGreaterThan(15);
  });

  test("a field that the subject does not have is an error, never left out", () => {
    const conditions = { passwordHash: "x" };
    const policies: Policy[] = [{ action: "read", subject, conditions }];
    const actor = { role: { slug: "r", name: "R", policies }, limits: null };
    expect(() => scopeOf(actor, "read", subject)).toThrow("no field passwordHash");
    expect(() => whereSql(subject, { NOT: {} } as Where<typeof subject>)).toThrow("No SQL");
  });
});
