import { beforeAll, describe, expect, test } from "vitest";
import { apiToken } from "../support/claimed";
import { type Answer, bearer, call, get, post } from "../support/http";
import { type Shared, sharedClaimed } from "../support/shared-claimed";

const PASSWORD = "a fine passphrase";
type Headers = Record<string, string>;

let installation: Shared;
let base: string;
let asAdmin: Headers;
let adminId: string;

beforeAll(async () => {
  installation = await sharedClaimed();
  base = installation.baseUrl;
  asAdmin = bearer(await apiToken(installation));
  adminId = (await get(base, "/v1/auth/me", asAdmin)).json.id;
});

const createRole = (name: string, policies: unknown, headers = asAdmin) =>
  post(base, "/v1/roles", { name, policies }, headers);
const patchRole = (slug: string, body: unknown, headers = asAdmin) =>
  call(base, "PATCH", `/v1/roles/${slug}`, { body, headers });
const deleteRole = (slug: string, headers = asAdmin) =>
  call(base, "DELETE", `/v1/roles/${slug}`, { headers });
const patchUser = (id: string, body: unknown, headers: Headers) =>
  call(base, "PATCH", `/v1/users/${id}`, { body, headers });

/** A new active user with the role; their id and a bearer of theirs. */
async function userWith(role: string, email: string): Promise<{ id: string; as: Headers }> {
  const created = await post(base, "/v1/users", { email, role, password: PASSWORD }, asAdmin);
  expect(created.status, created.text).toBe(201);
  const signedIn = await post(base, "/api/auth/login", { email, password: PASSWORD });
  return { id: created.json.id, as: bearer(signedIn.json.accessToken) };
}

/** A bounded API token of the administrator. */
async function tokenFor(abilities: string[]): Promise<Headers> {
  const secret = "s".repeat(43);
  const [row] = await installation.sql(
    `INSERT INTO api_tokens (user_id, name, digest, abilities)
     VALUES ('${adminId}', 'bounded', encode(sha256('${secret}'), 'hex'), '{${abilities}}') RETURNING id`,
  );
  return bearer(`${row?.["id"]}|${secret}`);
}

const expectProblem = (answer: Answer, status: number, code: string) => {
  expect(answer.json, answer.text).toMatchObject({ status, code });
  expect(answer.status).toBe(status);
  expect(answer.headers.get("content-type")).toBe("application/problem+json");
};

