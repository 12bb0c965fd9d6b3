import { beforeAll, beforeEach, describe, expect, test } from "vitest";
import { apiToken } from "../support/claimed";
import { bearer, call, get, post } from "../support/http";
import { endOfJob } from "../support/jobs";
import { type Shared, sharedClaimed } from "../support/shared-claimed";

const PASSWORD = "a fine passphrase";
const SUPER = "predefined_super_admin";
const PLAIN = "predefined_user";

type Headers = Record<string, string>;

let installation: Shared;
let base: string;
let asAdmin: Headers;
let adminId: string;
let count = 0;

beforeAll(async () => {
  installation = await sharedClaimed();
  base = installation.baseUrl;
  asAdmin = bearer(await apiToken(installation));
  adminId = (await get(base, "/v1/auth/me", asAdmin)).json.id;
  const policies = JSON.stringify([{ action: "manage", subject: "User" }]);
  await installation.sql(
    `INSERT INTO roles (slug, name, policies) VALUES ('manager', 'Manager', '${policies}')`,
  );
});
beforeEach(() => installation.sql("DELETE FROM rate_limits"));

const someone = () => `person-${++count}@example.com`;
/** Makes a user whose password is PASSWORD. */
const create = async (role = PLAIN, fields: object = {}) => {
  const body = { email: someone(), name: "Somebody", password: PASSWORD, role, ...fields };
  return (await post(base, "/v1/users", body, asAdmin)).json as { id: string; email: string };
};
const signIn = async (email: string, password = PASSWORD) =>
  bearer((await post(base, "/api/auth/login", { email, password })).json.accessToken);
/** A new user, signed in. */
const arrive = async (role = PLAIN) => {
  const { id, email } = await create(role);
  return { id, email, headers: await signIn(email) };
};
/** As if the user had signed in longer ago than a confirmation lasts. */
const goStale = (userId: string) =>
  installation.sql(
    `UPDATE sessions SET confirmed_at = now() - interval '15 minutes 1 second' WHERE user_id = '${userId}'`,
  );
const me = (headers: Headers) => get(base, "/v1/auth/me", headers);
const patchMe = (body: unknown, headers: Headers) =>
  call(base, "PATCH", "/v1/auth/me", { body, headers });
const confirm = (password: unknown, headers: Headers) =>
  post(base, "/v1/auth/confirm", { password }, headers);
const tokenOf = async (headers: Headers, abilities = ["*"]) =>
  bearer((await post(base, "/v1/tokens", { name: "script", abilities }, headers)).json.token);

