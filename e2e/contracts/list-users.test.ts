import { beforeAll, describe, expect, test } from "vitest";
import { ADMIN_ROLE, USER_ROLE } from "@/lib/users/schema";
import { apiToken } from "../support/claimed";
import { type Answer, bearer, get, post } from "../support/http";
import { type Shared, sharedClaimed } from "../support/shared-claimed";

const READER = { name: "Reader", email: "reader@example.com", password: "SecurePass456" };
/** Have an app or a passkey; "tied.2…" only began to set one up. */
const PROTECTED = /^tied\.[13]/;
const SORTS = ["createdAt", "email", "name", "lastLoginAt"].flatMap((sort) => [sort, `-${sort}`]);

type User = {
  id: string;
  email: string;
  name: string | null;
  status: string;
  createdAt: string;
  lastLoginAt: string | null;
  role: { slug: string };
};

let installation: Shared;
let base: string;
let asAdmin: Record<string, string>;
/** Everybody, by a statement that has nothing in common with the list. */
let everybody: User[];

/**
 * People with as many ties and gaps as can be: forty of one moment and one name, forty of the next moment without
 * a name, and by threes active, disabled and invited; never, long and just now signed in.
 */
const PEOPLE = `
  INSERT INTO users (email, name, role_id, status, created_at, last_login_at)
  SELECT 'tied.' || n || '@one.example',
         CASE WHEN n < 40 THEN 'Same Name' WHEN n < 80 THEN NULL ELSE 'Name ' || n END,
         (SELECT id FROM roles WHERE slug = CASE WHEN n % 7 = 0 THEN 'reader' ELSE '${USER_ROLE}' END),
         (ARRAY['active', 'disabled', 'invited'])[n % 3 + 1]::user_status,
         CASE WHEN n < 40 THEN '2025-01-01T00:00:00Z' WHEN n < 80 THEN '2025-01-01T00:00:00.001Z'
              ELSE now() - n * interval '1 day' END,
         CASE n % 4 WHEN 0 THEN NULL WHEN 1 THEN '2025-02-02T00:00:00Z'
                    WHEN 2 THEN now() - interval '1 hour' ELSE now() - interval '91 days' END
    FROM generate_series(1, 120) AS n`;

beforeAll(async () => {
  installation = await sharedClaimed();
  base = installation.baseUrl;
  asAdmin = bearer(await apiToken(installation));
  await installation.sql(
    `INSERT INTO roles (slug, name, policies) VALUES ('reader', 'Reader',
       '[{"action":"read","subject":"User","conditions":{"status":"active"}}]')`,
  );
  await post(base, "/v1/users", { ...READER, role: "reader" }, asAdmin);
  await installation.sql(PEOPLE);
  for (const [email, name] of [
    ["literal@two.example", "100%_Sure\\\\"],
    ["umlaut@two.example", "Ünïcode Ärger"],
    ["plain@two.example", "1000 Surely"],
    ["wang@two.example", "王秀英"],
  ]) {
    await installation.sql(
      `INSERT INTO users (email, name, role_id) VALUES ('${email}', E'${name}', (SELECT id FROM roles WHERE slug = '${USER_ROLE}'))`,
    );
  }
  await installation.sql(`
    INSERT INTO totp_factors (user_id, secret, confirmed_at)
      SELECT id, 'x', CASE WHEN email LIKE 'tied.1%' THEN now() END FROM users WHERE email LIKE 'tied.1%' OR email LIKE 'tied.2%';
    INSERT INTO passkeys (id, user_id, name, public_key)
      SELECT id::text, id, 'Key', 'x' FROM users WHERE email LIKE 'tied.3%' OR email LIKE 'tied.11%'`);
  const rows = await installation.sql(
    `SELECT u.id, u.email, u.name, u.status::text AS status, u.created_at AS "createdAt",
            u.last_login_at AS "lastLoginAt", json_build_object('slug', r.slug) AS role
       FROM users u JOIN roles r ON r.id = u.role_id`,
  );
  // As an answer has it: times as text.
  everybody = JSON.parse(JSON.stringify(rows)) as User[];
});

const list = (query: string, headers = asAdmin): Promise<Answer> =>
  get(base, `/v1/users?${query}`, headers);