describe("a role from birth to death", () => {
  test("is created, read, changed by its version, and deleted; each step is in the audit trail", async () => {
    const policies = [
      { action: ["read", "update"], subject: "User", conditions: { status: "active" } },
    ];
    const created = await createRole("  Équipe d’accueil ", policies);
    expect(created.status).toBe(201);
    expect(created.headers.get("location")).toBe("/v1/roles/equipe-d-accueil");
    expect(created.headers.get("etag")).toBe('"1"');
    expect(created.json).toEqual({
      id: expect.any(String),
      slug: "equipe-d-accueil",
      name: "Équipe d’accueil",
      predefined: false,
      policies,
      secondFactor: null,
      holders: { value: 0, exact: true },
      createdAt: expect.any(String),
      updatedAt: expect.any(String),
    });
    const slug = "equipe-d-accueil";
    const read = await get(base, `/v1/roles/${slug}`, asAdmin);
    expect(read.json).toEqual(created.json);

    const first = { ...asAdmin, "if-match": read.headers.get("etag") ?? "" };
    const changed = await patchRole(slug, { name: "Reception" }, first);
    expect(changed.status).toBe(200);
    expect(changed.json).toMatchObject({ slug, name: "Reception", policies });
    expect(changed.headers.get("etag")).toBe('"2"');
    expectProblem(await patchRole(slug, { policies: [] }, first), 412, "STALE");
    expect((await get(base, `/v1/roles/${slug}`, asAdmin)).json.policies).toEqual(policies);
    // The same again changes nothing, and is no edit.
    const same = await patchRole(slug, { name: "Reception", policies });
    expect(same.headers.get("etag")).toBe('"2"');
    expect((await patchRole(slug, { policies: [] })).json.policies).toEqual([]);

    expect((await deleteRole(slug)).status).toBe(204);
    expectProblem(await get(base, `/v1/roles/${slug}`, asAdmin), 404, "NOT_FOUND");
    expectProblem(await deleteRole(slug), 404, "NOT_FOUND");
    const trail = await get(base, `/v1/audit?targetId=${created.json.id}`, asAdmin);
    expect(
      trail.json.data.map((event: { action: string; details: unknown }) => [
        event.action,
        event.details,
      ]),
    ).toEqual([
      ["role.deleted", { slug, policies: { from: "[]", to: null } }],
      ["role.updated", { policies: { from: expect.stringContaining("active"), to: "[]" } }],
      ["role.updated", { name: { from: "Équipe d’accueil", to: "Reception" } }],
      ["role.created", { slug, policies: { from: null, to: JSON.stringify(policies) } }],
    ]);
  });

  test("a name is had by one role, whoever is quicker; a slug too", async () => {
    const answers = await Promise.all(
      Array.from({ length: 10 }, (_, i) => createRole(i % 2 ? "Night shift" : "NIGHT SHIFT", [])),
    );
    expect(answers.filter(({ status }) => status === 201).length).toBe(1);
    expect(answers.filter(({ json }) => json.code === "NAME_TAKEN").length).toBe(9);
    const slugs = await Promise.all(
      ["Día", "Dia", "DIA!", "dia?"].map(async (name) => (await createRole(name, [])).json.slug),
    );
    expect(slugs.sort()).toEqual(["dia", "dia-2", "dia-3", "dia-4"]);
  });

  test("one that somebody has stays, and says how many", async () => {
    expect((await createRole("Held", [])).status).toBe(201);
    const { id } = await userWith("held", "holder@example.com");
    const refused = await deleteRole("held");
    expectProblem(refused, 409, "ROLE_IN_USE");
    expect(refused.json.holders).toBe(1);
    expect((await get(base, "/v1/roles/held", asAdmin)).json.holders).toEqual({
      value: 1,
      exact: true,
    });
    await patchUser(id, { role: "predefined_user" }, asAdmin);
    expect((await deleteRole("held")).status).toBe(204);
  });

  test("deleting and handing out at once: one of the two, never a user without a role", async () => {
    const { id } = await userWith("predefined_user", "torn@example.com");
    for (let round = 0; round < 20; round++) {
      const slug = (await createRole(`Torn ${round}`, [])).json.slug;
      const [removed, given] = await Promise.all([
        deleteRole(slug),
        patchUser(id, { role: slug }, asAdmin),
      ]);
      const user = await get(base, `/v1/users/${id}`, asAdmin);
      if (removed.status === 204) {
        expect(given.status).toBe(400);
        expect(user.json.role.slug).not.toBe(slug);
      } else {
        expect([removed.status, given.status, user.json.role.slug]).toEqual([409, 200, slug]);
      }
    }
  });

  test("deleting a role while somebody is created with it", async () => {
    for (let round = 0; round < 10; round++) {
      const slug = (await createRole(`Brief ${round}`, [])).json.slug;
      const body = { email: `brief-${round}@example.com`, role: slug, password: PASSWORD };
      const creating = post(base, "/v1/users", body, asAdmin);
      await new Promise((resolve) => setTimeout(resolve, round * 15));
      const [created, removed] = await Promise.all([creating, deleteRole(slug)]);
      expect([created.status, removed.status], created.text).toEqual(
        created.status === 201 ? [201, 409] : [400, 204],
      );
    }
  });

  test("pages of roles, each role once, with links", async () => {
    const seen: string[] = [];
    let path: string | null = "/v1/roles?limit=2";
    let pages = 0;
    while (path !== null) {
      const page: Answer = await get(base, path, asAdmin);
      expect(page.status).toBe(200);
      expect(page.headers.get("link")).toContain('</v1/roles?limit=2>; rel="first"');
      seen.push(...page.json.data.map((role: { name: string }) => role.name));
      const next = /<([^>]+)>; rel="next"/.exec(page.headers.get("link") ?? "")?.[1] ?? null;
      expect(next === null).toBe(page.json.nextCursor === null);
      path = next;
      pages += 1;
    }
    const [row] = await installation.sql("SELECT count(*)::int AS n FROM roles");
    expect(pages).toBeGreaterThan(1);
    expect(seen.length).toBe(row?.["n"]);
    expect(new Set(seen).size).toBe(seen.length);
  });

  test.each(["limit=0", "limit=x", "cursor=zzz", "cursor=eyJpZCI6MX0"])(
    "?%s is 400",
    async (query) => {
      expectProblem(await get(base, `/v1/roles?${query}`, asAdmin), 400, "VALIDATION_FAILED");
    },
  );

  test.each(["predefined_super_admin", "predefined_user"])("%s is fixed", async (slug) => {
    expectProblem(await patchRole(slug, { name: "Mine" }), 409, "ROLE_FIXED");
    expectProblem(await patchRole(slug, { policies: [] }), 409, "ROLE_FIXED");
    expectProblem(await deleteRole(slug), 409, "ROLE_FIXED");
  });

  test.each(["Nope", "%00", "..%2f..", "a'--", "x".repeat(65), "nobody"])(
    "role %s is 404",
    async (slug) => {
      for (const answer of [
        await get(base, `/v1/roles/${slug}`, asAdmin),
        await patchRole(slug, { name: "X" }),
        await deleteRole(slug),
      ]) {
        expectProblem(answer, 404, "NOT_FOUND");
      }
    },
  );
});