describe("one's own profile", () => {
  test("anybody changes their own name and address, and nothing else of theirs", async () => {
    const { id, headers } = await arrive();
    const elsewhere = await signIn((await me(headers)).json.email);
    const { json: before } = await me(headers);
    await installation.sql(`UPDATE users SET email_verified_at = now() WHERE id = '${id}'`);
    const link = await post(base, `/v1/users/${id}/password-reset`, undefined, asAdmin);
    expect(link.status).toBe(201);
    const email = someone();

    const saved = await patchMe(
      {
        name: " Zoë ",
        email: ` ${email.toUpperCase()} `,
        role: SUPER,
        status: "disabled",
        id: adminId,
      },
      headers,
    );
    expect(saved.status).toBe(200);
    const { updatedAt, ...rest } = before;
    expect(saved.json).toEqual({
      ...rest,
      name: "Zoë",
      email,
      emailVerifiedAt: null,
      updatedAt: expect.any(String),
    });
    expect(saved.headers.get("etag")).toBe((await me(headers)).headers.get("etag"));
    expect(await me(elsewhere)).toMatchObject({ status: 200, json: { email } });
    const [row] = await installation.sql(
      `SELECT count(*)::int AS live FROM user_links WHERE user_id = '${id}' AND revoked_at IS NULL`,
    );
    expect(row?.["live"]).toBe(0);
    const [event] = await installation.sql(
      `SELECT action, actor_id, target_label, details FROM audit_events WHERE target_id = '${id}' ORDER BY audit_events.id DESC LIMIT 1`,
    );
    expect(event).toEqual({
      action: "user.updated",
      actor_id: id,
      target_label: before.email,
      details: { name: { from: "Somebody", to: "Zoë" }, email: { from: before.email, to: email } },
    });
    expect(await patchMe({ name: null }, headers)).toMatchObject({ json: { name: null, email } });
  });

  test("an address that somebody has, that is none, or a name that cannot be is refused", async () => {
    const { headers } = await arrive();
    const before = (await me(headers)).json;
    const taken = await patchMe({ email: "ADA@example.com" }, headers);
    expect(taken).toMatchObject({ status: 409, json: { code: "EMAIL_TAKEN" } });
    for (const body of [
      { email: "nobody" },
      { email: null },
      { email: 5 },
      { name: "a\u0000b" },
      { name: "x".repeat(256) },
      { name: [] },
      [],
      null,
      "text",
    ]) {
      expect(await patchMe(body, headers), JSON.stringify(body)).toMatchObject({ status: 400 });
    }
    expect((await me(headers)).json).toEqual(before);
  });

  test("20 who want one address at once: one gets it", async () => {
    const people = await Promise.all(Array.from({ length: 20 }, () => arrive()));
    const email = someone();
    const answers = await Promise.all(people.map(({ headers }) => patchMe({ email }, headers)));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, ...Array(19).fill(409)]);
  });

  test("an edit of what has changed since is stale", async () => {
    const { id, headers } = await arrive();
    const etag = (await me(headers)).headers.get("etag") ?? "";
    await call(base, "PATCH", `/v1/users/${id}`, { body: { name: "Theirs" }, headers: asAdmin });
    const mine = { name: "Mine" };
    const stale = await patchMe(mine, { ...headers, "if-match": etag });
    expect(stale).toMatchObject({ status: 412, json: { code: "STALE" } });
    const now = (await me(headers)).headers.get("etag") ?? "";
    expect((await patchMe(mine, { ...headers, "if-match": now })).json.name).toBe("Mine");
  });

  test("a token acts for its owner, and is never its owner at a keyboard", async () => {
    const { headers } = await arrive();
    const whole = await tokenOf(headers);
    const bounded = await tokenOf(headers, ["users:write"]);
    expect((await patchMe({ name: "By script" }, whole)).status).toBe(200);
    const refused = await patchMe({ email: someone() }, whole);
    expect(refused).toMatchObject({ status: 403, json: { code: "CONFIRMATION_REQUIRED" } });
    expect(await patchMe({ name: "X" }, bounded)).toMatchObject({
      status: 403,
      json: { code: "FORBIDDEN" },
    });
  });
});