/** Every page of a list, followed to its end. */
async function walk(query: string, headers = asAdmin): Promise<User[]> {
  const users: User[] = [];
  for (let cursor = ""; ; ) {
    const { status, json } = await list(`${query}&limit=7${cursor}`, headers);
    expect(status, query).toBe(200);
    users.push(...json.data);
    if (json.nextCursor === null) return users;
    expect(json.data.length, query).toBe(7);
    cursor = `&cursor=${json.nextCursor}`;
  }
}

const emails = (users: User[]) => users.map(({ email }) => email).sort();

/** Compares what a list has, on all its pages and in its total, with those of everybody who are meant. */
async function expectOnly(query: string, meant: (user: User) => boolean): Promise<void> {
  const expected = emails(everybody.filter(meant));
  expect(expected.length, `nobody would be found by ${query}`).toBeGreaterThan(0);
  expect(emails(await walk(query)), query).toEqual(expected);
  expect((await list(query)).json.total, query).toEqual({ value: expected.length, exact: true });
}

describe("order", () => {
  test.each(SORTS)("%s meets everybody once, with ties, gaps and pages of seven", async (sort) => {
    const users = await walk(`sort=${sort}`);
    expect(new Set(users.map(({ id }) => id)).size).toBe(users.length);
    expect(emails(users)).toEqual(emails(everybody));

    const field = sort.replace("-", "") as "createdAt" | "email" | "name" | "lastLoginAt";
    const values = users.map((user) => user[field]);
    const valued = values.filter((value) => value !== null);
    expect(values.slice(0, valued.length), "those without a value come last").toEqual(valued);
    // The test's database compares by code point (C.UTF-8), and so does JavaScript for all that is here.
    const sorted = [...valued].sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
    expect(valued).toEqual(sort.startsWith("-") ? sorted.reverse() : sorted);
  });

  test("people who come and go meanwhile move nobody", async () => {
    const first = await list("sort=email&limit=7");
    await installation.sql(
      `INSERT INTO users (email, role_id) VALUES ('aaa@example.com', (SELECT id FROM roles WHERE slug = '${USER_ROLE}'))`,
    );
    const second = await list(`sort=email&limit=7&cursor=${first.json.nextCursor}`);
    await installation.sql("DELETE FROM users WHERE email = 'aaa@example.com'");
    const sorted = (await walk("sort=email")).map(({ email }) => email);
    const seen = [...first.json.data, ...second.json.data].map(({ email }: User) => email);
    expect(seen).toEqual(sorted.slice(0, 14));
  });
});