describe("what a change would mean", () => {
  const preview = (slug: string, body: unknown, headers = asAdmin) =>
    post(base, `/v1/roles/${slug}/preview`, body, headers);
  const READ = { action: "read", subject: "User" };

  test("tells what is gained and lost, by how many and whom, and changes nothing", async () => {
    await createRole("Desk", [{ action: ["read", "delete"], subject: "User" }]);
    const people = [];
    for (const name of ["a", "b", "c", "d", "e", "f"]) {
      const body = { email: `desk-${name}@example.com`, role: "desk" };
      people.push((await post(base, "/v1/users", { ...body, password: PASSWORD }, asAdmin)).json);
    }
    const before = await get(base, "/v1/roles/desk", asAdmin);
    const policies = [
      { ...READ, conditions: { status: "active" } },
      { action: "create", subject: "User" },
    ];
    const asked = { policies, secondFactor: { graceDays: 3 } };
    const { status, json } = await preview("desk", asked);
    expect(status).toBe(200);
    expect(json).toEqual({
      gained: [{ action: "create", subject: "User" }],
      lost: [{ action: ["read", "delete"], subject: "User" }],
      remaining: [{ ...READ, conditions: { status: "active" } }],
      secondFactor: {
        from: null,
        to: { graceDays: 3 },
        without: { count: { value: 6, exact: true }, users: expect.any(Array) },
      },
      holders: {
        count: { value: 6, exact: true },
        users: people.slice(0, 5).map(({ id, email }) => ({
          id,
          email,
          name: null,
          firstName: null,
          lastName: null,
        })),
      },
      own: false,
    });
    const after = await get(base, "/v1/roles/desk", asAdmin);
    expect([after.json, after.headers.get("etag")]).toEqual([
      before.json,
      before.headers.get("etag"),
    ]);
    // A new name alone means nothing for anybody.
    const nothing = { gained: [], lost: [], remaining: [], secondFactor: null };
    expect((await preview("desk", { name: "Front desk" })).json).toMatchObject(nothing);
  });

  test("tells who has the role themselves, and nothing of users to who may not read them", async () => {
    await createRole("Keeper", [{ action: "manage", subject: "Role" }]);
    const keeper = await userWith("keeper", "keeper@example.com");
    const policies = [{ action: "read", subject: "Role" }];
    expect((await preview("keeper", { policies }, keeper.as)).json).toEqual({
      gained: [],
      lost: [{ action: ["create", "update", "delete"], subject: "Role" }],
      remaining: [],
      secondFactor: null,
      holders: null,
      own: true,
    });
    const more = { policies: [READ] };
    expectProblem(await preview("keeper", more, keeper.as), 403, "BEYOND_OWN_RIGHTS");
    expectProblem(await preview("predefined_super_admin", {}, keeper.as), 403, "BEYOND_OWN_RIGHTS");
  });

  test("is refused as the change would be", async () => {
    await createRole("Desk two", []);
    expectProblem(await preview("desk-none", {}), 404, "NOT_FOUND");
    expectProblem(await preview("predefined_user", { policies: [] }), 409, "ROLE_FIXED");
    expectProblem(await preview("desk-two", { policies: [{}] }), 400, "VALIDATION_FAILED");
    const old = { ...asAdmin, "if-match": '"7"' };
    expectProblem(await preview("desk-two", { policies: [] }, old), 412, "STALE");
  });
});