describe("one's own data", () => {
  const ask = (headers: Headers, method = "GET") =>
    call(base, method, "/v1/auth/me/export", { headers });
  const exportsOf = (id: string) =>
    installation.sql(
      `SELECT actor_id, target_id FROM audit_events WHERE action = 'user.dataExported' AND actor_id = '${id}'`,
    );

  test("is one file of all that is kept, and of nothing that opens an account", async () => {
    const { id, email, headers } = await arrive();
    const elsewhere = await signIn(email);
    await tokenOf(headers);
    await installation.sql(`
      INSERT INTO passkeys (id, user_id, name, public_key) VALUES ('key-of-${id}', '${id}', 'Laptop', 'publickey');
      INSERT INTO totp_factors (user_id, secret, confirmed_at) VALUES ('${id}', 'sealedsecret', now());
      INSERT INTO recovery_codes (user_id, digest) VALUES ('${id}', '${"d".repeat(64)}')`);
    await call(base, "PATCH", `/v1/users/${id}`, { body: { name: "Zoë" }, headers: asAdmin });

    const answer = await ask(headers);
    expect(answer.status).toBe(200);
    expect(answer.headers.get("content-disposition")).toMatch(
      /^attachment; filename="latchkey-account-\d{4}-\d\d-\d\d\.json"$/,
    );
    const { exportedAt, profile, secondFactor, sessions, tokens, activity, ...more } = answer.json;
    expect(more).toEqual({});
    expect(Date.parse(exportedAt)).not.toBeNaN();
    expect(profile).toEqual((await me(headers)).json);
    expect(secondFactor).toMatchObject({ recoveryCodesLeft: 1, passkeys: [{ name: "Laptop" }] });
    expect(sessions.map(({ userId }: { userId: string }) => userId)).toEqual([id, id]);
    expect((await me(elsewhere)).status).toBe(200);
    expect(tokens).toMatchObject([{ userId: id, name: "script", abilities: ["*"] }]);
    const [newest, byAdmin] = activity as { action: string; address: string | null }[];
    expect(newest).toMatchObject({ action: "user.dataExported", target: { id } });
    expect(byAdmin).toMatchObject({ action: "user.updated", address: null });
    for (const secret of ["publickey", "sealedsecret", "dddd", "$2b$", "argon2"]) {
      expect(answer.text, secret).not.toContain(secret);
    }
    expect(await exportsOf(id)).toEqual([{ actor_id: id, target_id: id }]);
  });

  test("long lists are in it whole, each row once", async () => {
    const { id, headers } = await arrive();
    await installation.sql(`
      INSERT INTO sessions (user_id, door, expires_at)
      SELECT '${id}', 'api', now() + interval '1 day' FROM generate_series(1, 230);
      INSERT INTO audit_events (action, actor_id, actor_label, target_type, target_id, target_label)
      SELECT 'user.updated', CASE WHEN n % 2 = 0 THEN '${id}'::uuid END, 'x', 'user', '${id}', 'x'
      FROM generate_series(1, 2500) AS n`);
    const { sessions, tokens, activity } = (await ask(headers)).json;
    expect(tokens).toEqual([]);
    expect(new Set(sessions.map((each: { id: string }) => each.id)).size).toBe(231);
    expect(sessions).toHaveLength(231);
    const updated = activity.filter(({ action }: { action: string }) => action === "user.updated");
    expect(updated).toHaveLength(2500);
    expect(new Set(activity.map((each: { id: number }) => each.id)).size).toBe(activity.length);
  });

  test("is for the whole person; whoever only asks for its head leaves no trace", async () => {
    const { id, headers } = await arrive();
    expect((await ask(await tokenOf(headers, ["users:read"]))).status).toBe(403);
    expect(await ask(headers, "HEAD")).toMatchObject({ status: 200, text: "" });
    expect(await exportsOf(id)).toEqual([]);
    expect((await ask(await tokenOf(headers))).status).toBe(200);
    expect(await exportsOf(id)).toHaveLength(1);
  });
});

