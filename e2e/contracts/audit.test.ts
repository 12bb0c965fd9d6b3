import http from "node:http";
import { parse } from "csv-parse/sync";
import { beforeAll, describe, expect, test, vi } from "vitest";
import { apiToken } from "../support/claimed";
import { bearer, call, get, post } from "../support/http";
import { endOfJob } from "../support/jobs";
import { type Shared, sharedClaimed } from "../support/shared-claimed";

const BOB = { name: "Bob", email: "bob@example.com", password: "SecurePass456" };

let installation: Shared;
let base: string;
let asAdmin: Record<string, string>;
let adminId: string;
let bobId: string;

type Event = {
  id: number;
  at: string;
  action: string;
  actor: { id: string | null; label: string };
  target: { type: string; id: string; label: string } | null;
  details: Record<string, unknown>;
  address: string | null;
  requestId: string | null;
  hash: string | null;
};

beforeAll(async () => {
  installation = await sharedClaimed();
  base = installation.baseUrl;
  asAdmin = bearer(await apiToken(installation));
  adminId = (await get(base, "/v1/auth/me", asAdmin)).json.id;
  bobId = (await post(base, "/v1/users", { ...BOB, role: "predefined_user" }, asAdmin)).json.id;
  await post(base, "/api/auth/login", BOB, { "user-agent": "Mozilla/5.0 Firefox/132.0" });
});

const audit = (query = "") => get(base, `/v1/audit${query}`, asAdmin);
const events = async (query = ""): Promise<Event[]> => (await audit(query)).json.data;
const actions = async (query: string) => (await events(query)).map((event) => event.action);

/** Events as the database would have appended them at that time, newest last. */
async function past(rows: { at: string; action?: string; label?: string; door?: string }[]) {
  const values = rows.map(
    ({ at, action = "user.updated", label = "old@example.com", door }) =>
      `('${action}', '${label}', '${at}'::timestamptz, ${door ? `'${door}'` : "NULL"})`,
  );
  await installation.sql(`
    ALTER TABLE audit_events DISABLE TRIGGER USER;
    INSERT INTO audit_events (id, action, actor_label, at, door)
      SELECT (SELECT min(id) FROM audit_events) - row_number() OVER (), * FROM (VALUES ${values}) AS v;
    ALTER TABLE audit_events ENABLE TRIGGER USER`);
}