describe("what is no role", () => {
  const user = (conditions: unknown) => [{ action: "read", subject: "User", conditions }];
  const raw = (policies: string) => `{"name":"Attack","policies":${policies}}`;
  test.each<[string, unknown, string]>([
    ["no name", { policies: [] }, "name"],
    ["a name of spaces", { name: "  " }, "name"],
    ["a name with a control character", { name: "a\u0000b" }, "name"],
    ["a name of 121", { name: "x".repeat(121) }, "name"],
    ["a list", [], "body"],
    ["policies that are no list", { name: "A", policies: {} }, "policies"],
    [
      "an unknown action",
      { name: "A", policies: [{ action: "fly", subject: "User" }] },
      "policies.0.action",
    ],
    [
      "an unknown subject",
      { name: "A", policies: [{ action: "read", subject: "Session" }] },
      "policies.0.subject",
    ],
    [
      "an exception",
      { name: "A", policies: [{ action: "read", subject: "User", inverted: true }] },
      "policies.0",
    ],
    [
      "writing the audit trail",
      { name: "A", policies: [{ action: "manage", subject: "AuditEvent" }] },
      "policies.0.action",
    ],
    [
      "conditions on roles",
      {
        name: "A",
        policies: [{ action: "read", subject: "Role", conditions: { status: "active" } }],
      },
      "policies.0.conditions",
    ],
    [
      "$where",
      { name: "A", policies: user({ $where: "sleep(9)" }) },
      "policies.0.conditions.$where",
    ],
    ["$or", { name: "A", policies: user({ $or: [{}] }) }, "policies.0.conditions.$or"],
    [
      "a regular expression",
      { name: "A", policies: user({ email: { $regex: "^(a+)+$" } }) },
      "policies.0.conditions.email",
    ],
    [
      "a secret field",
      { name: "A", policies: user({ passwordHash: "x" }) },
      "policies.0.conditions.passwordHash",
    ],
    [
      "__proto__ in a policy",
      raw(`[{"action":"read","subject":"User","__proto__":{}}]`),
      "policies.0",
    ],
    [
      "__proto__ in conditions",
      raw(`[{"action":"read","subject":"User","conditions":{"__proto__":{"status":"active"}}}]`),
      "policies.0.conditions.__proto__",
    ],
    [
      "constructor in conditions",
      raw(`[{"action":"read","subject":"User","conditions":{"constructor":{"prototype":1}}}]`),
      "policies.0.conditions.constructor",
    ],
    [
      "depth",
      raw(
        `[{"action":"read","subject":"User","conditions":{"status":${"[".repeat(7_000)}${"]".repeat(7_000)}}}]`,
      ),
      "policies.0.conditions.status",
    ],
    [
      "51 policies",
      { name: "A", policies: Array(51).fill({ action: "read", subject: "User" }) },
      "policies",
    ],
  ])("%s is 400 and names the place", async (_name, body, place) => {
    const before = await installation.sql("SELECT count(*)::int AS n FROM roles");
    const answer = await post(base, "/v1/roles", body, asAdmin);
    expectProblem(answer, 400, "VALIDATION_FAILED");
    expect(Object.keys(answer.json.errors)).toEqual([place]);
    expect(answer.json.errors[place][0]).toMatch(/^[A-Z$].*\.$/);
    expect(await installation.sql("SELECT count(*)::int AS n FROM roles")).toEqual(before);
  });

  test("more than 16 KiB is 413", async () => {
    const answer = await createRole(
      "Huge",
      user({ "metadata.a": { $in: Array(90).fill("x".repeat(250)) } }),
    );
    expectProblem(answer, 413, "BODY_TOO_LARGE");
  });
});