describe("leaving", () => {
  const leave = (headers: Headers) => call(base, "DELETE", "/v1/auth/me", { headers });

  test("signs out everywhere, and an administrator can restore the account", async () => {
    const { id, email, headers } = await arrive();
    const elsewhere = await signIn(email);
    const token = await tokenOf(headers);
    expect(await leave(headers)).toMatchObject({ status: 204, text: "" });
    for (const each of [headers, elsewhere, token]) expect((await me(each)).status).toBe(401);
    expect((await post(base, "/api/auth/login", { email, password: PASSWORD })).status).toBe(401);
    expect((await leave(headers)).status).toBe(401);
    const [event] = await installation.sql(
      `SELECT action, actor_id, target_id, target_label FROM audit_events WHERE actor_id = '${id}' ORDER BY audit_events.id DESC LIMIT 1`,
    );
    expect(event).toEqual({
      ...{ action: "user.deleted", actor_id: id, target_id: id, target_label: email },
    });

    const restored = await post(base, `/v1/deleted-users/${id}/restore`, undefined, asAdmin);
    expect(restored).toMatchObject({ status: 200, json: { id, email } });
    expect((await me(headers)).status).toBe(401);
    expect((await me(await signIn(email))).status).toBe(200);
  });

  test("takes a confirmed session; a token is nobody at a keyboard", async () => {
    const { id, headers } = await arrive();
    const whole = await tokenOf(headers);
    const bounded = await tokenOf(headers, ["users:write"]);
    const refused = (code: string) => ({ status: 403, json: { code } });
    expect(await leave(whole)).toMatchObject(refused("CONFIRMATION_REQUIRED"));
    expect(await leave(bounded)).toMatchObject(refused("FORBIDDEN"));
    await goStale(id);
    expect(await leave(headers)).toMatchObject(refused("CONFIRMATION_REQUIRED"));
    expect((await me(headers)).status).toBe(200);
    await confirm(PASSWORD, headers);
    expect((await leave(headers)).status).toBe(204);
  });

  test("the last administrators cannot all go, also at the same moment", async () => {
    const admins = await Promise.all([arrive(SUPER), arrive(SUPER)]);
    await installation.sql(`
      UPDATE users SET status = 'disabled' WHERE status = 'active'
        AND role_id = (SELECT id FROM roles WHERE slug = '${SUPER}')
        AND id NOT IN (${admins.map(({ id }) => `'${id}'`).join()}, '${adminId}')`);
    await installation.sql(`UPDATE users SET status = 'disabled' WHERE id = '${adminId}'`);
    const answers = await Promise.all(admins.map(({ headers }) => leave(headers)));
    await installation.sql(`UPDATE users SET status = 'active' WHERE id = '${adminId}'`);
    asAdmin = bearer(await apiToken(installation));
    expect(answers.map(({ status }) => status).sort()).toEqual([204, 409]);
    expect(answers.find(({ status }) => status === 409)?.json.code).toBe("LAST_ADMIN");
  });
});

describe("confirming", () => {
  test("a session is confirmed by the password, for itself alone", async () => {
    const { id, email, headers } = await arrive();
    const elsewhere = await signIn(email);
    await goStale(id);
    const change = { email: someone() };
    const asked = await patchMe(change, headers);
    expect(asked).toMatchObject({ status: 403, json: { code: "CONFIRMATION_REQUIRED" } });
    expect(asked.json.detail).toContain("POST /v1/auth/confirm");
    expect((await patchMe({ name: "Needs none" }, headers)).status).toBe(200);

    expect(await confirm("not this one", headers)).toMatchObject({
      status: 401,
      json: { code: "WRONG_PASSWORD" },
    });
    expect((await patchMe(change, headers)).status).toBe(403);
    expect(await confirm(PASSWORD, headers)).toMatchObject({ status: 204, text: "" });
    expect((await patchMe(change, elsewhere)).status).toBe(403);
    expect((await patchMe(change, headers)).status).toBe(200);
  });

  test("guesses run out; nonsense is none; a token has nothing to confirm", async () => {
    const { headers } = await arrive();
    const token = await tokenOf(headers);
    for (const password of [undefined, null, "", 5, { $ne: "" }, [PASSWORD]]) {
      expect((await confirm(password, headers)).status).toBe(400);
    }
    expect(await confirm(PASSWORD, token)).toMatchObject({
      status: 403,
      json: { code: "FORBIDDEN" },
    });
    const guesses = Array.from({ length: 30 }, (_, index) => confirm(`guess ${index}`, headers));
    const heard = (await Promise.all(guesses)).map(({ status }) => status).sort();
    expect(heard).toEqual([...Array(10).fill(401), ...Array(20).fill(429)]);
    expect((await confirm(PASSWORD, headers)).status).toBe(429);
  });

  test("signing in confirms, and a changed password asks for the old one instead", async () => {
    const { id, email, headers } = await arrive();
    await goStale(id);
    const body = { current: PASSWORD, next: "another fine passphrase" };
    expect((await call(base, "PUT", "/v1/auth/password", { body, headers })).status).toBe(204);
    const again = await signIn(email, body.next);
    expect((await patchMe({ email: someone() }, again)).status).toBe(200);
  });
});