describe("reading", () => {
  test("an event says who, whom, when, from where, by which door, and its place in the chain", async () => {
    const [event] = await events("?action=session.started");
    expect(event?.hash === null || /^[0-9a-f]{64}$/.test(event?.hash ?? "")).toBe(true);
    await vi.waitFor(
      async () => {
        const [sealed] = await events("?action=session.started");
        expect(sealed).toEqual({ ...event, hash: expect.stringMatching(/^[0-9a-f]{64}$/) });
      },
      { timeout: 30_000, interval: 100 },
    );
    expect(event).toEqual({
      id: expect.any(Number),
      at: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/),
      action: "session.started",
      actor: { id: bobId, label: BOB.email },
      target: { type: "session", id: expect.any(String), label: BOB.email },
      door: "api",
      address: "127.0.0.1",
      requestId: expect.stringMatching(/^[0-9a-f-]{36}$/),
      details: { userAgent: "Mozilla/5.0 Firefox/132.0" },
      hash: event?.hash,
    });
  });

  test("who signs somebody else out has done it to that person; one's own sign-out is one's own", async () => {
    const { json } = await get(base, `/v1/users/${bobId}/sessions`, asAdmin);
    await call(base, "DELETE", `/v1/sessions/${json.data[0].id}`, { headers: asAdmin });
    const [forced] = await events("?action=session.ended");
    expect(forced?.actor.id).toBe(adminId);
    expect(forced?.target).toEqual({ type: "user", id: bobId, label: BOB.email });

    const { accessToken } = (await post(base, "/api/auth/login", BOB)).json;
    await post(base, "/api/auth/logout", undefined, bearer(accessToken));
    const [own] = await events("?action=session.ended");
    expect(own?.actor.id).toBe(bobId);
    expect(own?.target).toMatchObject({ type: "session", label: BOB.email });
  });

  test("filters by action, actor, target, door and search, and by all of them at once", async () => {
    expect(new Set(await actions("?action=user.created"))).toEqual(new Set(["user.created"]));
    for (const event of await events(`?actorId=${bobId}`)) expect(event.actor.id).toBe(bobId);
    for (const event of await events(`?targetId=${bobId}`)) expect(event.target?.id).toBe(bobId);
    expect(await actions("?door=command%20line")).toEqual(["installation.claimed"]);
    expect(await actions("?door=nowhere")).toEqual([]);
    expect(await actions(`?targetId=${bobId}&actorId=${adminId}&action=user.created`)).toEqual([
      "user.created",
    ]);
    expect(await actions(`?actorId=${bobId}&action=user.created`)).toEqual([]);

    expect((await events("?search=BOB@")).length).toBeGreaterThan(2);
    expect(await actions("?search=%25")).toEqual([]);
    expect(await actions("?search=_")).toEqual([]);
    expect((await events("?search=127.0.0.1")).length).toBeGreaterThan(2);
    expect((await events("?search=::ffff:127.0.0.1")).length).toBeGreaterThan(2);
    expect(await actions("?search=203.0.113.1")).toEqual([]);
    const [created] = await events("?action=user.created");
    expect(await actions(`?search=${created?.requestId}`)).toEqual(["user.created"]);
    expect((await events(`?search=${bobId.toUpperCase()}`)).length).toBeGreaterThan(2);
  });

  test("a change of a user is asked for by what it was, also when a job has made it", async () => {
    const person = async (name: string) => {
      const email = `${name.replaceAll(/\W/g, "").toLowerCase()}@example.com`;
      const sent = { email, name, password: "a fine passphrase", role: "predefined_user" };
      return String((await post(base, "/v1/users", sent, asAdmin)).json.id);
    };
    const patch = (id: string, body: object) =>
      call(base, "PATCH", `/v1/users/${id}`, { body, headers: asAdmin });
    const [cid, dora] = [await person("Cid"), await person("Dora")];
    await patch(cid, { status: "disabled" });
    await patch(cid, { status: "active" });
    await patch(cid, { role: "predefined_super_admin" });
    await patch(cid, { name: "Cid the Second" });
    const job = await post(base, "/v1/users/bulk", { action: "disable", ids: [dora] }, asAdmin);
    await endOfJob(base, job.json.id, asAdmin);
    const asked = async (action: string) =>
      (await events(`?action=${action}`)).map(({ target }) => target?.id);
    expect(await asked("user.disabled")).toEqual([dora, cid]);
    expect(await asked("user.enabled")).toEqual([cid]);
    expect(await asked("user.roleChanged")).toEqual([cid]);
    expect((await asked("user.updated")).filter((id) => id === cid)).toHaveLength(4);
    expect((await audit("?action=user.vanished")).status).toBe(400);
  });

  test("is found by the names of people, with or without the marks on their letters", async () => {
    const email = "jz@example.com";
    const sent = { email, name: "José Zúñiga", password: "a fine passphrase" };
    const { json } = await post(base, "/v1/users", { ...sent, role: "predefined_user" }, asAdmin);
    await post(base, "/api/auth/login", { email, password: sent.password });
    for (const search of ["jose z", "Zúñiga", "ZUNIGA"]) {
      const found = await events(`?search=${encodeURIComponent(search)}`);
      expect(found.map(({ action }) => action)).toEqual(["session.started", "user.created"]);
      expect(found[1]?.target?.id).toBe(json.id);
      const file = await get(
        base,
        `/v1/audit/export?format=jsonl&search=${encodeURIComponent(search)}`,
        asAdmin,
      );
      expect(file.text).toContain("user.created");
    }
    // Not to whom people are not shown.
    const role = { name: "Reads the trail", policies: [{ action: "read", subject: "AuditEvent" }] };
    const { slug } = (await post(base, "/v1/roles", role, asAdmin)).json;
    const reader = { email: "reader@example.com", password: "a fine passphrase" };
    await post(base, "/v1/users", { ...reader, role: slug }, asAdmin);
    const login = await post(base, "/api/auth/login", reader);
    const headers = bearer(login.json.accessToken);
    expect((await get(base, "/v1/audit?search=zuniga", headers)).json.data).toEqual([]);
    expect((await audit("?search=%00%00%00")).status).toBe(400);
    expect((await audit("?search=abc&search=def")).status).toBe(400);
  });

  test("filters by days of a zone, by instants, and by one end alone", async () => {
    await past([
      { at: "2020-03-29T23:30:00Z", label: "late" },
      { at: "2020-03-28T23:30:00Z", label: "early" },
      { at: "2020-03-28T22:30:00Z", label: "earlier" },
    ]);
    const labels = async (query: string) => (await events(query)).map(({ actor }) => actor.label);
    expect(await labels("?from=2020-03-29&to=2020-03-29")).toEqual(["late"]);
    // The clocks in Madrid go forward that night: the day lasts from 23:00Z to 22:00Z.
    expect(await labels("?from=2020-03-29&to=2020-03-29&zone=Europe/Madrid")).toEqual(["early"]);
    expect(await labels("?to=2020-03-28")).toEqual(["early", "earlier"]);
    expect(await labels("?from=2020-03-28T23:30:00Z&to=2020-03-29T23:30:00Z")).toEqual(["early"]);
    expect(await labels("?from=2020-03-28T20:00:00-03:30&to=2020-12-31")).toEqual([
      "late",
      "early",
    ]);
    expect(await labels("?from=2020-04-01&to=2020-03-01")).toEqual([]);
  });

  test("is counted by day, of some action or of all, without what is no event", async () => {
    await installation.sql(`INSERT INTO day_counts (day, what, count) VALUES
      ('2021-05-10', 'session.started', 7), ('2021-05-10', 'user.updated', 3), ('2021-05-10', 'signIn.rateLimited', 99),
      ('2021-05-12', 'user.updated', 2), ('2020-01-01', 'user.updated', 1)`);
    const counted = async (query: string) => {
      const { status, json } = await get(base, `/v1/audit/days?${query}`, asAdmin);
      expect(status, query).toBe(200);
      const { data } = json as { data: { day: string; count: number }[] };
      return { data, some: data.filter(({ count }) => count > 0) };
    };
    const { data, some } = await counted("to=2021-05-12");
    expect(data).toHaveLength(30);
    expect(data.at(-1)).toEqual({ day: "2021-05-12", count: 2 });
    expect(some).toEqual([
      { day: "2021-05-10", count: 10 },
      { day: "2021-05-12", count: 2 },
    ]);
    expect((await counted("to=2021-05-12&action=session.started")).some).toEqual([
      { day: "2021-05-10", count: 7 },
    ]);
    expect((await counted("to=2021-05-11&action=user.disabled")).some).toEqual([
      { day: "2021-05-10", count: 3 },
    ]);
    expect((await counted("from=2021-04-01&to=2021-05-12")).data[0]?.day).toBe("2021-04-01");
    expect((await counted("from=2020-01-01&to=2021-05-12")).data).toHaveLength(92);
    expect((await counted("from=2021-05-12&to=2021-05-10")).data).toHaveLength(30);
    expect((await counted("to=0001-01-01")).some).toEqual([]);
    const today = (await counted("")).data;
    expect(today.at(-1)?.day).toBe(new Date().toISOString().slice(0, 10));
    for (const query of ["from=yesterday", "action=user.vanished", "to=2021-05-12T00:00:00Z"]) {
      expect((await get(base, `/v1/audit/days?${query}`, asAdmin)).status, query).toBe(400);
    }
  });

  test("somebody's sign-ins are counted by day, of the last ninety", async () => {
    const day = (back: number) =>
      new Date(Date.now() - back * 86_400_000).toISOString().slice(0, 10);
    const signIns = (id: string) => get(base, `/v1/users/${id}/sign-ins`, asAdmin);
    const before = (await signIns(bobId)).json.data as { day: string; count: number }[];
    expect(before.map((one) => one.day)).toEqual(Array.from({ length: 90 }, (_, n) => day(89 - n)));
    await past([
      { at: `${day(3)}T00:00:00Z`, action: "session.started" },
      { at: `${day(3)}T23:59:59.999Z`, action: "session.started" },
      { at: `${day(4)}T12:00:00Z` },
      { at: `${day(90)}T23:59:59Z`, action: "session.started" },
    ]);
    await installation.sql(`
      ALTER TABLE audit_events DISABLE TRIGGER USER;
      UPDATE audit_events SET actor_id = '${bobId}' WHERE actor_label = 'old@example.com' AND at > now() - interval '91 days';
      ALTER TABLE audit_events ENABLE TRIGGER USER`);
    const counts = (await signIns(bobId)).json.data.map(({ count }: { count: number }) => count);
    expect(counts.slice(0, 88)).toEqual([...Array(86).fill(0), 2, 0]);
    expect(counts.at(-1)).toBe(before.at(-1)?.count);
    expect((await signIns("nobody")).status).toBe(404);
  });

  test("pages through every event exactly once, led by Link", async () => {
    // Many in the same millisecond, so that the id has to decide.
    await past(Array.from({ length: 9 }, () => ({ at: "2019-01-01T00:00:00Z", label: "same" })));
    const [{ n } = { n: 0 }] = await installation.sql(
      "SELECT count(*)::int AS n FROM audit_events",
    );
    const seen: number[] = [];
    for (let path: string | undefined = "/v1/audit?limit=4"; path; ) {
      const page = await get(base, path, asAdmin);
      expect(page.status).toBe(200);
      seen.push(...page.json.data.map((event: Event) => event.id));
      const link = page.headers.get("link") ?? "";
      path = /<([^>]+)>; rel="next"/.exec(link)?.[1];
      expect(path === undefined).toBe(page.json.nextCursor === null);
      expect(link).toContain(`</v1/audit?limit=4>; rel="first"`);
    }
    expect(seen.length).toBe(n);
    expect(new Set(seen).size).toBe(n);
  });

  test.each([
    ["action=user.exploded", "action"],
    ["action=", "action"],
    ["actorId=1", "actorId"],
    [`targetId=${"x".repeat(65)}`, "targetId"],
    ["door=%00", "door"],
    ["from=yesterday", "from"],
    ["from=2026-02-30", "from"],
    ["to=2026-13-01", "to"],
    ["to=2026-01-01T00:00:00", "to"],
    ["zone=Mars/Olympus", "zone"],
    [`search=${"x".repeat(201)}`, "search"],
    ["search=%00", "search"],
    ["limit=0", "limit"],
    ["limit=1e3", "limit"],
    ["cursor=zzz", "cursor"],
    ["cursor=eyJpZCI6MX0", "cursor"],
  ])("?%s is 400 and says what is expected", async (query, field) => {
    for (const path of ["/v1/audit?", "/v1/audit/export?format=csv&"]) {
      if (path.includes("export") && (field === "limit" || field === "cursor")) continue;
      const answer = await get(base, path + query, asAdmin);
      expect(answer.status).toBe(400);
      expect(answer.json.code).toBe("VALIDATION_FAILED");
      expect(answer.json.detail).toMatch(new RegExp(`parameter ${field} is not valid: send .+`));
    }
  });

  test("a search that takes too long is told to be narrower; a plain page waits", async () => {
    // Nobody gets past this lock: a search that is still at it after three seconds.
    const held = installation.sql(
      "BEGIN; LOCK TABLE audit_events IN ACCESS EXCLUSIVE MODE; SELECT pg_sleep(5); COMMIT",
    );
    await new Promise((resolve) => setTimeout(resolve, 300));
    const [search, plain] = await Promise.all([audit("?search=bob"), audit("?limit=1")]);
    expect(search.status).toBe(400);
    expect(search.json.code).toBe("SEARCH_TOO_BROAD");
    expect(plain.status).toBe(200);
    await held;
    expect((await audit("?search=bob")).status).toBe(200);
  });
});

