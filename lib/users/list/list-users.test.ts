import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { z } from "zod";
import type { Database } from "@/e2e/support/database";
import { databaseInProcess } from "@/e2e/support/database-in-process";
import { databaseEnv, runLatchkey } from "@/e2e/support/latchkey";
import type { Actor } from "@/lib/access/actor";
import { Policies, type Policy } from "@/lib/access/schema";
import { DatabaseUnavailable, listPool, pool, query } from "@/lib/platform/db";
import { scopeOf, type Where } from "@/lib/rows/scope-of";
import { whereSql } from "@/lib/rows/where-sql";
import { searchUsers } from "./find-users";
import { listUsers } from "./list-users";
import { plainLetters } from "./plain-letters";
import { UserFilter, userFilterSql, userFilterWhere } from "./user-filter";

const USERS = 20_000;
const ORDERS = {
  createdAt: "users_created_at_id_role_id_status_last_login_at_idx",
  email: "users_email_role_id_status_last_login_at_idx",
  name: "users_name_id_role_id_status_last_login_at_idx",
  lastLoginAt: "users_last_login_at_id_role_id_status_idx",
};
const SEARCH = "users_email_plain_name_idx";

type Node = {
  "Node Type": string;
  "Relation Name"?: string;
  "Index Name"?: string;
  "Index Cond"?: string;
  Filter?: string;
  "Subplan Name"?: string;
  Plans?: Node[];
};

let database: Database;
/** The plan of every statement on users that the product sent, as PostgreSQL has run it: of the page, and its count. */
let plans: { sql: string; nodes: Node[]; count: Node[] }[] = [];
beforeEach(() => {
  plans = [];
});

beforeAll(async () => {
  database = await databaseInProcess();
  const env = databaseEnv(database.url);
  const create = ["admin", "create", "--email", "ada@example.com"];
  for (const [args, input] of [
    [create, "a fine passphrase"],
    [["seed", "--users", String(USERS), "--seed", "1"], ""],
  ] as const) {
    const { code, output } = await runLatchkey([...args], env, input);
    if (code !== 0) throw new Error(output);
  }
  await database.sql(`
    INSERT INTO roles (slug, name) VALUES ('rare', 'Rare');
    UPDATE users SET role_id = (SELECT id FROM roles WHERE slug = 'rare') WHERE number % 4000 = 7;
    INSERT INTO totp_factors (user_id, secret, confirmed_at)
      SELECT id, 'x', CASE WHEN number % 3000 = 7 THEN now() END FROM users WHERE number % 1000 = 7;
    INSERT INTO passkeys (id, user_id, name, public_key)
      SELECT id::text, id, 'Key', 'x' FROM users WHERE number % 5000 = 9;
    INSERT INTO users (email, role_id, created_at, last_login_at)
      SELECT 'one.' || n || '@imported.example', (SELECT id FROM roles WHERE slug = 'predefined_user'),
             '2020-01-01', now()
        FROM generate_series(1, 10500) AS n`);
  await database.sql("VACUUM (ANALYZE) users");
  const name = new URL(database.url).pathname.slice(1);
  await database.sql(`
    ALTER DATABASE ${name} SET session_preload_libraries = 'auto_explain';
    ALTER DATABASE ${name} SET auto_explain.log_min_duration = 0;
    ALTER DATABASE ${name} SET auto_explain.log_format = 'json';
    ALTER DATABASE ${name} SET auto_explain.log_level = 'notice'`);
  for (const some of [pool(), listPool()]) {
    some.on("connect", (client) => client.on("notice", keepPlan));
  }
});
afterAll(() => database.drop());