describe("what takes a confirmed session", () => {
  type Made = { method: string; path: string; body?: unknown; type?: string };
  const invited = async () =>
    (await post(base, "/v1/invitations", { email: someone(), role: SUPER }, asAdmin)).json
      .invitation.id as string;
  const deleted = async () => {
    const { id } = await create(SUPER);
    await call(base, "DELETE", `/v1/users/${id}`, { headers: asAdmin });
    return id;
  };
  const draft = async (headers: Headers) => {
    const answer = await call(base, "POST", "/v1/users/import", {
      body: `email,role\n${someone()},${PLAIN}\n${someone()},${SUPER}\n`,
      headers: { ...headers, "content-type": "text/csv" },
    });
    return answer.json.id as string;
  };
  const role = async (policies: unknown[]) =>
    (await post(base, "/v1/roles", { name: `Role ${++count}`, policies }, asAdmin)).json
      .slug as string;
  const EVERYTHING = [{ action: "manage", subject: "all" }];
  const patch = (id: string, body: unknown) => ({ method: "PATCH", path: `/v1/users/${id}`, body });
  const bulk = (body: object) => ({ method: "POST", path: "/v1/users/bulk", body });
  const admin = async () => (await create(SUPER)).id;
  const plain = async () => (await create()).id;

  const GUARDED: [string, (headers: Headers) => Promise<Made>][] = [
    [
      "creating an administrator",
      async () => ({
        method: "POST",
        path: "/v1/users",
        body: { email: someone(), role: SUPER, password: PASSWORD },
      }),
    ],
    [
      "creating one in the published way",
      async () => ({
        method: "POST",
        path: "/api/v1/auth/create-user",
        body: { email: someone(), name: "X", role: SUPER, password: "SecurePass123" },
      }),
    ],
    [
      "inviting an administrator",
      async () => ({
        method: "POST",
        path: "/v1/invitations",
        body: { email: someone(), role: SUPER },
      }),
    ],
    [
      "a new link for an invited one",
      async () => ({ method: "POST", path: `/v1/invitations/${await invited()}/resend` }),
    ],
    [
      "taking that link back",
      async () => ({ method: "DELETE", path: `/v1/invitations/${await invited()}` }),
    ],
    ["making somebody administrator", async () => patch(await plain(), { role: SUPER })],
    ["demoting an administrator", async () => patch(await admin(), { role: PLAIN })],
    ["disabling an administrator", async () => patch(await admin(), { status: "disabled" })],
    ["an administrator's address", async () => patch(await admin(), { email: someone() })],
    [
      "a role of one's own that allows as much",
      async () => patch(await plain(), { role: await role(EVERYTHING) }),
    ],
    [
      "deleting an administrator",
      async () => ({ method: "DELETE", path: `/v1/users/${await admin()}` }),
    ],
    [
      "restoring an administrator",
      async () => ({ method: "POST", path: `/v1/deleted-users/${await deleted()}/restore` }),
    ],
    [
      "a link to an administrator's password",
      async () => ({ method: "POST", path: `/v1/users/${await admin()}/password-reset` }),
    ],
    [
      "making many administrators",
      async () => bulk({ action: "changeRole", role: SUPER, ids: [await plain(), await plain()] }),
    ],
    [
      "demoting one of many",
      async () => bulk({ action: "changeRole", role: PLAIN, ids: [await plain(), await admin()] }),
    ],
    [
      "disabling one of many",
      async () => bulk({ action: "disable", ids: [await plain(), await admin()] }),
    ],
    ["deleting one of many", async () => bulk({ action: "delete", ids: [await admin()] })],
    [
      "an import with an administrator in it",
      async (headers) => ({ method: "POST", path: `/v1/jobs/${await draft(headers)}/start` }),
    ],
    [
      "widening a role to everything",
      async () => ({
        method: "PATCH",
        path: `/v1/roles/${await role([])}`,
        body: { policies: EVERYTHING },
      }),
    ],
    [
      "narrowing one from everything",
      async () => ({
        method: "PATCH",
        path: `/v1/roles/${await role(EVERYTHING)}`,
        body: { policies: [] },
      }),
    ],
    [
      "making an API token",
      async () => ({ method: "POST", path: "/v1/tokens", body: { name: "x", abilities: ["*"] } }),
    ],
  ];

  let caller: { id: string; headers: Headers };
  let token: Headers;
  beforeAll(async () => {
    caller = await arrive(SUPER);
    token = await tokenOf(caller.headers);
  });
  const send = ({ method, path, body }: Made, headers: Headers) =>
    call(base, method, path, { headers, ...(body !== undefined && { body }) });
  /** Everything that any of these could have changed. */
  const state = async () =>
    JSON.stringify(
      await installation.sql(
        `SELECT (SELECT md5(string_agg(t::text, '' ORDER BY id)) FROM users t) AS users,
           (SELECT md5(string_agg(t::text, '' ORDER BY id)) FROM roles t) AS roles,
           (SELECT md5(string_agg(t::text, '' ORDER BY id)) FROM user_links t) AS links,
           (SELECT md5(string_agg(t::text, '' ORDER BY id)) FROM deleted_users t) AS deleted,
           (SELECT md5(string_agg(t::text, '' ORDER BY id)) FROM jobs t) AS jobs,
           (SELECT count(*) FROM api_tokens) AS tokens, (SELECT max(id) FROM audit_events) AS events`,
      ),
    );

  test.each(GUARDED)("%s", async (_what, make) => {
    await confirm(PASSWORD, caller.headers);
    const request = await make(caller.headers);
    await goStale(caller.id);
    const before = await state();
    const refused = await send(request, caller.headers);
    expect(refused).toMatchObject({ status: 403, json: { code: "CONFIRMATION_REQUIRED" } });
    expect(await state()).toBe(before);

    expect((await confirm(PASSWORD, caller.headers)).status).toBe(204);
    const done = await send(request, caller.headers);
    expect(done.status, done.text).toBeLessThan(300);
    if (done.status === 202) await endOfJob(base, done.json.id, caller.headers);
    expect(await state()).not.toBe(before);
  });

  test.each(GUARDED)("%s, by a token", async (_what, make) => {
    await confirm(PASSWORD, caller.headers);
    const request = await make(token);
    await goStale(caller.id);
    const done = await send(request, token);
    expect(done.status, done.text).toBeLessThan(300);
    if (done.status === 202) await endOfJob(base, done.json.id, token);
  });

  test("a preview that would touch an administrator asks too; the rest is as quick as ever", async () => {
    await goStale(caller.id);
    const ids = [await admin()];
    const preview = await send(bulk({ action: "disable", ids, dryRun: true }), caller.headers);
    expect(preview.json.code).toBe("CONFIRMATION_REQUIRED");
    const person = await plain();
    const target = await arrive(SUPER);
    const { json: own } = await post(
      base,
      "/v1/tokens",
      { name: "leaked", abilities: ["*"] },
      target.headers,
    );
    const free: Made[] = [
      bulk({ action: "disable", ids: [person] }),
      bulk({ action: "signOut", ids }),
      bulk({ action: "enable", ids: [person, ...ids], dryRun: true }),
      patch(person, { email: someone(), name: "X" }),
      patch(ids[0] ?? "", { name: "X" }),
      { method: "GET", path: `/v1/users/${target.id}/sessions` },
      { method: "DELETE", path: `/v1/tokens/${own.id}` },
      { method: "DELETE", path: `/v1/users/${target.id}/sessions` },
      { method: "DELETE", path: `/v1/users/${person}` },
    ];
    for (const request of free) {
      const answer = await send(request, caller.headers);
      expect(answer.status, `${request.method} ${request.path} ${answer.text}`).toBeLessThan(300);
      if (answer.status === 202) await endOfJob(base, answer.json.id, caller.headers);
    }
  });

  test("one's own address is not to be had by the way of administration either", async () => {
    const { id, headers } = await arrive("manager");
    await goStale(id);
    const body = { email: someone() };
    const path = `/v1/users/${id}`;
    await confirm(PASSWORD, headers);
    for (const by of [headers, await tokenOf(headers)]) {
      await goStale(id);
      const refused = await call(base, "PATCH", path, { body, headers: by });
      expect(refused).toMatchObject({ status: 403, json: { code: "CONFIRMATION_REQUIRED" } });
    }
    await confirm(PASSWORD, headers);
    expect((await call(base, "PATCH", path, { body, headers })).status).toBe(200);
  });
});