describe("what custom roles allow, over HTTP", () => {
  let support: { id: string; as: Headers };
  let auditor: { id: string; as: Headers };
  let clerk: { id: string; as: Headers };
  let bobId: string;

  beforeAll(async () => {
    await createRole("Support", [
      {
        action: ["read", "update"],
        subject: "User",
        conditions: { "role.slug": "predefined_user", status: { $in: ["active", "disabled"] } },
      },
    ]);
    await createRole("Auditor", [{ action: "read", subject: "AuditEvent" }]);
    await createRole("Role clerk", [{ action: "manage", subject: "Role" }]);
    await createRole("Everything", [{ action: "manage", subject: "all" }]);
    support = await userWith("support", "support@example.com");
    auditor = await userWith("auditor", "auditor@example.com");
    clerk = await userWith("role-clerk", "clerk@example.com");
    bobId = (await userWith("predefined_user", "bob@example.com")).id;
    await post(
      base,
      "/v1/users",
      { email: "invited@example.com", role: "predefined_user" },
      asAdmin,
    );
  });

  test("an auditor reads the audit trail, and nothing else", async () => {
    expect((await get(base, "/v1/audit", auditor.as)).status).toBe(200);
    for (const path of ["/v1/users", "/v1/roles", "/v1/roles/support", `/v1/users/${adminId}`]) {
      expectProblem(await get(base, path, auditor.as), 403, "FORBIDDEN");
    }
    expect((await get(base, `/v1/users/${auditor.id}`, auditor.as)).status).toBe(200);
    expectProblem(await createRole("Mine", [], auditor.as), 403, "FORBIDDEN");
    expectProblem(
      await get(base, "/v1/access/who?action=read&subject=User", auditor.as),
      403,
      "FORBIDDEN",
    );
    const question = { role: "support", action: "read", subject: "User" };
    expectProblem(await post(base, "/v1/access/explain", question, auditor.as), 403, "FORBIDDEN");
  });

  test("support sees and changes the users in its reach, and no others", async () => {
    const listed = await get(base, "/v1/users?limit=100", support.as);
    const found = await installation.sql(
      `SELECT u.email FROM users u JOIN roles r ON r.id = u.role_id
       WHERE r.slug = 'predefined_user' AND u.status IN ('active', 'disabled')`,
    );
    const emails = listed.json.data.map((user: { email: string }) => user.email);
    expect(emails.sort()).toEqual(found.map((row) => row["email"]).sort());
    expect(emails).toContain("bob@example.com");
    expect(emails).not.toContain("invited@example.com");
    expect(listed.json.total.value).toBe(found.length);

    expectProblem(await get(base, `/v1/users/${adminId}`, support.as), 404, "NOT_FOUND");
    expectProblem(await patchUser(adminId, { name: "X" }, support.as), 404, "NOT_FOUND");
    expect((await patchUser(bobId, { name: "Bob B." }, support.as)).status).toBe(200);
    expectProblem(
      await patchUser(bobId, { role: "predefined_super_admin" }, support.as),
      403,
      "FORBIDDEN",
    );
    expectProblem(await patchUser(bobId, { role: "everything" }, support.as), 403, "FORBIDDEN");
    expectProblem(await patchUser(bobId, { role: "auditor" }, support.as), 403, "FORBIDDEN");
    for (const answer of [
      await post(base, "/v1/users", { email: "new@example.com" }, support.as),
      await call(base, "DELETE", `/v1/users/${bobId}`, { headers: support.as }),
      await get(base, "/v1/audit", support.as),
      await get(base, "/v1/roles", support.as),
      await patchRole("support", { policies: [] }, support.as),
      await deleteRole("night-shift", support.as),
    ]) {
      expectProblem(answer, 403, "FORBIDDEN");
    }
    // Themselves they may read, as everybody, but are not in their own reach.
    const self = await patchUser(support.id, { role: "everything" }, support.as);
    expect(self.status).toBe(404);
  });

  test("who manages roles only makes roles of no more than that, and climbs nowhere", async () => {
    const admin = [{ action: "manage", subject: "all" }];
    for (const answer of [
      await createRole("Climb", admin, clerk.as),
      await createRole("Climb", [{ action: "read", subject: "User" }], clerk.as),
      await createRole("Climb", [{ action: "read", subject: "all" }], clerk.as),
      await patchRole("role-clerk", { policies: admin }, clerk.as),
      await patchRole("auditor", { policies: [] }, clerk.as),
      await patchRole("everything", { name: "Nothing" }, clerk.as),
      await deleteRole("everything", clerk.as),
    ]) {
      expectProblem(answer, 403, "BEYOND_OWN_RIGHTS");
    }
    expectProblem(await patchUser(clerk.id, { role: "everything" }, clerk.as), 403, "FORBIDDEN");
    const own = await createRole("Role reader", [{ action: "read", subject: "Role" }], clerk.as);
    expect(own.status).toBe(201);
    expect(own.json.holders).toBeNull(); // who may not read users learns nothing of them
    expect((await deleteRole("role-reader", clerk.as)).status).toBe(204);
    // Their own role, downward: it counts on the next request.
    expect(
      (
        await patchRole(
          "role-clerk",
          { policies: [{ action: ["read", "update"], subject: "Role" }] },
          clerk.as,
        )
      ).status,
    ).toBe(200);
    expectProblem(await createRole("Again", [], clerk.as), 403, "FORBIDDEN");
    const back = [{ action: "manage", subject: "Role" }];
    expectProblem(
      await patchRole("role-clerk", { policies: back }, clerk.as),
      403,
      "BEYOND_OWN_RIGHTS",
    );
    expect((await patchRole("role-clerk", { policies: back })).status).toBe(200);
    expect((await get(base, "/v1/roles", clerk.as)).status).toBe(200); // still signed in
  });

  test("a token for roles is bound as its abilities say, whoever made it", async () => {
    const reader = await tokenFor(["roles:read"]);
    expect((await get(base, "/v1/roles", reader)).status).toBe(200);
    expectProblem(await createRole("By token", [], reader), 403, "FORBIDDEN");
    const writer = await tokenFor(["roles:write"]);
    expectProblem(
      await createRole("By token", [{ action: "manage", subject: "all" }], writer),
      403,
      "BEYOND_OWN_RIGHTS",
    );
    expectProblem(await patchRole("support", { name: "S" }, writer), 403, "BEYOND_OWN_RIGHTS");
    expect((await createRole("By token", [], writer)).status).toBe(201);
    expectProblem(await get(base, "/v1/roles", await tokenFor(["users:write"])), 403, "FORBIDDEN");
  });

  test("a custom role that allows everything is no administrator for the promise", async () => {
    const other = await userWith("everything", "everything@example.com");
    expect((await get(base, "/v1/roles", other.as)).status).toBe(200);
    expectProblem(await patchUser(adminId, { status: "disabled" }, other.as), 409, "LAST_ADMIN");
  });

  test("stored policies that are not ours allow nothing, and break nothing", async () => {
    await installation.sql(
      `INSERT INTO roles (slug, name, policies) VALUES ('strange', 'Strange',
       '[{"action":"manage","subject":"all"},{"action":"read","subject":"User","conditions":{"$where":"1"}}]')`,
    );
    const strange = await userWith("strange", "strange@example.com");
    for (const path of ["/v1/users", "/v1/roles", "/v1/audit"]) {
      expectProblem(await get(base, path, strange.as), 403, "FORBIDDEN");
    }
    const seen = await get(base, "/v1/roles/strange", asAdmin);
    expect(seen.status).toBe(200);
    const question = { role: "strange", action: "read", subject: "User" };
    expect((await post(base, "/v1/access/explain", question, asAdmin)).json.reason).toBe(
      "noPolicy",
    );
    await installation.sql("DELETE FROM users WHERE email = 'strange@example.com'");
    expect((await deleteRole("strange")).status).toBe(204);
  });

  test("one user and all users are judged alike, whatever the conditions", async () => {
    const dan = await userWith("predefined_user", "dan@example.com");
    await patchUser(
      dan.id,
      { metadata: { team: "north", level: 3, on: true, list: ["north"] } },
      asAdmin,
    );
    await patchUser(bobId, { metadata: { team: ["north"], level: "3" } }, asAdmin);
    const everybody = (await get(base, "/v1/users?limit=100", asAdmin)).json.data;
    await createRole("Judge", []);
    const judge = await userWith("judge", "judge@example.com");
    for (const conditions of [
      { status: "invited" },
      { status: { $in: ["active", "invited"] }, "role.slug": "predefined_user" },
      { "role.slug": { $in: ["support", "auditor", "gone"] } },
      { email: "dan@example.com" },
      { email: { $in: ["dan@example.com", "nobody@example.com"] } },
      { id: { $eq: dan.id } },
      { "metadata.team": "north" },
      { "metadata.level": 3 },
      { "metadata.level": "3" },
      { "metadata.on": true },
      { "metadata.list": "north" },
      { "metadata.missing": { $in: ["a", "b"] } },
    ]) {
      const given = await patchRole("judge", {
        policies: [{ action: "read", subject: "User", conditions }],
      });
      expect(given.status, given.text).toBe(200);
      const listed = (await get(base, "/v1/users?limit=100", judge.as)).json.data;
      const one = [];
      for (const user of everybody) {
        if ((await get(base, `/v1/users/${user.id}`, judge.as)).status === 200)
          one.push(user.email);
      }
      const emails = listed.map((user: { email: string }) => user.email);
      expect(emails.sort(), JSON.stringify(conditions)).toEqual(one.sort());
    }
  });
});