function keepPlan({ message = "" }: { message?: string | undefined }): void {
  const json = /plan:\s*(\{[\s\S]*\})/.exec(message)?.[1];
  if (json === undefined) return;
  const { "Query Text": sql, Plan } = JSON.parse(json) as { "Query Text": string; Plan: Node };
  // Of the few roles all are read, whatever is asked.
  const below = (node: Node): Node[] => [node, ...(node.Plans ?? []).flatMap(below)];
  const isCount = (node: Node) => node["Subplan Name"]?.startsWith("InitPlan") === true;
  const count = below(Plan).filter(isCount).flatMap(below);
  const nodes = below(Plan).filter(
    (node) => !count.includes(node) && node["Relation Name"] !== "roles",
  );
  if (/"users"/.test(sql)) plans.push({ sql, nodes, count });
}

function actorWith(policies: Policy[]): Actor {
  return {
    userId: "00000000-0000-4000-8000-000000000000",
    email: "ada@example.com",
    name: null,
    role: { slug: "test", name: "Test", policies },
    limits: null,
    factorDuty: null,
    mustEnrol: false,
    via: {
      kind: "session",
      id: "00000000-0000-4000-8000-000000000000",
      confirmedAt: new Date(),
      asOf: new Date(),
    },
  };
}
const admin = actorWith([{ action: "manage", subject: "all" }]);

async function page(input: Record<string, unknown>) {
  const outcome = await listUsers(admin, input);
  if (outcome.kind !== "listed") throw new Error(outcome.kind);
  return outcome;
}

const indexes = () =>
  plans.flatMap(({ nodes }) => nodes.flatMap((node) => node["Index Name"] ?? []));
const kinds = () =>
  plans.flatMap(({ nodes, count }) => [...nodes, ...count].map((node) => node["Node Type"]));

describe("plans", () => {
  describe.each(Object.entries(ORDERS))("sorted by %s", (field, index) => {
    const plain = field === "email" ? "users_email_key" : index; // which is smaller

    test.each([field, `-${field}`])("%s walks its index, first and deep", async (sort) => {
      const first = await page({ sort });
      expect(indexes()).toContain(plain);
      expect(kinds()).not.toContain("Sort");

      let { nextCursor } = first;
      for (let i = 0; i < 20; i++) {
        nextCursor = (await page({ sort, limit: 100, cursor: nextCursor })).nextCursor;
      }
      plans = [];
      await page({ sort, cursor: nextCursor });
      const walks = plans.flatMap(({ nodes }) =>
        nodes.filter((node) => node["Index Name"] === plain),
      );
      expect(walks[0]?.["Index Cond"]).toMatch(/[<>]/);
      expect(walks[0]?.Filter, "the position is a range of the index").toBeUndefined();
      expect(kinds()).not.toContain("Sort");
    });

    test("who is filtered out is passed over within the index", async () => {
      for (const filter of [{ status: "disabled" }, { status: "disabled", activity: "inactive" }]) {
        plans = [];
        await page({ sort: `-${field}`, ...filter, limit: 10 });
        const walks = plans.flatMap(({ nodes }) =>
          nodes.filter((node) => node["Index Name"] === index),
        );
        expect(walks[0]?.["Index Cond"]).toContain("status = ");
        expect(walks[0]?.Filter).toBeUndefined();
      }
    });

    test("several values are one condition, within the index as well", async () => {
      await page({ sort: field, role: "rare,predefined_super_admin", status: "active,disabled" });
      const [walk] = plans.flatMap(({ nodes }) => nodes.filter((node) => "Index Name" in node));
      expect(walk?.["Index Cond"]).toMatch(/role_id = ANY .*status = ANY/);
      expect(walk?.Filter ?? "").not.toMatch(/role_id|status/);
      expect(kinds()).not.toContain("Seq Scan");
    });

    test("a rare filter is looked up, or passed over within the index", async () => {
      for (const filter of [
        { role: "rare" },
        { status: "invited", activity: "inactive" },
        { status: "disabled", activity: "never" },
      ]) {
        plans = [];
        await page({ sort: field, ...filter });
        for (const { nodes, count, sql } of plans) {
          expect(
            [...nodes, ...count].map((node) => node["Node Type"]),
            sql,
          ).not.toContain("Seq Scan");
        }
      }
    });
  });

  test.each([
    ["role", { role: "rare" }, / users_role_id_status_idx$/],
    ["status", { status: "disabled" }, /_status_/],
    ["activity", { activity: "never" }, /last_login_at/],
    ["inactivity", { activity: "inactive" }, /last_login_at/],
  ])("the filter %s is counted by an index", async (_, filter, index) => {
    await page(filter);
    const { count } = plans.find(({ sql }) => sql.includes("count(")) ?? {};
    expect(count?.map((node) => node["Index Name"] ?? "").join(" ")).toMatch(index);
  });

  test.each([
    "garcia",
    "García",
    "GARCÌA",
    "Иванов",
    "nyana",
    "ma",
    "z",
    "acme.exa",
    "nobody at all",
  ])("a search for %s finds by trigrams", async (search) => {
    for (const sort of ["createdAt", "-name", "email", "-lastLoginAt"]) {
      plans = [];
      await page({ search, sort });
      expect(indexes(), sort).toContain(SEARCH);
      expect(kinds()).not.toContain("Seq Scan");
    }
  });
});

