import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { apiToken, inBrowser } from "../support/claimed";
import { type Database, freshDatabase } from "../support/database";
import { bearer, get, post } from "../support/http";
import { type Installation, startInstallation } from "../support/installation";
import { OWNER } from "../support/owner";
import { type StatementCounter, startStatementCounter } from "../support/statement-counter";

let database: Database;
let counter: StatementCounter;
let installation: Installation;

beforeAll(async () => {
  database = await freshDatabase({ claimed: true });
  counter = await startStatementCounter(database.url);
  installation = await startInstallation({ databaseUrl: counter.url });
  await post(installation.baseUrl, "/api/auth/login", OWNER); // whatever is done once is done
});
afterAll(async () => {
  await installation?.stop();
  await counter?.close();
  await database?.drop();
});

/**
 * What `work` asks of the database. The server has work of its own in the background, which can only add: the shortest
 * of three.
 */
async function asks(work: () => Promise<unknown>): Promise<string[]> {
  const runs: string[][] = [];
  for (let i = 0; i < 3; i++) runs.push(await counter.during(work));
  return runs.sort((a, b) => a.length - b.length)[0] ?? [];
}

const login = () => post(installation.baseUrl, "/api/auth/login", OWNER);

test("the counter sees what is asked, and nothing where nothing is", async () => {
  expect(await asks(() => get(installation.baseUrl, "/health/live"))).toEqual([]);
  const { json } = await login();
  const asked = await asks(() =>
    get(installation.baseUrl, "/v1/auth/me", { authorization: `Bearer ${json.accessToken}` }),
  );
  expect(asked.length).toBeGreaterThan(0);
});

describe("who acts is read in one statement, of which no part can vanish before the next", () => {
  const senders = {
    "an access token": async () => bearer((await login()).json.accessToken),
    "an API token": async () => bearer(await apiToken(installation, OWNER.email)),
    "the cookie of a browser": () => inBrowser(installation, OWNER.email),
  };
  /** Statements that ask for a session or a token: who acts is read by no other. */
  const actors = (asked: string[]) =>
    asked.filter((sql) => /FROM "(sessions|api_tokens)"\s+JOIN "users"/.test(sql)).length;
  /** A token that was just made was not used yet: that it was is written at most once a minute. */
  const sent = async (sender: keyof typeof senders) => {
    const headers = await senders[sender]();
    await get(installation.baseUrl, "/v1/auth/me", headers);
    return headers;
  };

  describe.each(Object.keys(senders) as (keyof typeof senders)[])("%s", (sender) => {
    test.each(["/v1/auth/me", "/v1/auth/forward"])("%s asks nothing else", async (path) => {
      const headers = await sent(sender);
      const asked = await asks(async () =>
        expect((await get(installation.baseUrl, path, headers)).status).toBe(200),
      );
      expect(asked, asked.join("\n---\n")).toHaveLength(1);
      expect(actors(asked)).toBe(1);
    });

    test("a refusal asks nothing else", async () => {
      const headers = await sent(sender);
      const asked = await asks(() => get(installation.baseUrl, "/v1/users/nobody", headers));
      expect(asked, asked.join("\n---\n")).toHaveLength(1);
    });

    test.each([
      ["a list", "/v1/users"],
      ["a detail", "/v1/users/%id"],
      ["the audit trail", "/v1/audit"],
    ])("%s asks once for it", async (_, path) => {
      const headers = await sent(sender);
      const [row] = await installation.sql(`SELECT id FROM users WHERE email = '${OWNER.email}'`);
      const target = path.replace("%id", String(row?.["id"]));
      const asked = await asks(async () =>
        expect((await get(installation.baseUrl, target, headers)).status).toBe(200),
      );
      expect(actors(asked), asked.join("\n---\n")).toBe(1);
    });
  });

  test.each(["/", "/users", "/account", "/audit"])("the page %s asks once for it", async (path) => {
    const headers = await sent("the cookie of a browser");
    const asked = await asks(async () =>
      expect((await get(installation.baseUrl, path, headers)).status).toBe(200),
    );
    expect(actors(asked), asked.join("\n---\n")).toBe(1);
  });

  test("a role that asks for a second factor costs no other", async () => {
    await installation.sql(`UPDATE roles SET second_factor_grace_days = 7,
      second_factor_required_since = now() WHERE slug = 'predefined_super_admin'`);
    const headers = await sent("an access token");
    const asked = await asks(() => get(installation.baseUrl, "/v1/auth/me", headers));
    await installation.sql(`UPDATE roles SET second_factor_grace_days = NULL,
      second_factor_required_since = NULL WHERE slug = 'predefined_super_admin'`);
    expect(asked, asked.join("\n---\n")).toHaveLength(1);
  });

  test("when somebody was last seen is written once a minute, whatever is asked", async () => {
    const headers = await sent("an access token");
    await installation.sql("UPDATE sessions SET last_seen_at = now() - interval '61 seconds'");
    const asked = await counter.during(async () => {
      for (let i = 0; i < 5; i++) await get(installation.baseUrl, "/v1/auth/me", headers);
    });
    const written = asked.filter((sql) => sql.startsWith('UPDATE "sessions"'));
    expect(written, asked.join("\n---\n")).toHaveLength(1);
  });
});

