import { beforeAll, describe, expect, test } from "vitest";
import { apiToken } from "../support/claimed";
import { bearer, call, get, post } from "../support/http";
import { endOfJob } from "../support/jobs";
import { OWNER } from "../support/owner";
import { type Shared, sharedClaimed } from "../support/shared-claimed";

const PASSWORD = "a fine passphrase";

describe("roles that fit a job: each part of a change by itself", () => {
  let installation: Shared;
  let base: string;
  let asAdmin: Record<string, string>;
  let count = 0;

  beforeAll(async () => {
    installation = await sharedClaimed();
    base = installation.baseUrl;
    asAdmin = bearer(await apiToken(installation));
  });

  const create = async (role = "predefined_user") => {
    const email = `part-${++count}@example.com`;
    const { json } = await post(base, "/v1/users", { email, role, password: PASSWORD }, asAdmin);
    return { id: String(json.id), email };
  };
  /** Somebody whose role allows to read users, and these. */
  const holder = async (action: string[], conditions?: object) => {
    const policies = [
      { action: "read", subject: "User" },
      { action, subject: "User", ...(conditions && { conditions }) },
    ];
    const role = await post(base, "/v1/roles", { name: `Job ${++count}`, policies }, asAdmin);
    expect(role.status, role.text).toBe(201);
    const { email } = await create(role.json.slug);
    const login = await post(base, "/api/auth/login", { email, password: PASSWORD });
    return bearer(login.json.accessToken);
  };
  const withFactor = async () => {
    const person = await create();
    await installation.sql(
      `INSERT INTO totp_factors (user_id, secret, confirmed_at) VALUES ('${person.id}', 'sealed', now())`,
    );
    return person;
  };
  const patch = (id: string, body: object) => (headers: Record<string, string>) =>
    call(base, "PATCH", `/v1/users/${id}`, { body, headers });

  /** What each part is, done to somebody who was made for it. */
  const DOINGS: Record<
    string,
    () => Promise<(headers: Record<string, string>) => Promise<{ status: number }>>
  > = {
    updateProfile: async () => patch((await create()).id, { name: "New", metadata: { a: 1 } }),
    updateEmail: async () => patch((await create()).id, { email: `new-${++count}@example.com` }),
    updateRole: async () => {
      await installation.sql(
        "INSERT INTO roles (slug, name) VALUES ('plain', 'Plain') ON CONFLICT DO NOTHING",
      );
      return patch((await create()).id, { role: "plain" });
    },
    updateStatus: async () => patch((await create()).id, { status: "disabled" }),
    resetPassword: async () => {
      const { id } = await create();
      return (headers) => call(base, "POST", `/v1/users/${id}/password-reset`, { headers });
    },
    endSessions: async () => {
      const { id } = await create();
      return (headers) => call(base, "DELETE", `/v1/users/${id}/sessions`, { headers });
    },
    removeFactor: async () => {
      const { id } = await withFactor();
      return (headers) => call(base, "DELETE", `/v1/users/${id}/second-factor`, { headers });
    },
  };
  const PARTS = Object.keys(DOINGS);

  test.each(PARTS)("%s allows that and no other", async (part) => {
    const headers = await holder([part]);
    for (const [other, doing] of Object.entries(DOINGS)) {
      const { status } = await (await doing())(headers);
      if (other === part) expect(status, other).toBeLessThan(300);
      else expect(status, other).toBe(403);
    }
  });

  test("who may change users may do each part; who may do all parts may not say so", async () => {
    const headers = await holder(["update"]);
    for (const doing of Object.values(DOINGS)) {
      expect((await (await doing())(headers)).status).toBeLessThan(300);
    }
    const maker = await post(
      base,
      "/v1/roles",
      {
        name: `Maker ${++count}`,
        policies: [
          { action: PARTS, subject: "User" },
          { action: ["create", "read"], subject: "Role" },
        ],
      },
      asAdmin,
    );
    const { email } = await create(maker.json.slug);
    const login = await post(base, "/api/auth/login", { email, password: PASSWORD });
    const asMaker = bearer(login.json.accessToken);
    const make = (action: string | string[]) =>
      post(
        base,
        "/v1/roles",
        { name: `R ${++count}`, policies: [{ action, subject: "User" }] },
        asMaker,
      );
    expect((await make("resetPassword")).status).toBe(201);
    expect((await make("update")).status).toBe(403);
    expect((await make("manage")).status).toBe(403);
  });

  test("support helps people in, takes over nobody's address, and touches nobody above", async () => {
    const headers = await holder(["resetPassword", "endSessions", "removeFactor"]);
    const { id } = await create();
    for (const body of [{ email: "mine@example.com" }, { name: "X" }, { status: "disabled" }]) {
      expect((await patch(id, body)(headers)).status).toBe(403);
    }
    expect((await get(base, `/v1/users/${id}`, headers)).json.email).not.toBe("mine@example.com");
    const [owner] = await installation.sql(`SELECT id FROM users WHERE email = '${OWNER.email}'`);
    for (const doing of ["password-reset", "second-factor"]) {
      const method = doing === "second-factor" ? "DELETE" : "POST";
      expect(
        (await call(base, method, `/v1/users/${owner?.["id"]}/${doing}`, { headers })).status,
      ).toBe(403);
    }
  });

  test("a second factor that is removed takes its codes and sessions along, once, in the trail", async () => {
    const headers = await holder(["removeFactor"]);
    const { id, email } = await withFactor();
    await installation.sql(
      `INSERT INTO sessions (user_id, door, expires_at) VALUES ('${id}', 'browser', now() + interval '1 day')`,
    );
    await installation.sql(
      `INSERT INTO recovery_codes (user_id, digest) VALUES ('${id}', '${"a".repeat(64)}')`,
    );
    const remove = () => call(base, "DELETE", `/v1/users/${id}/second-factor`, { headers });
    expect((await remove()).status).toBe(204);
    expect((await remove()).status).toBe(204);
    const [left] = await installation.sql(`SELECT
      (SELECT count(*)::int FROM totp_factors WHERE user_id = '${id}') AS factors,
      (SELECT count(*)::int FROM recovery_codes WHERE user_id = '${id}') AS codes,
      (SELECT count(*)::int FROM sessions WHERE user_id = '${id}' AND ended_at IS NULL) AS sessions`);
    expect(left).toEqual({ factors: 0, codes: 0, sessions: 0 });
    const trail = await get(base, `/v1/audit?action=factor.removed&targetId=${id}`, asAdmin);
    expect(trail.json.data).toHaveLength(1);
    expect(trail.json.data[0]).toMatchObject({ details: { apps: 1, passkeys: 0 } });
    expect((await post(base, "/api/auth/login", { email, password: PASSWORD })).status).toBe(200);
  });

  test("many at once: by the part that it is", async () => {
    const headers = await holder(["endSessions"], { "role.slug": "predefined_user" });
    const { id } = await create();
    const bulk = (action: string) => post(base, "/v1/users/bulk", { action, ids: [id] }, headers);
    expect((await bulk("disable")).status).toBe(403);
    expect((await bulk("delete")).status).toBe(403);
    const started = await bulk("signOut");
    expect(started.status).toBe(202);
    expect(await endOfJob(base, started.json.id, asAdmin)).toMatchObject({ rejected: 0 });
  });
});