describe("filters", () => {
  const longAgo = (user: User) =>
    user.lastLoginAt !== null && Date.now() - Date.parse(user.lastLoginAt) > 90 * 86_400_000;
  const rows: [string, (user: User) => boolean][] = [
    ["role=reader", ({ role }) => role.slug === "reader"],
    [`role=${ADMIN_ROLE}`, ({ role }) => role.slug === ADMIN_ROLE],
    ["status=active", ({ status }) => status === "active"],
    ["status=disabled", ({ status }) => status === "disabled"],
    ["status=invited", ({ status }) => status === "invited"],
    ["status=invited,disabled", ({ status }) => status !== "active"],
    ["status=invited&status=disabled", ({ status }) => status !== "active"],
    [
      `role=${ADMIN_ROLE},reader&sort=email`,
      ({ role }) => role.slug === ADMIN_ROLE || role.slug === "reader",
    ],
    ["role=reader,nobody", ({ role }) => role.slug === "reader"],
    ["domain=two.example", ({ email }) => email.endsWith("@two.example")],
    [
      "domain=@TWO.example,nobody.example&sort=-name",
      ({ email }) => email.endsWith("@two.example"),
    ],
    ["secondFactor=yes", ({ email }) => PROTECTED.test(email)],
    ["secondFactor=no&sort=name", ({ email }) => !PROTECTED.test(email)],
    [
      "secondFactor=no&status=active,invited&domain=one.example",
      ({ email, status }) =>
        !PROTECTED.test(email) && status !== "disabled" && email.endsWith("@one.example"),
    ],
    [
      "createdFrom=2025-01-01&createdTo=2025-01-01",
      ({ createdAt }) => createdAt.startsWith("2025-01-01"),
    ],
    [
      "createdTo=2025-01-01T00:00:00.001Z&sort=name",
      ({ createdAt }) => createdAt === "2025-01-01T00:00:00.000Z",
    ],
    ["createdFrom=2025-01-02&sort=-email", ({ createdAt }) => createdAt >= "2025-01-02"],
    // In Los Angeles those of midnight were of the day before.
    [
      "createdTo=2024-12-31&zone=America/Los_Angeles",
      ({ createdAt }) => createdAt < "2025-01-01T08:00:00",
    ],
    [
      "lastLoginFrom=2025-02-02&lastLoginTo=2025-02-02",
      ({ lastLoginAt }) => lastLoginAt?.startsWith("2025-02-02") === true,
    ],
    ["activity=never", ({ lastLoginAt }) => lastLoginAt === null],
    ["activity=inactive", longAgo],
    [
      "status=disabled&activity=inactive&role=reader&sort=name",
      (user) => user.status === "disabled" && longAgo(user) && user.role.slug === "reader",
    ],
    [
      "search=tied&status=invited&activity=never&sort=-name",
      (user) =>
        user.email.startsWith("tied") && user.status === "invited" && user.lastLoginAt === null,
    ],
  ];
  test.each(rows)("%s", expectOnly);

  test("a role that is not there has nobody", async () => {
    expect((await list("role=nobody")).json).toEqual({
      data: [],
      nextCursor: null,
      total: { value: 0, exact: true },
    });
  });

  test("what is not known is ignored, what is empty filters nothing", async () => {
    const { json } = await list("colour=red&search=&role=");
    expect(json.total.value).toBe(everybody.length);
  });
});

describe("who stands before and behind", () => {
  const neighbours = (id: string, query: string, headers = asAdmin) =>
    get(base, `/v1/users/${id}/neighbours?${query}`, headers);

  test.each([
    ...SORTS.map((sort) => `sort=${sort}&role=reader`),
    "search=same+name&sort=-lastLoginAt",
    "secondFactor=yes&status=active&sort=name",
  ])("is as in the list: %s", async (query) => {
    const ids = (await walk(query)).map(({ id }) => id);
    expect(ids.length).toBeGreaterThan(5);
    for (const [place, id] of ids.entries()) {
      const { json } = await neighbours(id, query);
      expect([json.previous?.id ?? null, json.next?.id ?? null], `at ${place}`).toEqual([
        ids[place - 1] ?? null,
        ids[place + 1] ?? null,
      ]);
    }
  });

  test("of a list that the user is no longer in, and of nobody", async () => {
    const [first, second] = await walk("status=active&sort=email");
    const between = everybody.find(({ email }) => email === "tied.1@one.example");
    expect(between?.status).toBe("disabled");
    const { json } = await neighbours(between?.id ?? "", "status=active&sort=email");
    const sorted = (await walk("status=active&sort=email")).map(({ email }) => email);
    expect(json.previous.email).toBe(sorted.filter((email) => email < "tied.1@").at(-1));
    expect(json.next.email).toBe(sorted.find((email) => email > "tied.1@one.example"));
    expect((await neighbours(first?.id ?? "", "sort=nothing")).status).toBe(400);
    expect((await neighbours("00000000-0000-4000-8000-000000000000", "")).status).toBe(404);
    const asReader = bearer((await post(base, "/api/auth/login", READER)).json.accessToken);
    expect((await neighbours(between?.id ?? "", "", asReader)).status).toBe(404);
    const seen = await neighbours(second?.id ?? "", "sort=email", asReader);
    expect(seen.json.next.status).toBe("active");
  });
});