describe("roles side by side", () => {
  test("each with every single thing that it allows, a page at a time", async () => {
    const policies = [
      { action: "update", subject: "User", conditions: { status: "active" } },
      { action: ["read", "updateEmail"], subject: ["User"] },
      { action: "read", subject: "AuditEvent" },
    ];
    await post(
      base,
      "/v1/roles",
      { name: "Aside", policies, secondFactor: { graceDays: 1 } },
      asAdmin,
    );
    type Row = { role: { slug: string }; secondFactor: boolean; allows: Record<string, string>[] };
    const rows: Row[] = [];
    let path: string | null = "/v1/access/matrix?limit=3";
    while (path !== null) {
      const page: Answer = await get(base, path, asAdmin);
      expect(page.status).toBe(200);
      rows.push(...page.json.data);
      path = /<([^>]+)>; rel="next"/.exec(page.headers.get("link") ?? "")?.[1] ?? null;
    }
    const [counted] = await installation.sql("SELECT count(*)::int AS n FROM roles");
    expect(rows.length).toBe(counted?.["n"]);
    const allowedBy = (slug: string) => {
      const row = rows.find(({ role }) => role.slug === slug);
      const said = (row?.allows ?? []).map(({ action, subject, extent }) =>
        [action, subject, extent].join(" "),
      );
      return { secondFactor: row?.secondFactor, allows: said };
    };
    const some = [
      ...["updateProfile", "updateRole", "updateStatus"],
      ...["resetPassword", "endSessions", "removeFactor"],
    ].map((part) => `${part} User some`);
    const aside = allowedBy("aside");
    expect(aside.secondFactor).toBe(true);
    expect(aside.allows.sort()).toEqual(
      ["read User all", "updateEmail User all", "read AuditEvent all", ...some].sort(),
    );
    expect(allowedBy("predefined_user")).toEqual({ secondFactor: false, allows: [] });
    const everything = allowedBy("predefined_super_admin").allows;
    expect(everything).toHaveLength(17);
    expect(everything.every((one) => one.endsWith(" all"))).toBe(true);
    expectProblem(await get(base, "/v1/access/matrix?limit=0", asAdmin), 400, "VALIDATION_FAILED");
  });
});