test.each([
  ["the first page", "", 1],
  ["a page by a name that some have not", "?sort=name&limit=7", 1],
  ["nobody at all", "?status=invited", 2],
  ["a search", "?search=example.com", 1],
  ["a role, which is looked up first", "?role=predefined_super_admin", 2],
])("a list of users costs one statement with its total: %s", async (_, query, most) => {
  const headers = bearer((await login()).json.accessToken);
  const asked = await asks(async () =>
    expect((await get(installation.baseUrl, `/v1/users${query}`, headers)).status).toBe(200),
  );
  expect(asked, asked.join("\n---\n")).toHaveLength(1 + most);
  expect(asked.join("\n")).not.toMatch(/BEGIN|set_config/);
});

test("the first page asks for who acts, what is to be told to them, the figures and the latest events", async () => {
  const headers = await inBrowser(installation, OWNER.email);
  const asked = await asks(async () =>
    expect((await get(installation.baseUrl, "/", headers)).status).toBe(200),
  );
  expect(asked.length, asked.join("\n---\n")).toBeLessThanOrEqual(8);
  const own = asked.filter(
    (sql) => !/FROM "sessions"|"public"."sessions"|"t0"."action" = \$1/.test(sql),
  );
  expect(own.length, own.join("\n---\n")).toBeLessThanOrEqual(4);
});

test("a sign-in asks the database twice: who it is, and for the session", async () => {
  const asked = await asks(async () => expect((await login()).status).toBe(200));
  expect(asked, asked.join("\n---\n")).toHaveLength(2);
});

test("what was right is taken back with what is counted next", async () => {
  const asked = await asks(async () => {
    for (let i = 0; i < 10; i++) expect((await login()).status).toBe(200);
  });
  expect(asked.length, asked.join("\n---\n")).toBeLessThanOrEqual(21);
});

test.each([
  ["a wrong password", { ...OWNER, password: "WrongPass123" }],
  ["an unknown e-mail", { ...OWNER, email: "nobody@example.com" }],
])("%s asks once", async (_, guess) => {
  const asked = await asks(async () =>
    expect((await post(installation.baseUrl, "/api/auth/login", guess)).status).toBe(401),
  );
  expect(asked, asked.join("\n---\n")).toHaveLength(1);
});

test("a refresh asks once", async () => {
  const cookies = await Promise.all([login(), login(), login()]).then((answers) =>
    answers.map(({ headers }) => headers.get("set-cookie")?.split(";")[0] ?? ""),
  );
  const asked = await asks(async () => {
    const cookie = cookies.pop() ?? "";
    expect((await post(installation.baseUrl, "/api/auth/refresh", {}, { cookie })).status).toBe(
      200,
    );
  });
  expect(asked, asked.join("\n---\n")).toHaveLength(1);
});

test("what everybody may ask about a claimed installation costs nothing", async () => {
  const asked = await asks(async () => {
    const { text } = await get(installation.baseUrl, "/v1/auth/status");
    expect(text).toBe('{"needsSetup":false}');
    expect((await post(installation.baseUrl, "/v1/auth/setup", OWNER)).status).toBe(403);
  });
  expect(asked).toEqual([]);
});

test("readiness asks once, for all that it tells", async () => {
  const asked = await asks(async () => {
    const { text } = await get(installation.baseUrl, "/health/ready");
    expect(text).toBe('{"status":"ok"}');
  });
  expect(asked, asked.join("\n---\n")).toHaveLength(1);
});

test("a server that nobody asks looks around, and does not ask all the time", async () => {
  const looks = {
    jobs: /FROM "jobs"/,
    installation: /FROM "installation"/,
    settings: /FROM "settings"/,
    clock: /clock_timestamp/,
    refused: /INSERT INTO "day_counts"/, // of the wrong passwords above
  };
  await sleep(500); // what the sign-ins above have taken back is written by then
  const asked = await counter.during(() => sleep(12_000));
  const count = (look: RegExp) => asked.filter((sql) => look.test(sql)).length;
  expect(count(looks.installation)).toBeGreaterThan(0);
  expect(count(looks.installation)).toBeLessThanOrEqual(3);
  expect(count(looks.settings)).toBeLessThanOrEqual(3);
  expect(count(looks.clock)).toBeLessThanOrEqual(2);
  expect(count(looks.jobs)).toBeLessThanOrEqual(1);
  expect(count(looks.refused)).toBeLessThanOrEqual(1);
  const others = asked.filter((sql) => !Object.values(looks).some((look) => look.test(sql)));
  expect(others).toEqual([]);
});