describe("what a list includes besides", () => {
  const user = async (email: string, include: string, headers = asAdmin) => {
    const { json } = await list(`search=${email}&include=${include}`, headers);
    return json.data.find((one: User) => one.email === email);
  };

  test("is told of each user, and only where it is asked for", async () => {
    const all = "secondFactor,sessions,createdBy";
    const before = await user(READER.email, all);
    expect(before).toMatchObject({
      secondFactor: false,
      sessions: expect.any(Number),
      createdBy: { email: "ada@example.com" },
    });
    expect(await user("tied.1@one.example", all)).toMatchObject({
      secondFactor: true,
      sessions: 0,
      createdBy: null,
    });
    expect(await user("tied.2@one.example", "secondFactor")).toMatchObject({ secondFactor: false });
    await post(base, "/api/auth/login", READER);
    expect(await user(READER.email, "sessions&include=createdBy")).toMatchObject({
      sessions: before.sessions + 1,
    });
    for (const name of ["secondFactor", "sessions", "createdBy"]) {
      expect(await user(READER.email, "")).not.toHaveProperty(name);
    }
    expect((await list("include=passwordHash")).status).toBe(400);
  });

  test("not to who may not know it", async () => {
    const asReader = bearer((await post(base, "/api/auth/login", READER)).json.accessToken);
    expect(await user(READER.email, "sessions,createdBy", asReader)).toMatchObject({
      sessions: null,
      createdBy: null,
    });
  });
});

describe("search", () => {
  const found = async (text: string) =>
    (await walk(`search=${encodeURIComponent(text)}`)).map(({ email }) => email);

  test("three letters are looked for inside, two and one only at the beginning", async () => {
    expect(await found("cal")).toEqual([]);
    expect(await found("ral")).toEqual(["literal@two.example"]);
    expect(await found("ra")).toEqual([]);
    expect(await found("li")).toEqual(["literal@two.example"]);
    expect(await found("p")).toEqual(["plain@two.example"]);
    expect(await found("re")).toEqual(["reader@example.com"]);
    expect(await found("王")).toEqual(["wang@two.example"]);
    expect(await found("秀英")).toEqual([]);
    expect(await found("王秀英")).toEqual(["wang@two.example"]);
  });

  test("in any case, of letters with marks too", async () => {
    expect(await found("ÜNÏ")).toEqual(["umlaut@two.example"]);
    expect(await found("äRGER")).toEqual(["umlaut@two.example"]);
    expect(await found("UMLAUT@")).toEqual(["umlaut@two.example"]);
  });

  test("every character means itself", async () => {
    expect(await found("100%")).toEqual(["literal@two.example"]);
    expect(await found("0%_")).toEqual(["literal@two.example"]);
    expect(await found("%_S")).toEqual(["literal@two.example"]);
    expect(await found("ure\\")).toEqual(["literal@two.example"]);
    for (const nothing of ["%", "_", "\\", "%%%", "___", "\\\\\\", "' OR 1=1 --", "$1", "{}"]) {
      expect(await found(nothing), nothing).toEqual([]);
    }
  });

  test.each(SORTS)("by %s: many, in pages of seven", async (sort) => {
    const users = await walk(`search=same+name&sort=${sort}`);
    expect(emails(users)).toEqual(emails(everybody.filter(({ name }) => name === "Same Name")));
  });
});