describe("one's own activity", () => {
  type Event = {
    id: number;
    at: string;
    action: string;
    actor: { id: string | null };
    target: { id: string } | null;
    address: string | null;
    requestId: string | null;
    details: Record<string, unknown>;
  };
  const walk = async (headers: Headers, limit: number) => {
    const events: Event[] = [];
    let cursor = "";
    do {
      const { status, json } = await get(
        base,
        `/v1/auth/me/activity?limit=${limit}${cursor}`,
        headers,
      );
      expect(status).toBe(200);
      events.push(...json.data);
      cursor = json.nextCursor === null ? "" : `&cursor=${json.nextCursor}`;
    } while (cursor !== "");
    return events;
  };

  test("holds what one did and what was done to one, in order, each once, and nothing of others", async () => {
    const bob = await arrive();
    const other = await arrive();
    await patchMe({ name: "Bob" }, bob.headers);
    await patchMe({ name: "Other" }, other.headers);
    const byAdmin = { status: "disabled", disabledReason: "seen with a competitor" };
    await call(base, "PATCH", `/v1/users/${bob.id}`, { body: byAdmin, headers: asAdmin });
    await call(base, "PATCH", `/v1/users/${bob.id}`, {
      body: { status: "active" },
      headers: asAdmin,
    });
    await installation.sql(
      `INSERT INTO audit_events (action, actor_label, target_type, target_id, target_label, address)
       VALUES ('session.blocked', 'sign-in limit', 'user', '${bob.id}', 'x', '203.0.113.9')`,
    );
    const headers = await signIn(bob.email);

    const events = await walk(headers, 100);
    expect(events.map(({ action }) => action)).toEqual([
      "session.started",
      "session.blocked",
      "user.updated",
      "user.updated",
      "user.updated",
      "session.started",
      "user.created",
    ]);
    for (const { actor, target } of events) {
      expect([actor.id, target?.id]).toContain(bob.id);
    }
    const rows = await installation.sql(
      `SELECT id::int FROM audit_events WHERE actor_id = '${bob.id}' OR target_id = '${bob.id}' ORDER BY at DESC, id DESC`,
    );
    for (const limit of [1, 2, 3]) {
      expect((await walk(headers, limit)).map(({ id }) => id)).toEqual(rows.map(({ id }) => id));
    }

    const [, blocked, , disabled, own] = events;
    expect(disabled).toMatchObject({
      actor: { id: adminId },
      address: null,
      requestId: null,
      details: { status: { from: "active", to: "disabled" } },
    });
    expect(JSON.stringify(events)).not.toContain("competitor");
    expect(blocked?.address).toBe("203.0.113.9");
    expect(own).toMatchObject({ actor: { id: bob.id }, address: expect.any(String) });
  });

  test("is for the whole person, and a slip in the query is told", async () => {
    const { headers } = await arrive();
    const bounded = await tokenOf(headers, ["audit:read"]);
    expect((await get(base, "/v1/auth/me/activity", bounded)).status).toBe(403);
    expect((await get(base, "/v1/auth/me/activity", await tokenOf(headers))).status).toBe(200);
    for (const query of ["limit=0", "limit=1000", "cursor=x", "cursor=a&cursor=b"]) {
      expect((await get(base, `/v1/auth/me/activity?${query}`, headers)).status, query).toBe(400);
    }
    // Between the two an event may be sealed, which shows as its hash.
    const events = async (query: string) => {
      const { json } = await get(base, `/v1/auth/me/activity${query}`, headers);
      return json.data.map(({ hash: _, ...event }: { hash: unknown }) => event);
    };
    const mine = await events("");
    expect(mine.length).toBeGreaterThan(0);
    expect(await events(`?actorId=${adminId}`)).toEqual(mine);
  });
});