describe("who can do this, and why", () => {
  test("names each role that allows it, the policy, and its active users", async () => {
    const { json } = await get(base, "/v1/access/who?action=update&subject=User", asAdmin);
    const slugs = json.data.map(({ role }: { role: { slug: string } }) => role.slug);
    expect(slugs).toEqual(
      expect.arrayContaining(["predefined_super_admin", "support", "everything"]),
    );
    expect(slugs).not.toContain("auditor");
    expect(slugs).not.toContain("predefined_user");
    const row = json.data.find(({ role }: { role: { slug: string } }) => role.slug === "support");
    expect(row).toEqual({
      role: { id: expect.any(String), slug: "support", name: "Support" },
      policy: {
        index: 0,
        action: ["read", "update"],
        subject: "User",
        conditions: { "role.slug": "predefined_user", status: { $in: ["active", "disabled"] } },
      },
      activeUsers: { value: 1, exact: true },
      users: [{ id: expect.any(String), email: "support@example.com", name: null }],
    });
  });

  test.each(["", "action=read", "action=fly&subject=User", "action=update&subject=AuditEvent"])(
    "who?%s is 400",
    async (query) => {
      expectProblem(await get(base, `/v1/access/who?${query}`, asAdmin), 400, "VALIDATION_FAILED");
    },
  );

  const explain = (question: unknown) => post(base, "/v1/access/explain", question, asAdmin);

  test("says yes and why, no and why", async () => {
    const question = { role: "support", action: "update", subject: "User" };
    expect((await explain(question)).json).toMatchObject({
      allowed: true,
      reason: "allowedForSome",
      policy: { index: 0 },
      unmet: [],
    });
    expect((await explain({ ...question, email: " BOB@example.com" })).json).toMatchObject({
      allowed: true,
      reason: "allowed",
    });
    expect((await explain({ ...question, userId: adminId })).json).toEqual({
      allowed: false,
      reason: "conditionsNotMet",
      policy: null,
      unmet: [{ index: 0, fields: ["role.slug"] }],
    });
    expect((await explain({ ...question, action: "delete" })).json).toEqual({
      allowed: false,
      reason: "noPolicy",
      policy: null,
      unmet: [],
    });
    await createRole("Manager", [{ action: "manage", subject: "User" }]);
    const manager = { role: "manager", action: "update", subject: "User", userId: adminId };
    expect((await explain(manager)).json).toMatchObject({ allowed: false, reason: "outranked" });
    expect((await explain({ ...manager, action: "read" })).json.reason).toBe("allowed");
  });

  test("the answer is what happens", async () => {
    const manager = await userWith("manager", "manager@example.com");
    const everybody = (await get(base, "/v1/users?limit=100", asAdmin)).json.data;
    for (const { id } of everybody) {
      const question = { role: "manager", action: "update", subject: "User", userId: id };
      const { allowed } = (await explain(question)).json;
      expect((await patchUser(id, {}, manager.as)).status).toBe(allowed ? 200 : 403);
    }
  });

  test.each<[unknown, number, string]>([
    [{}, 400, "VALIDATION_FAILED"],
    [{ role: "support", action: "read", subject: "Moon" }, 400, "VALIDATION_FAILED"],
    [
      { role: "support", action: "read", subject: "Role", email: "bob@example.com" },
      400,
      "VALIDATION_FAILED",
    ],
    [{ role: "support", action: "read", subject: "User", userId: "1" }, 400, "VALIDATION_FAILED"],
    [{ role: "nobody", action: "read", subject: "User" }, 404, "NOT_FOUND"],
    [
      { role: "support", action: "read", subject: "User", email: "no@example.com" },
      404,
      "USER_NOT_FOUND",
    ],
  ])("explain %j: %d", async (question, status, code) => {
    expectProblem(await explain(question), status, code);
  });
});

test("anonymous is 401 everywhere", async () => {
  for (const [method, path] of [
    ["GET", "/v1/roles"],
    ["POST", "/v1/roles"],
    ["GET", "/v1/roles/support"],
    ["PATCH", "/v1/roles/support"],
    ["DELETE", "/v1/roles/support"],
    ["POST", "/v1/roles/support/preview"],
    ["GET", "/v1/access/matrix"],
    ["GET", "/v1/access/who?action=read&subject=User"],
    ["POST", "/v1/access/explain"],
  ] as const) {
    const body = method === "GET" ? undefined : {};
    expect((await call(base, method, path, { body })).status, `${method} ${path}`).toBe(401);
  }
});
