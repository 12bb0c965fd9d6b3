import { beforeAll, describe, expect, test } from "vitest";
import { apiToken } from "../support/claimed";
import { bearer, call, get, post } from "../support/http";
import { endOfJob, itemsOf } from "../support/jobs";
import { OWNER } from "../support/owner";
import { type Shared, sharedClaimed } from "../support/shared-claimed";
import { storeUsers } from "../support/store-users";

const NOBODY = "00000000-0000-4000-8000-000000000000";

describe("bulk actions", () => {
  let installation: Shared;
  let base: string;
  let asAdmin: Record<string, string>;
  let adminId: string;

  beforeAll(async () => {
    installation = await sharedClaimed();
    base = installation.baseUrl;
    asAdmin = bearer(await apiToken(installation));
    adminId = (await get(base, "/v1/auth/me", asAdmin)).json.id;
    await installation.sql(`INSERT INTO roles (slug, name, policies) VALUES
      ('manager', 'Manager', '[{"action":"manage","subject":"User"}]'),
      ('root', 'Root', '[{"action":"manage","subject":"all"}]'),
      ('helper', 'Helper', '[{"action":"read","subject":"User"},
        {"action":"update","subject":"User","conditions":{"metadata.team":"red"}}]'),
      ('reader', 'Reader', '[{"action":"read","subject":"User"}]')`);
  });

  const bulk = (body: unknown, headers = asAdmin) => post(base, "/v1/users/bulk", body, headers);
  /** Starts, waits for the end, and returns job and items. */
  const run = async (body: unknown, headers = asAdmin) => {
    const started = await bulk(body, headers);
    expect(started.status, started.text).toBe(202);
    expect(started.headers.get("location")).toBe(`/v1/jobs/${started.json.id}`);
    const job = await endOfJob(base, started.json.id, asAdmin);
    return { job, items: await itemsOf(base, job.id, asAdmin) };
  };
  const sql = (text: string) => installation.sql(text);
  const idsOf = async (like: string) =>
    (await sql(`SELECT id FROM users WHERE email LIKE '${like}' ORDER BY number`)).map(
      ({ id }) => id as string,
    );
  /** A new user with a role, and a token of theirs. */
  const person = async (email: string, role: string, abilities?: string[]) => {
    const body = { email, role, password: "a fine passphrase" };
    const { id } = (await post(base, "/v1/users", body, asAdmin)).json;
    const login = await post(base, "/v1/auth/login", { email, password: body.password });
    const headers = bearer(login.json.accessToken);
    if (abilities === undefined) return { id: id as string, headers };
    const secret = "s".repeat(43);
    const [row] = await sql(`INSERT INTO api_tokens (user_id, name, digest, abilities)
      VALUES ('${id}', 't', encode(sha256('${secret}'), 'hex'), '{${abilities.join(",")}}') RETURNING id`);
    return { id: id as string, headers: bearer(`${row?.["id"]}|${secret}`) };
  };

  test("previews, disables by filter with a reason, records each, and ends their sessions", async () => {
    await storeUsers(installation, "sleepy", 1_200);
    await sql(`UPDATE users SET status = 'disabled' WHERE email = 'sleepy-7@example.com'`);
    await sql(`INSERT INTO sessions (user_id, door, expires_at)
      SELECT id, 'test', now() + interval '1 day' FROM users WHERE email LIKE 'sleepy-%'`);
    const asked = { action: "disable", reason: "Left", filter: { search: "sleepy" } };

    const preview = await bulk({ ...asked, dryRun: true });
    expect(preview.status).toBe(200);
    expect(preview.json).toMatchObject({
      total: 1_200,
      changed: 1_199,
      unchanged: 1,
      rejected: [],
    });
    expect(preview.json.users.length).toBe(10);
    expect(await sql("SELECT 1 FROM jobs")).toEqual([]);

    const { job, items } = await run(asked);
    expect(job).toMatchObject({
      kind: "disable",
      state: "done",
      total: 1_200,
      changed: 1_199,
      unchanged: 1,
      rejected: 0,
      stoppedBecause: null,
      options: { reason: "Left", filter: { search: "sleepy" } },
      creator: { id: adminId, email: OWNER.email },
    });
    expect(items.length).toBe(1_200);
    expect(items.find(({ label }) => label === "sleepy-7@example.com")?.outcome).toBe("unchanged");
    expect(
      await sql(`SELECT count(*)::int AS n, count(DISTINCT target_id)::int AS targets,
          bool_and(actor_label = '${OWNER.email}') AS whose, bool_and(address IS NOT NULL) AS "from"
        FROM audit_events WHERE action = 'user.updated' AND details->>'job' = '${job.id}'`),
    ).toEqual([{ n: 1_199, targets: 1_199, whose: true, from: true }]);
    expect(
      await sql(`SELECT count(*)::int AS n FROM users
        WHERE email LIKE 'sleepy-%' AND disabled_reason = 'Left' AND version = 2`),
    ).toEqual([{ n: 1_199 }]);
    expect(
      await sql(`SELECT count(*)::int AS n FROM sessions JOIN users ON users.id = user_id
        WHERE ended_at IS NULL AND email LIKE 'sleepy-%' AND email <> 'sleepy-7@example.com'`),
    ).toEqual([{ n: 0 }]);
    const trail = await sql(
      `SELECT action FROM audit_events WHERE target_id = '${job.id}' ORDER BY id`,
    );
    expect(trail.map(({ action }) => action)).toEqual(["job.started", "job.finished"]);

    const again = await run(asked);
    expect(again.job).toMatchObject({ changed: 0, unchanged: 1_200 });
  });

  test("enables: whoever never had a password is invited again", async () => {
    await storeUsers(installation, "back", 3);
    await sql(`UPDATE users SET status = 'disabled', disabled_reason = 'x',
      password_hash = CASE WHEN email = 'back-2@example.com' THEN NULL ELSE password_hash END
      WHERE email LIKE 'back-%'`);
    const { job } = await run({ action: "enable", ids: await idsOf("back-%") });
    expect(job.changed).toBe(3);
    const rows = await sql(
      `SELECT status, disabled_reason FROM users WHERE email LIKE 'back-%' ORDER BY number`,
    );
    expect(rows.map(({ status }) => status)).toEqual(["active", "invited", "active"]);
    expect(rows.every(({ disabled_reason }) => disabled_reason === null)).toBe(true);
  });

  test("changes roles, signs out, deletes; each user once however often named", async () => {
    await storeUsers(installation, "many", 4);
    const ids = await idsOf("many-%");
    const role = await run({ action: "changeRole", role: "reader", ids: [...ids, ...ids] });
    expect(role.job).toMatchObject({ total: 4, changed: 4 });
    await sql(`INSERT INTO sessions (user_id, door, expires_at)
      VALUES ('${ids[0]}', 'test', now() + interval '1 day')`);
    const out = await run({ action: "signOut", ids });
    expect(out.job).toMatchObject({ changed: 1, unchanged: 3 });
    const gone = await run({ action: "delete", ids: [...ids, NOBODY] });
    expect(gone.job).toMatchObject({ total: 5, changed: 4, rejected: 1 });
    expect(gone.items.at(-1)).toMatchObject({ reason: "notFound", outcome: "rejected" });
    expect(await idsOf("many-%")).toEqual([]);
    expect(
      await sql(`SELECT count(*)::int AS n FROM audit_events
        WHERE action = 'user.deleted' AND details->>'job' = '${gone.job.id}'`),
    ).toEqual([{ n: 4 }]);
  });

  test("never oneself, in no action", async () => {
    for (const action of ["disable", "delete", "signOut"]) {
      const preview = await bulk({ action, ids: [adminId], dryRun: true });
      expect(preview.json).toMatchObject({
        changed: 0,
        rejected: [{ reason: "yourself", count: 1, users: [{ email: OWNER.email }] }],
      });
      const { items } = await run({ action, ids: [adminId] });
      expect(items).toMatchObject([{ outcome: "rejected", reason: "yourself" }]);
    }
    expect((await get(base, "/v1/auth/me", asAdmin)).status).toBe(200);
  });

  test("the last active administrator stays, and only that row fails", async () => {
    await storeUsers(installation, "crowd", 600);
    const root = await person("root@example.com", "root");
    const second = await person("second@example.com", "predefined_super_admin");
    const ids = [...(await idsOf("crowd-%")), adminId, second.id];
    const preview = await bulk({ action: "disable", ids, dryRun: true }, root.headers);
    expect(preview.json).toMatchObject({
      total: 602,
      changed: 601,
      rejected: [{ reason: "lastAdmin", count: 1, users: [{ email: OWNER.email }] }],
    });
    const { job, items } = await run({ action: "disable", ids }, root.headers);
    expect(job).toMatchObject({ state: "done", changed: 601, rejected: 1 });
    expect(items.filter(({ outcome }) => outcome === "rejected")).toMatchObject([
      { userId: adminId, reason: "lastAdmin" },
    ]);
    expect(
      await sql(`SELECT email FROM users JOIN roles ON roles.id = role_id
        WHERE slug = 'predefined_super_admin' AND status = 'active'`),
    ).toEqual([{ email: OWNER.email }]);
    expect((await run({ action: "delete", ids: [root.id] })).job.changed).toBe(1);
  });

  test("nobody above oneself, nobody out of one's reach, no role above one's own", async () => {
    await storeUsers(installation, "team", 4);
    await sql(`UPDATE users SET metadata = '{"team":"red"}' WHERE email IN
      ('team-1@example.com', 'team-2@example.com')`);
    const manager = await person("manager@example.com", "manager");
    const mixed = [adminId, ...(await idsOf("team-%"))];
    const preview = await bulk({ action: "disable", ids: mixed, dryRun: true }, manager.headers);
    expect(preview.json).toMatchObject({
      changed: 4,
      rejected: [{ reason: "forbidden", count: 1, users: [{ email: OWNER.email }] }],
    });
    const { items } = await run({ action: "disable", ids: mixed }, manager.headers);
    expect(items.find(({ userId }) => userId === adminId)).toMatchObject({ reason: "forbidden" });
    const role = { action: "changeRole", role: "predefined_super_admin", ids: mixed };
    expect((await bulk(role, manager.headers)).status).toBe(403);

    const helper = await person("helper@example.com", "helper");
    const filter = { search: "team-" };
    const within = await bulk({ action: "enable", filter, dryRun: true }, helper.headers);
    expect(within.json).toMatchObject({
      total: 4,
      changed: 2,
      rejected: [{ reason: "forbidden", count: 2 }],
    });
    const done = await run({ action: "enable", filter }, helper.headers);
    expect(done.job).toMatchObject({ changed: 2, rejected: 2 });
    expect((await bulk({ action: "delete", filter }, helper.headers)).status).toBe(403);
  });

  test("a token does no more than it was made for, and a job stops with its token", async () => {
    await storeUsers(installation, "token", 2);
    const ids = await idsOf("token-%");
    const reader = await person("t1@example.com", "predefined_super_admin", ["users:read"]);
    expect((await bulk({ action: "disable", ids }, reader.headers)).status).toBe(403);
    expect((await bulk({ action: "disable", ids, dryRun: true }, reader.headers)).status).toBe(403);
    const writer = await person("t2@example.com", "predefined_super_admin", ["users:write"]);
    expect((await run({ action: "disable", ids }, writer.headers)).job.changed).toBe(2);
    await storeUsers(installation, "many-token", 20_000);
    const asked = { action: "disable", filter: { search: "many-token" } };
    const { json } = await bulk(asked, writer.headers);
    await sql(`UPDATE api_tokens SET revoked_at = now() WHERE user_id = '${writer.id}'`);
    const stopped = await endOfJob(base, json.id, asAdmin);
    expect(stopped).toMatchObject({ state: "stopped", stoppedBecause: "creatorGone" });
    expect(stopped.changed).toBeLessThan(20_000);
    const audit = await person("t3@example.com", "predefined_super_admin", ["audit:read"]);
    expect((await get(base, "/v1/jobs", audit.headers)).status).toBe(403);
    for (const { id } of [reader, writer, audit]) await run({ action: "delete", ids: [id] });
  });

  test("a job stops, in words, when whoever started it may not go on", async () => {
    await storeUsers(installation, "long", 20_000);
    for (const [change, because] of [
      ["status = 'disabled'", "creatorGone"],
      ["role_id = (SELECT id FROM roles WHERE slug = 'reader')", "forbidden"],
    ]) {
      const boss = await person(`boss-${because}@example.com`.toLowerCase(), "manager");
      const action = because === "creatorGone" ? "disable" : "enable";
      const { json } = await bulk({ action, filter: { search: "long-" } }, boss.headers);
      await sql(`UPDATE users SET ${change} WHERE id = '${boss.id}'`);
      const job = await endOfJob(base, json.id, asAdmin);
      expect(job).toMatchObject({ state: "stopped", stoppedBecause: because, rejected: 0 });
      expect(job.changed + job.unchanged).toBeLessThan(20_000);
      const pending = await get(base, `/v1/jobs/${json.id}/items?outcome=pending`, asAdmin);
      expect(pending.json.data.length).toBe(50);
      const status = action === "disable" ? "disabled" : "active";
      const rows = await sql(`SELECT count(*)::int AS n FROM audit_events
        WHERE details->>'job' = '${json.id}' AND details->'status'->>'to' = '${status}'`);
      expect(rows).toEqual([{ n: job.changed }]);
    }
  });

  test("cancelled: what is done stays done, the rest stays as it was", async () => {
    await storeUsers(installation, "half", 20_000);
    const { json } = await bulk({ action: "disable", filter: { search: "half-" } });
    const cancelled = await post(base, `/v1/jobs/${json.id}/cancel`, undefined, asAdmin);
    expect(cancelled.json).toMatchObject({ state: "cancelled" });
    const { changed } = cancelled.json;
    expect(changed).toBeLessThan(20_000);
    const again = await post(base, `/v1/jobs/${json.id}/cancel`, undefined, asAdmin);
    expect(again.json).toEqual(cancelled.json);
    expect(
      await sql(`SELECT count(*)::int AS n FROM users
        WHERE email LIKE 'half-%' AND status = 'disabled'`),
    ).toEqual([{ n: changed }]);
  });

  test("a selection that has changed since the preview is not touched", async () => {
    await storeUsers(installation, "fresh", 2);
    const filter = { search: "fresh-" };
    const refused = await bulk({ action: "delete", filter, expected: 1 });
    expect(refused.status).toBe(409);
    expect(refused.json).toMatchObject({ code: "SELECTION_CHANGED", preview: { total: 2 } });
    expect((await idsOf("fresh-%")).length).toBe(2);
    expect((await bulk({ action: "delete", filter, expected: 2 })).status).toBe(202);
  });

  test.each([
    ["nothing", {}],
    ["an unknown action", { action: "promote", ids: [NOBODY] }],
    ["no selection", { action: "disable" }],
    ["two selections", { action: "disable", ids: [NOBODY], filter: {} }],
    ["an empty selection", { action: "disable", ids: [] }],
    ["ids that are none", { action: "disable", ids: ["' OR 1=1 --"] }],
    ["ids that are no list", { action: "disable", ids: { length: 1 } }],
    ["1,001 ids", { action: "disable", ids: Array.from({ length: 1_001 }, () => NOBODY) }],
    ["a filter with a slip", { action: "delete", filter: { rolle: "reader" } }],
    ["a filter that is none", { action: "delete", filter: "everybody" }],
    ["a filter with NUL", { action: "disable", filter: { search: "a\0" } }],
    ["a reason with NUL", { action: "disable", reason: "a\0", ids: [NOBODY] }],
    ["a reason of 501", { action: "disable", reason: "x".repeat(501), ids: [NOBODY] }],
    ["no role", { action: "changeRole", ids: [NOBODY] }],
    ["an unknown role", { action: "changeRole", role: "emperor", ids: [NOBODY] }],
  ])("%s is 400 and starts nothing", async (_name, body) => {
    const before = await sql("SELECT count(*) FROM jobs");
    expect((await bulk(body)).status).toBe(400);
    expect(await sql("SELECT count(*) FROM jobs")).toEqual(before);
  });

  test("more than 50,000 is refused, in preview and in earnest", async () => {
    await sql("INSERT INTO roles (slug, name) VALUES ('mass', 'Mass')");
    await sql(`INSERT INTO users (email, role_id) SELECT 'mass' || n || '@example.com', roles.id
      FROM generate_series(1, 50001) AS n, roles WHERE slug = 'mass'`);
    const asked = { action: "signOut", filter: { role: "mass" } };
    for (const dryRun of [true, false]) {
      const refused = await bulk({ ...asked, dryRun });
      expect(refused.status).toBe(400);
      expect(refused.json).toMatchObject({ code: "TOO_MANY_USERS" });
    }
    await sql("DELETE FROM users WHERE email = 'mass1@example.com'");
    const most = await bulk({ ...asked, dryRun: true });
    expect(most.json).toMatchObject({ total: 50_000, unchanged: 50_000 });
  });

  test("a job is seen by its creator and by whoever may do everything, and by nobody else", async () => {
    const manager = await person("m2@example.com", "manager");
    const other = await person("m3@example.com", "manager");
    const { job } = await run({ action: "signOut", ids: [NOBODY] }, manager.headers);
    const paths = [
      `/v1/jobs/${job.id}`,
      `/v1/jobs/${job.id}/items`,
      `/v1/jobs/${job.id}/items.csv`,
    ];
    for (const path of paths) {
      expect((await get(base, path)).status, path).toBe(401);
      expect((await get(base, path, other.headers)).status, path).toBe(404);
      expect((await get(base, path, manager.headers)).status, path).toBe(200);
      expect((await get(base, path, asAdmin)).status, path).toBe(200);
    }
    for (const verb of ["start", "cancel"]) {
      const path = `/v1/jobs/${job.id}/${verb}`;
      expect((await call(base, "POST", path, { headers: other.headers })).status).toBe(404);
    }
    const own = await get(base, "/v1/jobs", manager.headers);
    expect(own.json.data.map(({ id }: { id: string }) => id)).toEqual([job.id]);
    expect((await get(base, "/v1/jobs", other.headers)).json.data).toEqual([]);
    for (const id of ["x", NOBODY, "..%2f"]) {
      expect((await get(base, `/v1/jobs/${id}`, asAdmin)).status).toBe(404);
    }
    for (const query of ["limit=0", "cursor=x", "outcome=all", "cursor=eyJwb3NpdGlvbiI6MWUyMH0"]) {
      expect((await get(base, `/v1/jobs/${job.id}/items?${query}`, asAdmin)).status).toBe(400);
    }
    for (const query of ["limit=0", "cursor=x", "state=all"]) {
      expect((await get(base, `/v1/jobs?${query}`, asAdmin)).status).toBe(400);
    }
  });

  test("pages of jobs are walked by cursor and Link", async () => {
    const all = await get(base, "/v1/jobs?limit=100", asAdmin);
    const seen: string[] = [];
    let path = "/v1/jobs?limit=3";
    while (path !== "") {
      const page = await get(base, path, asAdmin);
      seen.push(...page.json.data.map(({ id }: { id: string }) => id));
      path = /<([^>]+)>; rel="next"/.exec(page.headers.get("link") ?? "")?.[1] ?? "";
    }
    expect(seen).toEqual(all.json.data.map(({ id }: { id: string }) => id));
  });

  test("from a page of another origin nothing is started", async () => {
    const headers = { ...asAdmin, origin: "https://evil.example" };
    expect((await bulk({ action: "delete", filter: {} }, headers)).status).toBe(403);
  });
});