describe("what no order has in its index", () => {
  test.each(["createdAt", "-name", "email", "-lastLoginAt"])(
    "a domain, the second factor or a day is gathered by an index, sorted by %s",
    async (sort) => {
      for (const filter of [
        { domain: "nobody.example" },
        { secondFactor: "yes" },
        { secondFactor: "no", role: "rare" },
        { createdFrom: "2020-01-01", createdTo: "2020-01-01", status: "disabled" },
      ]) {
        plans = [];
        await page({ sort, ...filter });
        const read = plans.flatMap(({ nodes, count }) => [...nodes, ...count]);
        const scanned = read.filter((node) => node["Relation Name"] === "users");
        expect(
          scanned.map((node) => node["Node Type"]),
          JSON.stringify(filter),
        ).not.toContain("Seq Scan");
        expect(plans.length).toBeLessThanOrEqual(2);
      }
    },
  );

  test("more than are counted are walked to", async () => {
    plans = [];
    const { users, total } = await page({ domain: "imported.example", sort: "-createdAt" });
    expect(total).toEqual({ value: 10_000, exact: false });
    expect(users.every(({ email }) => email.endsWith("@imported.example"))).toBe(true);
    expect(plans.length).toBeLessThanOrEqual(3);
  });
});

describe("a search finds people however their names are spelt", () => {
  const NAMES: [name: string, ...searches: string[]][] = [
    ["José Núñez", "jose", "JOSÉ", "nunez", "Núñez", "josé nunez"],
    ["Jose Plain", "José"],
    ["Łukasz Ślązak", "lukasz", "slazak", "ŁUKASZ"],
    ["Søren Ægir", "soren", "aegir", "Ægir"],
    ["Straße Weiß", "strasse", "Straße", "weiss"],
    ["Nguyễn Thị", "nguyen thi", "Nguyễn"],
    ["Αλέξανδρος", "Αλεξανδρος"],
    ["Šárka O’Brien", "sarka", "o'brien", "O’Brien"],
    ["Jean‑Paul", "jean-paul"],
    ["علی\u200Cرضا", "علیرضا", "علی\u200Cرضا"],
    ["ＷＩＤＥ Ｌetters", "wide letters"],
  ];
  beforeAll(async () => {
    for (const [n, [name]] of NAMES.entries()) {
      await database.sql(`INSERT INTO users (email, name, role_id)
        SELECT 'spelt${n}@xn--mller-kva.example', $$${name}$$, id FROM roles WHERE slug = 'rare'`);
    }
  });
  afterAll(() => database.sql("DELETE FROM users WHERE email LIKE 'spelt%'"));

  test.each(
    NAMES.flatMap(([name, ...searches]) => searches.map((search) => [search, name] as const)),
  )("%s finds %s", async (search, name) => {
    const { users } = await page({ search, role: "rare" });
    expect(users.map((user) => user.name)).toContain(name);
  });

  test.each([
    "@müller.example",
    "@MÜLLER.example",
    "müller.ex",
    "@xn--mller-kva.example",
    "spelt0@müller",
  ])("%s finds who has that domain", async (search) => {
    const { users } = await page({ search, role: "rare" });
    expect(users.map(({ email }) => email)).toContain("spelt0@xn--mller-kva.example");
  });

  test("what is stored and what is searched for lose the same marks", async () => {
    const letters = Array.from({ length: 0xa700 }, (_, n) => String.fromCodePoint(n)).filter(
      (letter) => /^[\p{L}\p{M}\p{N}\p{P}\p{S}\p{Z}]$/u.test(letter),
    );
    const [row] =
      await database.sql(`SELECT array_agg(plain_letters('é' || letter) ORDER BY n) AS plain
      FROM unnest(ARRAY[${letters.map((letter) => `'${letter.replace("'", "''")}'`).join(",")}])
      WITH ORDINALITY AS t(letter, n)`);
    const plain = row?.["plain"] as string[];
    expect(letters.filter((letter, n) => plainLetters(`é${letter}`) !== plain[n])).toEqual([]);
  });
});

describe("many", () => {
  test("are counted to ten thousand", async () => {
    expect((await page({})).total).toEqual({ value: 10_000, exact: false });
    expect((await page({ search: "example" })).total).toEqual({ value: 10_000, exact: false });
    const { total } = await page({ search: "garcia" });
    expect(total.exact).toBe(true);
    expect(
      await database.sql(
        "SELECT count(*)::int AS value FROM users WHERE email LIKE '%garcia%' OR lower(plain_letters(name)) LIKE '%garcia%'",
      ),
    ).toEqual([{ value: total.value }]);
  });

  test.each([
    ["soon met on a walk", 60_000, false],
    ["gathered when the walk takes too long", 1, true],
  ])("are %s, and the same ones", async (_, walkTimeoutMs, cut) => {
    // They came long before everybody else, in one import; a walk from the newest passes all the others first.
    const { where } = userFilterSql({ search: "@imported.example" }, []);
    const order = { field: "createdAt", descending: true } as const;
    const found = await searchUsers({ where, order, after: undefined, take: 60 }, walkTimeoutMs);
    const expected = await database.sql(
      `SELECT id FROM users WHERE email LIKE '%@imported.example' ORDER BY created_at DESC, id DESC LIMIT 60`,
    );
    expect(found.counted).toBe(10_001);
    expect(found.users.map(({ id }) => ({ id }))).toEqual(expected);
    const last = plans.at(-1)?.nodes.map((node) => node["Node Type"]);
    expect(last?.includes("CTE Scan")).toBe(cut);
  });
});

describe("a condition as SQL means what it means to Prisma", () => {
  const ability = (conditions: Record<string, unknown> | undefined): Policy[] =>
    Policies.safeParse([{ action: "read", subject: "User", ...(conditions && { conditions }) }])
      .data ?? [];
  const metadata = { "metadata.plan": "team" };

  test.each<[string, Where<"User">]>([
    ["nothing", {}],
    ...Object.entries({
      substring: { search: "garcía" },
      domain: { search: "ada@müller.example" },
      prefix: { search: "Z" },
      literal: { search: "_r%\\" },
      status: { status: "disabled" },
      "one of several states": { status: ["invited", "disabled"] },
      "a domain": { domain: "imported.example" },
      "domains, one of them of nobody": { domain: "Imported.example,müller.example" },
      "a period of creation": {
        createdFrom: "2020-01-01",
        createdTo: "2024-06-30",
        zone: "Asia/Tokyo",
      },
      "a period of sign-in": { lastLoginFrom: "2026-01-01", lastLoginTo: "2026-05-01T12:00:00Z" },
      never: { activity: "never" },
      inactive: { activity: "inactive" },
      everything: {
        search: "example",
        status: "active",
        activity: "inactive",
      },
    }).map(([name, filter]): [string, ReturnType<typeof userFilterWhere>] => [
      name,
      userFilterWhere(UserFilter.parse(filter), new Date("2026-06-01T00:00:00Z")),
    ]),
    ...Object.entries({
      everybody: undefined,
      "by status": { status: "invited" },
      "by one of": { status: { $in: ["disabled", "invited"] } },
      "by role": { "role.slug": "rare" },
      "by e-mail": { email: "ada@example.com" },
      "by metadata": metadata,
      "by both": { status: "active", ...metadata },
      "by what is not known": { passwordHash: "x" },
      "by a status that is not known": { status: "gone" },
      "by an id that is none": { id: "'; DROP TABLE users" },
    }).map(([name, conditions]): [string, Where<"User">] => [
      name,
      scopeOf(actorWith(ability(conditions)), "read", "User"),
    ]),
    ["since", { createdAt: { gte: new Date("2026-01-01") } }],
    ["but one", { id: { not: "00000000-0000-4000-8000-000000000000" } }],
    ["signed in", { sessions: { some: { endedAt: null, expiresAt: { gt: new Date() } } } }],
  ])("%s", async (_, where) => {
    const [byPrisma, bySql] = await query(async (db) => [
      await db.user.findMany({ where, select: { id: true }, orderBy: { id: "asc" } }),
      await db.$queryRaw<
        { id: string }[]
      >`SELECT id FROM users WHERE ${whereSql("User", where)} ORDER BY id`,
    ]);
    expect(bySql).toEqual(byPrisma);
  });

  test.each<[string, z.input<typeof UserFilter>, string[]]>([
    ["several roles", { role: "rare,predefined_super_admin" }, ["rare", "predefined_super_admin"]],
    ["a role that is not there", { role: "nobody" }, []],
    ["a second factor", { secondFactor: "yes" }, []],
    ["none", { secondFactor: "no", role: "rare", domain: "mail.example" }, ["rare"]],
  ])("a filter by what is in other tables, %s", async (_, input, slugs) => {
    const filter = UserFilter.parse(input);
    const found = await query(async (db) => {
      const roles = await db.role.findMany({ where: { slug: { in: slugs } } });
      const { where, each } = userFilterSql(
        filter,
        roles.map(({ id }) => id),
      );
      const bySql = (condition: typeof where) =>
        db.$queryRaw<{ id: string }[]>`SELECT id FROM users WHERE ${condition} ORDER BY id`;
      const meant = { where: userFilterWhere(filter), select: { id: true } };
      return [
        await db.user.findMany({ ...meant, orderBy: { id: "asc" } }),
        await bySql(where),
        await bySql(each),
      ] as const;
    });
    expect(found[0].length > 0).toBe(input.role !== "nobody");
    expect(found[1]).toEqual(found[0]);
    expect(found[2]).toEqual(found[0]);
  });

  test.each<Where<"User">>([
    { email: { lte: "x" } },
    { NOT: { status: "ACTIVE" } },
    { sessions: { none: {} } },
    { sessions: { some: { user: { email: "x" } } } },
    { role: { name: "Rare" } },
    { metadata: { path: ["a"], string_contains: "x" } },
  ])("what has none is an error, never left out: %j", (where) => {
    expect(() => whereSql("User", where)).toThrow("No SQL");
  });
});

test("a list that takes too long is cut, and that is a fault of the database", async () => {
  const client = await database.connect();
  try {
    await client.query("BEGIN");
    await client.query("LOCK TABLE users IN ACCESS EXCLUSIVE MODE");
    const started = performance.now();
    await expect(listUsers(admin, {})).rejects.toBeInstanceOf(DatabaseUnavailable);
    expect(performance.now() - started).toBeLessThan(6_000);
  } finally {
    await client.query("ROLLBACK");
    await client.end();
  }
  expect((await page({})).users.length).toBe(50);
});