describe("exporting", () => {
  const exported = (query: string) => get(base, `/v1/audit/export?${query}`, asAdmin);
  const HOSTILE = `=HYPERLINK("http://evil.example","x")`;

  test("JSON lines are the list, in its order and under its filter", async () => {
    const query = `actorId=${bobId}`;
    const answer = await exported(`format=jsonl&${query}`);
    expect(answer.status).toBe(200);
    expect(answer.headers.get("content-type")).toBe("application/jsonl; charset=utf-8");
    expect(answer.headers.get("content-disposition")).toMatch(
      /^attachment; filename="audit-\d{4}-\d\d-\d\d\.jsonl"$/,
    );
    expect(answer.headers.get("cache-control")).toBe("no-store");
    const lines = answer.text.trimEnd().split("\n");
    expect(lines.map((line) => JSON.parse(line))).toEqual(await events(`?${query}&limit=100`));
  });

  test("CSV holds the same, and nothing that a spreadsheet would run", async () => {
    await past([{ at: "2018-01-01T00:00:00Z", label: HOSTILE.replaceAll("'", "") }]);
    const answer = await exported("format=csv&to=2018-12-31");
    expect(answer.headers.get("content-type")).toBe("text/csv; charset=utf-8");
    const [head, row] = parse(answer.text, { columns: false }) as string[][];
    expect(head).toEqual([
      ...["id", "at", "action", "actorId", "actor", "targetType", "targetId", "target"],
      ...["door", "address", "requestId", "details", "hash"],
    ]);
    expect(row?.[1]).toBe("2018-01-01T00:00:00.000Z");
    expect(row?.[4]).toBe(`'${HOSTILE}`);
    expect(row?.[11]).toBe("{}");
  });

  test("what matches nothing is a file with a head, or an empty one", async () => {
    expect((await exported("format=csv&to=1999-01-01")).text).toMatch(/^id,at,[^\n]+\r\n$/);
    expect((await exported("format=jsonl&to=1999-01-01")).text).toBe("");
    expect((await exported("format=xml")).status).toBe(400);
    expect((await exported("")).status).toBe(400);
  });

  test("is an event itself, recorded with its filter before its first byte; HEAD records nothing", async () => {
    const count = async () => (await events("?action=audit.exported&limit=100")).length;
    const before = await count();
    const head = await call(base, "HEAD", "/v1/audit/export?format=csv", { headers: asAdmin });
    expect(head.status).toBe(200);
    expect(await count()).toBe(before);
    const answer = await exported("format=csv&search=bob");
    expect(await count()).toBe(before + 1);
    const [event] = await events("?action=audit.exported");
    expect(event?.details).toEqual({ format: "csv", search: "bob", zone: "UTC" });
    expect(event?.actor.id).toBe(adminId);
    expect(event?.requestId).toBe(answer.headers.get("x-request-id"));
    expect(event?.address).toBe("127.0.0.1");
  });

  describe("of many events", () => {
    const MANY = 12_345;
    beforeAll(async () => {
      await installation.sql(`
        ALTER TABLE audit_events DISABLE TRIGGER USER;
        INSERT INTO audit_events (id, action, actor_label, at, details)
          SELECT -n - 1000, 'role.updated', 'many@example.com', '2017-01-01'::timestamptz + n * interval '1 s',
                 jsonb_build_object('text', repeat('x', 4000))
          FROM generate_series(1, ${MANY}) n;
        ALTER TABLE audit_events ENABLE TRIGGER USER`);
    });

    test("every one is in it exactly once", async () => {
      const { text } = await exported("format=jsonl&action=role.updated");
      const ids = text
        .trimEnd()
        .split("\n")
        .map((line) => JSON.parse(line).id);
      expect(ids.length).toBe(MANY);
      expect(new Set(ids).size).toBe(MANY);
    });

    test("a fault on the way breaks the connection: a part is never taken for the whole", async () => {
      const url = new URL("/v1/audit/export?format=jsonl&action=role.updated", base);
      const response = await new Promise<http.IncomingMessage>((resolve, reject) => {
        http.get(url, { headers: asAdmin, agent: false }, resolve).once("error", reject);
      });
      expect(response.statusCode).toBe(200);
      // Nothing is read yet, so most of it is still in the database when its table goes away.
      await installation.sql("ALTER TABLE audit_events RENAME TO gone");
      let size = 0;
      await expect(
        (async () => {
          for await (const chunk of response) size += chunk.length;
        })(),
      ).rejects.toThrow("aborted");
      await installation.sql("ALTER TABLE gone RENAME TO audit_events");
      expect(size).toBeGreaterThan(0);
      expect(size).toBeLessThan(MANY * 4000);
      expect((await audit("?limit=1")).status).toBe(200);
    });

    test("who leaves early costs nothing more", async () => {
      const url = new URL("/v1/audit/export?format=jsonl&action=role.updated", base);
      const response = await new Promise<http.IncomingMessage>((resolve, reject) => {
        http.get(url, { headers: asAdmin, agent: false }, resolve).once("error", reject);
      });
      response.destroy();
      await new Promise((resolve) => setTimeout(resolve, 500));
      const [busy] = await installation.sql(
        `SELECT count(*)::int AS n FROM pg_stat_activity
         WHERE datname = current_database() AND application_name = 'latchkey' AND state <> 'idle'`,
      );
      expect(busy).toEqual({ n: 0 });
    });
  });
});