describe("what cannot be meant is 400 and says which field", () => {
  const cursor = (position: unknown) => Buffer.from(JSON.stringify(position)).toString("base64url");
  const id = "00000000-0000-4000-8000-000000000000";
  const at = "2026-01-01T00:00:00.000Z";
  test.each([
    ["limit", "limit=0"],
    ["limit", "limit=101"],
    ["limit", "limit=-1"],
    ["limit", "limit=1e9"],
    ["limit", "limit=1.5"],
    ["limit", "limit=99999999999999999999"],
    ["limit", "limit="],
    ["limit", "limit=1&limit=2"],
    ["search", "search=a&search=b"],
    ["search", `search=${"x".repeat(201)}`],
    ["search", "search=%00"],
    ["role", "role=a%00b"],
    ["role", `role=${"x".repeat(65)}`],
    ["role", `role=${Array.from({ length: 21 }, (_, n) => `r${n}`)}`],
    ["status", "status=deleted"],
    ["status", "status=active,deleted"],
    ["status", "status=active&status=gone"],
    ["domain", "domain=a%00b"],
    ["secondFactor", "secondFactor=maybe"],
    ["createdFrom", "createdFrom=yesterday"],
    ["createdTo", "createdTo=2025-02-30"],
    ["lastLoginFrom", "lastLoginFrom=2025"],
    ["lastLoginTo", "lastLoginTo=1e9"],
    ["zone", "createdTo=2025-01-01&zone=Nowhere"],
    ["status", "status=ACTIVE"],
    ["activity", "activity=sometimes"],
    ["sort", "sort=passwordHash"],
    ["sort", "sort=password_hash"],
    ["sort", "sort=--email"],
    ["sort", "sort=email,name"],
    ["sort", "sort=email;DROP+TABLE+users"],
    ["sort", "sort=(SELECT+1)"],
    ["sort", "sort=__proto__"],
    ["cursor", "cursor=zzz"],
    ["cursor", "cursor=bnVsbA"],
    ["cursor", `cursor=${"A".repeat(1_001)}`],
    ["cursor", `cursor=${cursor({ sort: "-createdAt", value: at })}`],
    ["cursor", `cursor=${cursor({ sort: "-createdAt", value: at, id: "1" })}`],
    ["cursor", `cursor=${cursor({ sort: "-createdAt", value: null, id })}`],
    ["cursor", `cursor=${cursor({ sort: "-createdAt", value: "yesterday", id })}`],
    ["cursor", `cursor=${cursor({ sort: "-createdAt", value: "2026-13-45T00:00:00Z", id })}`],
    ["cursor", `cursor=${cursor({ sort: "-createdAt", value: 5, id })}`],
    ["cursor", `sort=email&cursor=${cursor({ sort: "email", value: null, id })}`],
    ["cursor", `sort=name&cursor=${cursor({ sort: "name", value: "\0", id })}`],
    ["cursor", `sort=name&cursor=${cursor({ sort: "-name", value: "A", id })}`],
    ["cursor", `sort=email&cursor=${cursor({ sort: "-createdAt", value: at, id })}`],
  ])("%s: ?%s", async (field, query) => {
    const { status, json, headers } = await list(query);
    expect(status).toBe(400);
    expect(headers.get("content-type")).toContain("application/problem+json");
    expect(json.code).toBe("VALIDATION_FAILED");
    expect(Object.keys(json.errors)).toEqual([field]);
    expect(json.errors[field][0]).toMatch(/\w+ \w+/);
  });

  test.each([
    `sort=name&cursor=${cursor({ sort: "name", value: "' OR 1=1 --", id })}`,
    `sort=email&cursor=${cursor({ sort: "email", value: "\ud800", id })}`,
    `cursor=${cursor({ sort: "-createdAt", value: "0001-01-01T00:00:00Z", id })}`,
    `cursor=${cursor({ sort: "-createdAt", value: "9999-12-31T23:59:59.999Z", id })}`,
    `sort=lastLoginAt&cursor=${cursor({ sort: "lastLoginAt", value: null, id })}`,
  ])("a position nobody is at is one all the same: ?%s", async (query) => {
    expect((await list(query)).status).toBe(200);
  });
});

describe("somebody who may read active users only", () => {
  let asReader: Record<string, string>;
  beforeAll(async () => {
    asReader = bearer((await post(base, "/api/auth/login", READER)).json.accessToken);
  });

  test.each(["", "sort=name", "search=tied", "search=ti", "role=reader"])(
    "lists no others: ?%s",
    async (query) => {
      const own = (await walk(query)).filter(({ status }) => status === "active");
      expect(own.length).toBeGreaterThan(0);
      expect(emails(await walk(query, asReader))).toEqual(emails(own));
      expect((await list(query, asReader)).json.total.value).toBe(own.length);
    },
  );

  test("finds none of the others by filter, by cursor or by id", async () => {
    const none = await list("status=disabled", asReader);
    expect(none.json).toMatchObject({ data: [], total: { value: 0 } });
    const { nextCursor } = (await list("limit=7")).json;
    for (const user of (await list(`limit=100&cursor=${nextCursor}`, asReader)).json.data) {
      expect(user.status).toBe("active");
    }
    const active = everybody.find(({ status }) => status === "active");
    expect((await get(base, `/v1/users/${active?.id}`, asReader)).status).toBe(200);
    for (const status of ["disabled", "invited"]) {
      const hidden = everybody.find((user) => user.status === status);
      expect((await get(base, `/v1/users/${hidden?.id}`, asReader)).status, status).toBe(404);
    }
  });
});
