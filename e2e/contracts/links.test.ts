import { parse } from "csv-parse/sync";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { apiToken, claimed, inBrowser } from "../support/claimed";
import { sendForm } from "../support/form";
import { type Answer, bearer, call, get, post } from "../support/http";
import type { Installation } from "../support/installation";
import { endOfJob } from "../support/jobs";
import { type Mailbox, openMailbox } from "../support/mailbox";
import { OWNER } from "../support/owner";
import { sharedClaimed } from "../support/shared-claimed";

const PASSWORD = "a fine passphrase";
const NEXT = "another fine passphrase";
const NOBODY = "00000000-0000-4000-8000-000000000000";

let mailbox: Mailbox;
let installation: Installation;
let base: string;
let asAdmin: Record<string, string>;
let asManager: Record<string, string>;
let adminId: string;
let count = 0;
/** Who the guesses of a test are counted for. */
let client: Record<string, string> = {};

beforeAll(async () => {
  mailbox = await openMailbox();
  installation = await claimed({
    env: {
      SMTP_URL: mailbox.url,
      MAIL_FROM: "Latchkey <no-reply@example.com>",
      TRUSTED_PROXIES: "127.0.0.0/8,::1/128",
    },
  });
  base = installation.baseUrl;
  asAdmin = bearer(await apiToken(installation));
  adminId = (await get(base, "/v1/auth/me", asAdmin)).json.id;
  const everything = JSON.stringify([
    { action: ["create", "read", "update", "delete"], subject: "User" },
  ]);
  await installation.sql(
    `INSERT INTO roles (slug, name, policies) VALUES ('manager', 'Manager', '${everything}')`,
  );
  const manager = await create({ role: "manager" });
  asManager = await signIn(manager.email);
});
afterAll(async () => {
  await installation.stop();
  await mailbox.close();
});
beforeEach(async () => {
  mailbox.mode = "take";
  mailbox.messages.length = 0;
  count += 1;
  client = { "x-forwarded-for": `198.18.${count >> 8}.${count & 255}` };
});

const someone = () => `person-${++count}@example.com`;
const create = async (fields: Record<string, unknown> = {}) =>
  (
    await post(
      base,
      "/v1/users",
      { email: someone(), password: PASSWORD, role: "predefined_user", ...fields },
      asAdmin,
    )
  ).json;
const logIn = (email: string, password = PASSWORD) =>
  post(base, "/api/auth/login", { email, password }, client);
const signIn = async (email: string, password = PASSWORD) =>
  bearer((await logIn(email, password)).json.accessToken);
const invite = (fields: Record<string, unknown> = {}, headers = asAdmin) =>
  post(base, "/v1/invitations", { email: someone(), role: "predefined_user", ...fields }, headers);
const reset = (id: string, headers = asAdmin) =>
  call(base, "POST", `/v1/users/${id}/password-reset`, { headers });
const remove = (id: string, headers = asAdmin) =>
  call(base, "DELETE", `/v1/users/${id}`, { headers });
const restore = (id: string, headers = asAdmin) =>
  call(base, "POST", `/v1/deleted-users/${id}/restore`, { headers });
const audit = async (action: string, targetId: string) =>
  (await get(base, `/v1/audit?action=${action}&targetId=${targetId}`, asAdmin)).json.data;
const tokenOf = (link: string) => link.split("#token=")[1] ?? "";

type Step = "open" | "dead" | "wait" | "in" | "refused";

/** What somebody who brought a link sees, by what is on the page, or whether they are in. */
const stepOf = ({ status, text, headers }: Answer): Step => {
  if (headers.getSetCookie().join().includes("latchkey.session.")) return "in";
  if (status !== 200) return "refused";
  const page = text.slice(0, text.indexOf("<script nonce"));
  if (page.includes("This link does not work</h1>")) return "dead";
  if (page.includes('name="password"')) return "open";
  return page.includes("Too many attempts") ? "wait" : "refused";
};

/** Brings a link to /join as a browser without JavaScript does. */
const bring = async (token: string): Promise<Answer> => {
  const { text } = await get(base, "/join", client);
  return sendForm(base, "/join", text, "token", { token }, client);
};
const open = async (token: string) => stepOf(await bring(token));

/** Sends the form that `bring` has led to. */
const choose = (page: Answer, password: string, name = "") =>
  sendForm(base, "/join", page.text, "password", { password, name }, client);
const accept = async (link: string, password = NEXT, name = "") => {
  const page = await bring(link);
  return stepOf(page) === "open" ? stepOf(await choose(page, password, name)) : stepOf(page);
};

describe("an invitation", () => {
  test("makes an invited user, tells the link once, and lets the person in with their own password", async () => {
    const email = someone();
    const invited = await invite({ email, name: "Cleo" });
    expect(invited.status).toBe(201);
    const { invitation, link } = invited.json;
    expect(invited.headers.get("location")).toBe(`/v1/users/${invitation.id}`);
    expect(invited.json).toEqual({
      invitation: {
        id: expect.any(String),
        email,
        name: "Cleo",
        role: { id: expect.any(String), slug: "predefined_user", name: "User" },
        link: "live",
        invitedBy: { id: adminId, label: OWNER.email },
        invitedAt: expect.any(String),
        expiresAt: expect.any(String),
        remindedAt: null,
        createdAt: expect.any(String),
      },
      link: expect.stringMatching(new RegExp(`^${base}/join#token=[A-Za-z0-9_-]{43}$`)),
      mail: "sent",
    });
    const days = (Date.parse(invitation.expiresAt) - Date.now()) / 86_400_000;
    expect(days).toBeGreaterThan(6.99);
    expect(days).toBeLessThanOrEqual(7);

    const listed = await get(base, "/v1/invitations", asAdmin);
    expect(listed.json.data[0]).toEqual(invitation);
    expect(listed.text).not.toContain(tokenOf(link));
    expect((await logIn(email, NEXT)).status).toBe(401);

    const page = (await bring(link)).text.split("<script nonce")[0];
    expect(page).toContain(`invited as ${email}`);
    expect(page).toMatch(/works once, until [A-Z][a-z]+ \d+, \d{4} at \d+:\d\d\s[AP]M UTC/);
    expect(page).toContain('value="Cleo"');
    expect(await accept(link, NEXT, "Cleo Patra")).toBe("in");
    expect((await logIn(email, NEXT)).status).toBe(200);
    const user = (await get(base, `/v1/users/${invitation.id}`, asAdmin)).json;
    // The administrator saw the link, so it proves nothing about the mailbox.
    expect(user).toMatchObject({ status: "active", name: "Cleo Patra", emailVerifiedAt: null });
    expect(await audit("user.invited", invitation.id)).toHaveLength(1);
    expect(await audit("user.joined", invitation.id)).toMatchObject([
      { actor: { id: invitation.id, label: email }, door: "link" },
    ]);
    expect(await open(link)).toBe("dead");
    expect(await accept(link, PASSWORD)).toBe("dead");
    expect((await logIn(email, PASSWORD)).status).toBe(401);
  });

  test("is accepted once, however many try at once", async () => {
    const email = someone();
    const { link, invitation } = (await invite({ email })).json;
    const page = await bring(link);
    const passwords = Array.from({ length: 20 }, (_, i) => `passphrase number ${i}`);
    const steps = await Promise.all(
      passwords.map(async (password) => stepOf(await choose(page, password))),
    );
    expect(steps.filter((step) => step === "in")).toHaveLength(1);
    expect(await audit("user.joined", invitation.id)).toHaveLength(1);
    for (const [i, password] of passwords.entries()) {
      client = { "x-forwarded-for": `198.51.100.${i + 1}` }; // nineteen are wrong
      expect((await logIn(email, password)).status).toBe(steps[i] === "in" ? 200 : 401);
    }
  });

  test("an e-mail address that is taken is 409 and makes no second link", async () => {
    const { email } = await create();
    const taken = await invite({ email: email.toUpperCase() });
    expect(taken.status).toBe(409);
    expect(taken.json.code).toBe("EMAIL_TAKEN");
    const sameTime = someone();
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => invite({ email: sameTime })),
    );
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(1);
    const [links] = await installation.sql(
      `SELECT count(*)::int AS n FROM user_links l JOIN users u ON u.id = l.user_id WHERE u.email = '${sameTime}'`,
    );
    expect(links?.["n"]).toBe(1);
  });

  test("a new link takes back the one before; taken back, it opens nothing", async () => {
    const { link: first, invitation } = (await invite()).json;
    const path = `/v1/invitations/${invitation.id}`;
    const resent = await call(base, "POST", `${path}/resend`, { headers: asAdmin });
    expect(resent.status).toBe(200);
    expect(resent.json.invitation.id).toBe(invitation.id);
    const { link: second } = resent.json;
    expect(await open(first)).toBe("dead");
    expect(await open(second)).toBe("open");
    for (let i = 0; i < 2; i++) {
      expect((await call(base, "DELETE", path, { headers: asAdmin })).status).toBe(204);
    }
    expect(await open(second)).toBe("dead");
    expect(await audit("user.invitationRevoked", invitation.id)).toHaveLength(1);
    const { data } = (await get(base, "/v1/invitations", asAdmin)).json;
    expect(data.find(({ id }: { id: string }) => id === invitation.id).link).toBe("revoked");
  });

  test("twenty new links at once leave one that works", async () => {
    const { invitation } = (await invite()).json;
    const answers = await Promise.all(
      Array.from({ length: 20 }, () =>
        call(base, "POST", `/v1/invitations/${invitation.id}/resend`, { headers: asAdmin }),
      ),
    );
    expect(answers.map(({ status }) => status)).toEqual(Array(20).fill(200));
    const steps = [];
    for (const { json } of answers) steps.push(await open(json.link));
    expect(steps.filter((step) => step === "open")).toHaveLength(1);
  });

  test("the database itself keeps one live link a user and purpose", async () => {
    const { invitation } = (await invite()).json;
    const again = `INSERT INTO user_links (user_id, purpose, digest, created_by_id, created_by_label, expires_at)
      SELECT user_id, purpose, repeat('0', 64), created_by_id, created_by_label, expires_at
      FROM user_links WHERE user_id = '${invitation.id}'`;
    await expect(installation.sql(again)).rejects.toThrow("user_links_one_live");
  });

  test("who has joined, is disabled or never was is no invitation", async () => {
    const { id } = await create();
    for (const [method, path] of [
      ["POST", "/resend"],
      ["DELETE", ""],
    ] as const) {
      const at = (user: string) =>
        call(base, method, `/v1/invitations/${user}${path}`, { headers: asAdmin });
      expect((await at(id)).json.code).toBe("NOT_INVITED");
      expect((await at(NOBODY)).status).toBe(404);
      expect((await at("nope")).status).toBe(404);
    }
    // Created without a password: invited, though no link was made yet.
    const plain = await create({ password: undefined });
    const { data } = (await get(base, "/v1/invitations", asAdmin)).json;
    expect(data[0]).toMatchObject({ id: plain.id, link: "none", invitedBy: null, expiresAt: null });
  });

  test("pages by cursor through every invitation once", async () => {
    const seen: string[] = [];
    let path: string | null = "/v1/invitations?limit=2";
    while (path !== null) {
      const page = await get(base, path, asAdmin);
      expect(page.status).toBe(200);
      expect(page.headers.get("link")).toContain('rel="first"');
      seen.push(...page.json.data.map(({ id }: { id: string }) => id));
      const { nextCursor } = page.json;
      path = nextCursor && `/v1/invitations?limit=2&cursor=${nextCursor}`;
    }
    const [row] = await installation.sql(
      "SELECT count(*)::int AS n FROM users WHERE status = 'invited'",
    );
    expect(seen).toHaveLength(Number(row?.["n"]));
    expect(new Set(seen).size).toBe(seen.length);
    for (const bad of ["limit=0", "cursor=zzz", "cursor=eyJpZCI6MX0"]) {
      expect((await get(base, `/v1/invitations?${bad}`, asAdmin)).status, bad).toBe(400);
    }
  });

  test.each([
    { email: "nope" },
    { email: "" },
    { email: "a\r\nBcc: x@example.com" },
    { role: "nobody" },
    { name: "x".repeat(256) },
    { name: "Bob\r\nBcc: x@example.com" },
  ])("%j is 400", async (fields) => {
    const answer = await invite(fields);
    expect(answer.status).toBe(400);
    expect(answer.json.code).toBe("VALIDATION_FAILED");
    expect(mailbox.messages).toEqual([]);
  });
});

describe("a link to a new password", () => {
  test("ends every session, keeps the old password until it is used, and is used once", async () => {
    const { id, email } = await create();
    const asUser = await signIn(email);
    const started = await reset(id);
    expect(started.status).toBe(201);
    const hours = (Date.parse(started.json.expiresAt) - Date.now()) / 3_600_000;
    expect(hours).toBeGreaterThan(23.9);
    expect(hours).toBeLessThanOrEqual(24);
    expect((await logIn(email)).status).toBe(200);
    expect((await get(base, "/v1/auth/me", asUser)).status).toBe(200);

    expect(await accept(started.json.link)).toBe("in");
    expect((await get(base, "/v1/auth/me", asUser)).status).toBe(401);
    expect((await logIn(email)).status).toBe(401);
    expect((await logIn(email, NEXT)).status).toBe(200);
    expect(await open(started.json.link)).toBe("dead");
    expect(await audit("user.passwordResetStarted", id)).toMatchObject([
      { actor: { id: adminId } },
    ]);
    expect(await audit("user.passwordReset", id)).toMatchObject([{ actor: { id }, door: "link" }]);
  });

  test.each([
    ["disabled", "UPDATE users SET status = 'disabled' WHERE id = "],
    ["given another password", "UPDATE users SET password_hash = NULL WHERE id = "],
    ["given another e-mail", "UPDATE users SET email = 'moved-' || email WHERE id = "],
    ["deleted", "DELETE FROM users WHERE id = "],
    ["out of date", "UPDATE user_links SET expires_at = now() WHERE user_id = "],
  ])("opens nothing once its user is %s", async (_what, sql) => {
    const { id } = await create();
    const { link } = (await reset(id)).json;
    const page = await bring(link);
    expect(stepOf(page)).toBe("open");
    await installation.sql(`${sql}'${id}'`);
    expect(await open(link)).toBe("dead");
    expect(stepOf(await choose(page, NEXT))).toBe("dead");
  });

  test("does not come back with the user", async () => {
    const { id } = await create();
    const { link } = (await reset(id)).json;
    for (const status of ["disabled", "active"]) {
      const body = { status };
      await call(base, "PATCH", `/v1/users/${id}`, { body, headers: asAdmin });
    }
    expect(await open(link)).toBe("dead");
  });

  test("is worth what its maker may still do", async () => {
    const manager = await create({ role: "manager" });
    const headers = await signIn(manager.email);
    const promoted = await create();
    const kept = await create();
    const toPromoted = (await reset(promoted.id, headers)).json.link;
    const toKept = (await reset(kept.id, headers)).json.link;
    const invited = (await invite({}, headers)).json.invitation.id;
    const stateOf = async () =>
      (await get(base, "/v1/invitations", asAdmin)).json.data.find(
        ({ id }: { id: string }) => id === invited,
      ).link;
    expect(await stateOf()).toBe("live");
    // A manager who waits until the other is administrator climbs nowhere.
    await call(base, "PATCH", `/v1/users/${promoted.id}`, {
      body: { role: "predefined_super_admin" },
      headers: asAdmin,
    });
    expect(await open(toPromoted)).toBe("dead");
    expect(await open(toKept)).toBe("open");
    await call(base, "PATCH", `/v1/users/${manager.id}`, {
      body: { status: "disabled" },
      headers: asAdmin,
    });
    expect(await open(toKept)).toBe("dead");
    expect(await stateOf()).toBe("revoked");
    await call(base, "PATCH", `/v1/users/${promoted.id}`, {
      body: { role: "predefined_user" },
      headers: asAdmin,
    });
  });

  test("is refused for oneself, the disabled, the invited and the unknown", async () => {
    expect((await reset(adminId)).json.code).toBe("OWN_PASSWORD");
    const disabled = await create();
    const body = { status: "disabled" };
    await call(base, "PATCH", `/v1/users/${disabled.id}`, { body, headers: asAdmin });
    expect((await reset(disabled.id)).json.code).toBe("NOT_ACTIVE");
    expect((await reset((await invite()).json.invitation.id)).json.code).toBe("NOT_ACTIVE");
    for (const id of [NOBODY, "nope"]) expect((await reset(id)).status).toBe(404);
  });

  test("a password that breaks the rules is told, and costs nothing", async () => {
    const { id, email } = await create();
    const { link } = (await reset(id)).json;
    for (const [password, words] of [
      ["", "Fill in this field."],
      ["short", "Use at least 8 characters."],
      ["password1", "among the first that attackers try"],
      [email, "not your name or your e-mail address"],
    ] as const) {
      const answer = await choose(await bring(link), password);
      expect(stepOf(answer)).toBe("open");
      expect(answer.text.split("<script nonce")[0]).toContain(words);
    }
    expect(await accept(link)).toBe("in");
  });
});

describe("tokens", () => {
  test("a dump of the database holds none that works", async () => {
    const { link } = (await invite()).json;
    const { link: other } = (await reset((await create()).id)).json;
    const mailed = mailbox.messages.map(({ text }) => /#token=(\S+)/.exec(text)?.[1] ?? "");
    expect(mailed).toHaveLength(2);
    const tables = await installation.sql(
      "SELECT table_name AS name FROM information_schema.tables WHERE table_schema = 'public'",
    );
    const dump = await Promise.all(
      tables.map(({ name }) =>
        installation.sql(`SELECT to_jsonb(t)::text AS row FROM "${name}" t`),
      ),
    );
    const text = JSON.stringify(dump);
    expect(text).toContain("person-");
    for (const token of [tokenOf(link), tokenOf(other), ...mailed]) {
      expect(token).toHaveLength(43);
      expect(text).not.toContain(token);
      expect(installation.logs()).not.toContain(token);
    }
    // What is in the dump is no key either.
    const digests = await installation.sql("SELECT digest FROM user_links WHERE used_at IS NULL");
    expect(await open(String(digests[0]?.["digest"]))).toBe("dead");
  });

  test("wrong ones are one page, and are soon too many; a right one costs nothing", async () => {
    const { link } = (await invite()).json;
    const wrong = ["x", "A".repeat(43), `${base}/join#token=${"B".repeat(43)}`, "%00", "🙂", "'--"];
    for (const token of wrong) expect(await open(token), token).toBe("dead");
    for (let i = 0; i < 20; i++) expect(await open(link)).toBe("open");
    const page = await bring(link);
    const steps = [];
    for (let i = 0; i < 16; i++) steps.push(await open("A".repeat(43)));
    expect(steps).toEqual([...Array(14).fill("dead"), "wait", "wait"]);
    // Then not even a right one is looked at, and nothing is hashed for it.
    expect(await open(link)).toBe("wait");
    const chosen = await choose(page, NEXT);
    expect(chosen.text.split("<script nonce")[0]).toContain("Too many attempts");
    // Somebody else is not kept waiting.
    client = { "x-forwarded-for": "192.0.2.1" };
    expect(await accept(link)).toBe("in");
  });

  test("the page is not stored, and sends no address along", async () => {
    const { headers } = await get(base, "/join");
    expect(headers.get("cache-control")).toContain("no-store");
    expect(headers.get("referrer-policy")).toBe("same-origin");
  });
});

describe("rights", () => {
  test("nobody without the right, and nobody above oneself", async () => {
    const { email } = await create();
    const asUser = await signIn(email);
    const invitation = (await invite()).json.invitation.id;
    const admin = await create({ role: "predefined_super_admin" });
    const gone = await create({ role: "predefined_super_admin" });
    await remove(gone.id);
    const rows: [string, string, unknown][] = [
      ["GET", "/v1/invitations", undefined],
      ["POST", "/v1/invitations", { email: "x@example.com" }],
      ["DELETE", `/v1/invitations/${invitation}`, undefined],
      ["POST", `/v1/invitations/${invitation}/resend`, undefined],
      ["POST", `/v1/users/${admin.id}/password-reset`, undefined],
      ["GET", "/v1/deleted-users", undefined],
      ["POST", `/v1/deleted-users/${gone.id}/restore`, undefined],
    ];
    for (const [method, path, body] of rows) {
      const at = `${method} ${path}`;
      expect((await call(base, method, path, { body })).status, at).toBe(401);
      const asked = await call(base, method, path, { body, headers: asUser });
      expect(asked.status, at).toBe(403);
      expect(asked.json.code, at).toBe("FORBIDDEN");
    }
    expect((await reset(admin.id, asManager)).status).toBe(403);
    expect((await remove(admin.id, asManager)).status).toBe(403);
    expect((await restore(gone.id, asManager)).status).toBe(403);
    const above = { role: "predefined_super_admin" };
    expect((await invite(above, asManager)).status).toBe(403);
    const boss = (await invite(above)).json.invitation.id;
    for (const [method, path] of [
      ["POST", "/resend"],
      ["DELETE", ""],
    ] as const) {
      const at = `/v1/invitations/${boss}${path}`;
      expect((await call(base, method, at, { headers: asManager })).status, at).toBe(403);
    }
    expect(mailbox.messages).toHaveLength(2); // the two invitations that were allowed
  });

  test("conditions bound what a manager sees, deletes and restores", async () => {
    const policies = JSON.stringify([
      { action: ["read", "delete"], subject: "User", conditions: { "metadata.team": "red" } },
    ]);
    await installation.sql(
      `INSERT INTO roles (slug, name, policies) VALUES ('red-manager', 'Red', '${policies}')`,
    );
    const manager = await create({ role: "red-manager" });
    const headers = await signIn(manager.email);
    const red = await create();
    const blue = await create();
    for (const [{ id }, team] of [
      [red, "red"],
      [blue, "blue"],
    ]) {
      const body = { metadata: { team } };
      await call(base, "PATCH", `/v1/users/${id}`, { body, headers: asAdmin });
    }
    expect((await remove(blue.id, headers)).status).toBe(404);
    expect((await remove(red.id, headers)).status).toBe(204);
    expect((await remove(blue.id)).status).toBe(204);
    const seen = (await get(base, "/v1/deleted-users", headers)).json.data;
    expect(seen.map(({ id }: { id: string }) => id)).toEqual([red.id]);
    expect((await restore(blue.id, headers)).status).toBe(404);
    expect((await restore(red.id, headers)).status).toBe(200);
  });
});

describe("deleting and restoring", () => {
  test("the same user comes back: id, number, password, role, metadata; sessions and tokens do not", async () => {
    const { id, email } = await create({ name: "Dora", role: "manager" });
    const body = { metadata: { team: "red", deep: { list: [1, null, "x"] } } };
    await call(base, "PATCH", `/v1/users/${id}`, { body, headers: asAdmin });
    const asUser = await signIn(email);
    const before = (await get(base, `/v1/users/${id}`, asAdmin)).json;
    const { link } = (await reset(id)).json;

    expect((await remove(id)).status).toBe(204);
    expect((await get(base, `/v1/users/${id}`, asAdmin)).status).toBe(404);
    expect((await remove(id)).status).toBe(404);
    expect((await get(base, "/v1/auth/me", asUser)).status).toBe(401);
    expect((await logIn(email)).status).toBe(401);
    const listed = await get(base, `/v1/deleted-users?search=${email}`, asAdmin);
    expect(listed.json.data).toEqual([
      {
        id,
        number: before.number,
        email,
        name: "Dora",
        firstName: null,
        lastName: null,
        role: before.role,
        status: "active",
        deletedAt: expect.any(String),
        deletedBy: { id: adminId, label: OWNER.email },
        purgeAt: expect.any(String),
      },
    ]);
    expect(listed.text).not.toContain("$2");

    const restored = await restore(id);
    expect(restored.status).toBe(200);
    const { updatedAt, ...rest } = before;
    expect(restored.json).toMatchObject(rest);
    expect(restored.headers.get("etag")).not.toBeNull();
    expect((await get(base, "/v1/auth/me", asUser)).status).toBe(401);
    expect((await logIn(email)).status).toBe(200);
    expect(await open(link)).toBe("dead");
    expect((await restore(id)).status).toBe(404);
    expect(await audit("user.restored", id)).toHaveLength(1);
    // The next one to be created gets a number of its own.
    expect((await create()).number).toBeGreaterThan(before.number);
  });

  test("what cannot be: the e-mail is taken, 30 days are over, nobody, twice at once", async () => {
    const { id, email } = await create();
    await remove(id);
    const other = await create({ email });
    const taken = await restore(id);
    expect(taken.status).toBe(409);
    expect(taken.json.code).toBe("EMAIL_TAKEN");
    await remove(other.id);
    const answers = await Promise.all(Array.from({ length: 10 }, () => restore(id)));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, ...Array(9).fill(404)]);

    const late = `UPDATE deleted_users SET purge_at = now() WHERE id = '${other.id}'`;
    await installation.sql(late);
    expect((await restore(other.id)).status).toBe(404);
    await get(base, "/v1/deleted-users", asAdmin);
    const left = await installation.sql(`SELECT 1 FROM deleted_users WHERE id = '${other.id}'`);
    expect(left).toEqual([]);
    for (const nobody of [NOBODY, "nope", "%00"]) {
      expect((await restore(nobody)).status).toBe(404);
    }
  });

  test("a role that is gone becomes the plain one, never more", async () => {
    await installation.sql("INSERT INTO roles (slug, name) VALUES ('passing', 'Passing')");
    const { id } = await create({ role: "passing" });
    await remove(id);
    await installation.sql("DELETE FROM roles WHERE slug = 'passing'");
    const [listed] = (await get(base, "/v1/deleted-users", asAdmin)).json.data;
    expect(listed).toMatchObject({ id, role: null });
    expect((await restore(id)).json.role.slug).toBe("predefined_user");
  });

  test("twenty who delete one at once: one does, the others hear 404", async () => {
    const { id } = await create();
    const answers = await Promise.all(Array.from({ length: 20 }, () => remove(id)));
    expect(answers.map(({ status }) => status).sort()).toEqual([204, ...Array(19).fill(404)]);
    expect(await audit("user.deleted", id)).toHaveLength(1);
  });

  test("pages by cursor, searches literally, refuses nonsense", async () => {
    for (let i = 0; i < 5; i++) await remove((await create()).id);
    const seen: string[] = [];
    let cursor: string | null = "";
    while (cursor !== null) {
      const page = await get(base, `/v1/deleted-users?limit=2${cursor}`, asAdmin);
      seen.push(...page.json.data.map(({ id }: { id: string }) => id));
      cursor = page.json.nextCursor && `&cursor=${page.json.nextCursor}`;
    }
    const [row] = await installation.sql("SELECT count(*)::int AS n FROM deleted_users");
    expect(seen).toHaveLength(Number(row?.["n"]));
    expect(new Set(seen).size).toBe(seen.length);
    expect((await get(base, "/v1/deleted-users?search=%25", asAdmin)).json.data).toEqual([]);
    for (const bad of ["limit=101", "cursor=zzz", "search=%00", "cursor=eyJpZCI6MX0"]) {
      expect((await get(base, `/v1/deleted-users?${bad}`, asAdmin)).status, bad).toBe(400);
    }
  });

  test("a column of users is a column of deleted_users", async () => {
    const missing = await installation.sql(
      `SELECT column_name, udt_name, character_maximum_length FROM information_schema.columns
         WHERE table_schema = 'public' AND table_name = 'users'
       EXCEPT SELECT column_name, udt_name, character_maximum_length FROM information_schema.columns
         WHERE table_schema = 'public' AND table_name = 'deleted_users'`,
    );
    expect(missing).toEqual([]);
  });
});

describe("mail", () => {
  test("has a link of its own, which proves the mailbox; either is used, then both are", async () => {
    const email = someone();
    const { link, invitation } = (await invite({ email, name: "Eve" })).json;
    expect(mailbox.messages).toHaveLength(1);
    const [{ from, to, raw, text, html }] = mailbox.messages as [(typeof mailbox.messages)[0]];
    expect(from).toBe("no-reply@example.com");
    expect(to).toEqual([email]);
    expect(raw).toMatch(/^Subject: Ada Owner invites you to localhost:\d+\r$/m);
    const mailed = /http\S+/.exec(text)?.[0] ?? "";
    expect(html).toContain(`href="${mailed}"`);
    expect(mailed).not.toBe(link);
    expect(await accept(mailed, NEXT, "Eve")).toBe("in");
    expect(await open(link)).toBe("dead");
    const user = (await get(base, `/v1/users/${invitation.id}`, asAdmin)).json;
    expect(user.emailVerifiedAt).toEqual(expect.any(String));
  });

  test("speaks the language of whoever invites", async () => {
    await invite({}, { ...asAdmin, "accept-language": "es" });
    const [message] = mailbox.messages;
    expect(message?.text).toContain("elija una contraseña");
    expect(message?.html).toContain('<html lang="es">');
  });

  test("names are text in it", async () => {
    await invite({ name: '<img src=x onerror="alert(1)"> & "co" =?utf-8?q?x?=' });
    const { id } = await create();
    await call(base, "PATCH", `/v1/users/${adminId}`, {
      body: { name: "Ada <b>Bold</b>, x@example.com" },
      headers: asAdmin,
    });
    await reset(id);
    await invite();
    const [invited, , second] = mailbox.messages;
    expect(invited?.html).toContain("&lt;img src=x onerror=&quot;alert(1)&quot;&gt; &amp;");
    expect(invited?.html).not.toContain("<img");
    expect(second?.html).toContain("Ada &lt;b&gt;Bold&lt;/b&gt;");
    expect(second?.to).toHaveLength(1);
    await call(base, "PATCH", `/v1/users/${adminId}`, {
      body: { name: OWNER.name },
      headers: asAdmin,
    });
  });

  test.each(["refuse", "hang"] as const)(
    "a server that would %s loses no invitation",
    async (mode) => {
      mailbox.mode = mode;
      const started = Date.now();
      const answer = await invite();
      expect(Date.now() - started).toBeLessThan(9_000);
      expect(answer.status).toBe(201);
      expect(answer.json.mail).toBe("failed");
      expect(await open(answer.json.link)).toBe("open");
      expect(installation.logs()).toContain("mail not sent");
      expect(installation.logs()).not.toContain("secret-of-the-mail");
    },
  );
});

describe("links for many at once", () => {
  const makeLinks = async (asked: unknown, headers = asAdmin) => {
    const answer = await post(base, "/v1/invitations/links", asked, headers);
    const rows: Record<string, string>[] =
      answer.status === 200 ? parse(answer.text, { bom: true, columns: true }) : [];
    return { ...answer, rows };
  };

  test("everybody of an import gets one, by the job alone; each lets one person in", async () => {
    const emails = Array.from({ length: 120 }, () => someone());
    const file = ["email,name", ...emails.map((email) => `${email},"Díaz, ${email}"`), "bad,"];
    const draft = await call(base, "POST", "/v1/users/import", {
      body: file.join("\n"),
      headers: { ...asAdmin, "content-type": "text/csv" },
    });
    await post(base, `/v1/jobs/${draft.json.id}/start`, undefined, asAdmin);
    await endOfJob(base, draft.json.id, asAdmin);

    const made = await makeLinks({ job: draft.json.id });
    expect(made.status).toBe(200);
    expect(made.headers.get("content-type")).toBe("text/csv; charset=utf-8");
    expect(made.headers.get("content-disposition")).toMatch(
      /^attachment; filename="invitations-\d{4}-\d\d-\d\d\.csv"$/,
    );
    expect(made.headers.get("cache-control")).toContain("no-store");
    expect(made.rows.map(({ email }) => email)).toEqual(emails);
    expect(new Set(made.rows.map(({ link }) => link)).size).toBe(120);
    for (const row of made.rows) {
      expect(row).toMatchObject({
        name: `Díaz, ${row["email"]}`,
        role: "predefined_user",
        mail: "sent",
        result: "made",
        expiresAt: expect.stringMatching(/^\d{4}-.*Z$/),
      });
    }
    expect(mailbox.messages.map(({ to }) => to[0]).sort()).toEqual([...emails].sort());
    const [first, second] = made.rows;
    expect(await accept(first?.["link"] ?? "", PASSWORD)).toBe("in");
    expect(await accept(first?.["link"] ?? "", PASSWORD)).toBe("dead");
    const [{ id } = { id: "" }] = await installation.sql(
      `SELECT id FROM users WHERE email = '${second?.["email"]}'`,
    );
    const [event] = await audit("user.invited", String(id));
    expect(event.details).toEqual({
      role: "predefined_user",
      expiresAt: second?.["expiresAt"],
      run: expect.any(String),
    });
    // The trail tells of them in one row, which leads to each of them.
    const [whole, ...others] = (await get(base, "/v1/audit?action=users.invited", asAdmin)).json
      .data;
    expect(others).toEqual([]);
    expect(whole).toMatchObject({ target: null, details: { count: 100, more: true } });
    const [parts] = await installation.sql(`SELECT count(*)::int AS n FROM audit_events
      WHERE action = 'user.invited' AND details->>'run' = '${event.details.run}'
        AND request_id = '${whole.requestId}'`);
    expect(parts?.["n"]).toBe(120);
    const trail = (await get(base, "/audit", await inBrowser(installation))).text;
    expect(trail).toContain("made invitation links for more than 100 people");
    expect(trail).not.toContain(emails[5]);

    // Made once more, the first ones are worth nothing, and who has joined is told apart.
    const again = await makeLinks({ job: draft.json.id });
    expect(again.rows[0]).toMatchObject({ email: emails[0], link: "", result: "notInvited" });
    expect(await open(second?.["link"] ?? "")).toBe("dead");
    expect(await open(again.rows[1]?.["link"] ?? "")).toBe("open");
    expect((await audit("user.invited", String(id)))[0].details.again).toBe(true);
    const [links] = await installation.sql("SELECT string_agg(digest, ' ') AS all FROM user_links");
    expect(links?.["all"]).not.toContain(tokenOf(again.rows[1]?.["link"] ?? ""));
  });

  test("those of a filter, those who are named; whoever is not the actor's to invite is told apart", async () => {
    const user = (await invite()).json.invitation;
    const owner = (await invite({ role: "predefined_super_admin" })).json.invitation;
    const joined = await create();
    const byName = await makeLinks({ filter: { search: user.email } });
    expect(byName.rows.map(({ email, result }) => [email, result])).toEqual([[user.email, "made"]]);
    // One by itself is told as one.
    expect((await audit("user.invited", user.id))[0].details).not.toHaveProperty("run");

    const ids = [user.id, owner.id, joined.id, NOBODY];
    const asked = await makeLinks({ ids }, asManager);
    expect(asked.rows.map(({ email, result, link }) => [email, result, link !== ""])).toEqual([
      [user.email, "made", true],
      [owner.email, "forbidden", false],
      [joined.email, "notInvited", false],
      [NOBODY, "notFound", false],
    ]);
    const headers = await signIn(OWNER.email, OWNER.password);
    await installation.sql("UPDATE sessions SET confirmed_at = now() - interval '1 hour'");
    const unconfirmed = await makeLinks({ ids: [owner.id] }, headers);
    expect(unconfirmed.rows[0]).toMatchObject({ result: "unconfirmed", link: "" });
  });

  test("a mail that fails is told in its row, and the link is there", async () => {
    const { invitation } = (await invite()).json;
    mailbox.mode = "refuse";
    const { rows } = await makeLinks({ ids: [invitation.id] });
    expect(rows[0]).toMatchObject({ mail: "failed", result: "made" });
    expect(await open(rows[0]?.["link"] ?? "")).toBe("open");
  });

  test.each([
    ["nobody at all", {}],
    ["two ways at once", { ids: [NOBODY], filter: {} }],
    ["ids of no user", { ids: ["x"] }],
    ["a filter with a slip", { filter: { status: "invited", serach: "x" } }],
    ["a job that is no id", { job: "x" }],
    ["too many", { ids: Array.from({ length: 1_001 }, () => NOBODY) }],
  ])("%s is a mistake that is told", async (_, asked) => {
    const { status, json } = await makeLinks(asked);
    expect([status, json.code]).toEqual([400, "VALIDATION_FAILED"]);
  });

  test("a job that is not there, or not the actor's to see, is none", async () => {
    expect((await makeLinks({ job: NOBODY })).status).toBe(404);
  });
});

describe("a forgotten password", () => {
  const forgotten = (email: unknown, headers: Record<string, string> = client) =>
    post(base, "/v1/auth/password/forgotten", { email }, headers);
  const mailed = (email: string) => mailbox.messages.filter(({ to }) => to[0] === email);
  const linkIn = (text: string) => /http\S+#token=\S+/.exec(text)?.[0] ?? "";

  test("a link is mailed, by which its owner chooses another one and is in", async () => {
    const { id, email } = await create({ name: "Fay" });
    const before = await signIn(email);
    expect((await forgotten(` ${email.toUpperCase()} `)).status).toBe(202);
    await expect.poll(() => mailed(email).length).toBe(1);
    const [mail] = mailed(email);
    expect(mail?.text).toContain("Somebody has asked for a new password for your account");
    expect(mail?.text).toContain("Hello Fay,");
    expect((await logIn(email)).status).toBe(200); // the old one works until then
    const link = linkIn(mail?.text ?? "");
    expect(await accept(link)).toBe("in");
    expect(await accept(link)).toBe("dead");
    expect((await logIn(email)).status).toBe(401);
    expect((await logIn(email, NEXT)).status).toBe(200);
    expect((await get(base, "/v1/auth/me", before)).status).toBe(401);
    const [started] = await audit("user.passwordResetStarted", id);
    expect(started.actor).toEqual({ id: null, label: "password request" });
  });

  test("nobody learns who has an account", async () => {
    const known = await create();
    const disabled = await create();
    await call(base, "PATCH", `/v1/users/${disabled.id}`, {
      body: { status: "disabled" },
      headers: asAdmin,
    });
    const { invitation } = (await invite()).json;
    mailbox.messages.length = 0;
    const told = async (email: string) => {
      const { status, text, headers } = await forgotten(email);
      return { status, text, names: [...headers.keys()] };
    };
    const answer = await told(known.email);
    for (const email of [disabled.email, invitation.email, someone(), "no address", ""]) {
      expect(await told(email), email).toEqual(answer);
    }
    await expect.poll(() => mailed(known.email).length).toBe(1);
    expect(mailbox.messages).toHaveLength(1);
  });

  test("no mailbox is filled, and who asks for many has to wait", async () => {
    const { email } = await create();
    for (let n = 0; n < 6; n++) {
      const from = { "x-forwarded-for": `198.51.100.${n + 1}` };
      expect((await forgotten(email, from)).status).toBe(202);
      if (n < 3) await expect.poll(() => mailed(email).length).toBe(n + 1);
    }
    expect(mailed(email)).toHaveLength(3);
    const answers = [];
    for (let n = 0; n < 12; n++) answers.push(await forgotten(someone()));
    expect(answers.map(({ status }) => status)).toEqual([...Array(10).fill(202), 429, 429]);
    expect(Number(answers[11]?.headers.get("retry-after"))).toBeGreaterThan(0);
  });

  test("a link is worth nothing once its owner is disabled, and no more than theirs", async () => {
    const { id, email } = await create();
    await forgotten(email);
    await expect.poll(() => mailed(email).length).toBe(1);
    const link = linkIn(mailed(email)[0]?.text ?? "");
    expect(await open(tokenOf(link))).toBe("open");
    await call(base, "PATCH", `/v1/users/${id}`, {
      body: { status: "disabled" },
      headers: asAdmin,
    });
    expect(await open(tokenOf(link))).toBe("dead");
  });

  test("what is no address at all is a mistake that is told", async () => {
    for (const email of [undefined, 7, { a: 1 }, "x".repeat(1_001)]) {
      const { status, json } = await forgotten(email);
      expect([status, json.code]).toEqual([400, "VALIDATION_FAILED"]);
    }
  });

  test("the page works without a script", async () => {
    const { email } = await create();
    expect((await get(base, "/login")).text).toContain('href="/forgotten"');
    const { text } = await get(base, "/forgotten", client);
    const asked = await sendForm(base, "/forgotten", text, "email", { email }, client);
    expect(asked.text).toContain("If there is an account with the address");
    await expect.poll(() => mailed(email).length).toBe(1);
  });
});

describe("a link for several people", () => {
  const makeLink = (fields: Record<string, unknown> = {}, headers = asAdmin) =>
    post(
      base,
      "/v1/join-links",
      { name: "Interns", maxUses: 3, approval: false, ...fields },
      headers,
    );
  const stateOf = async (id: string) =>
    (await get(base, "/v1/join-links?limit=100", asAdmin)).json.data.find(
      (one: { id: string }) => one.id === id,
    );
  const requests = async () => (await get(base, "/v1/join-requests?limit=100", asAdmin)).json.data;
  const decide = (id: string, how: "approve" | "refuse", headers = asAdmin) =>
    how === "approve"
      ? call(base, "POST", `/v1/join-requests/${id}/approve`, { headers })
      : call(base, "DELETE", `/v1/join-requests/${id}`, { headers });
  let clients = 0;
  /** Comes by a link, each time as another client. */
  const come = async (link: string, fields: Record<string, string> = {}) => {
    clients += 1;
    const from = { "x-forwarded-for": `198.19.${clients >> 8}.${clients & 255}` };
    const { text } = await get(base, "/join", from);
    const page = await sendForm(base, "/join", text, "token", { token: link }, from);
    if (stepOf(page) !== "open") return stepOf(page);
    const typed = { email: someone(), name: "", password: NEXT, ...fields };
    const answer = await sendForm(base, "/join", page.text, "password", typed, from);
    const shown = answer.text.slice(0, answer.text.indexOf("<script nonce"));
    return shown.includes("You are on the list</h1>") ? "waiting" : stepOf(answer);
  };

  test("lets in as many as it is for, with an account of their own, and tells the link once", async () => {
    const made = await makeLink({ name: " Summer interns ", domain: "@Example.com", days: 2 });
    expect(made.status, made.text).toBe(201);
    const { joinLink, link } = made.json;
    expect(joinLink).toEqual({
      id: expect.any(String),
      name: "Summer interns",
      role: { id: expect.any(String), slug: "predefined_user", name: "User" },
      domain: "example.com",
      approval: false,
      maxUses: 3,
      uses: 0,
      state: "live",
      createdBy: { id: adminId, label: OWNER.email },
      createdAt: expect.any(String),
      expiresAt: expect.any(String),
    });
    const listed = await get(base, "/v1/join-links", asAdmin);
    expect(listed.json.data[0]).toEqual(joinLink);
    expect(listed.text).not.toContain(tokenOf(link));
    expect(await audit("joinLink.created", joinLink.id)).toHaveLength(1);

    expect(await come(link, { email: "eve@elsewhere.example" })).toBe("open");
    expect(await come(link, { email: "eve@sub.example.com" })).toBe("open");
    expect(await come(link, { password: "short" })).toBe("open");
    expect(await come(link, { email: OWNER.email })).toBe("open");
    expect((await stateOf(joinLink.id)).uses).toBe(0);
    const email = someone();
    expect(await come(link, { email: ` ${email.toUpperCase()} `, name: "Eve" })).toBe("in");
    expect(await come(link, { email })).toBe("open");
    const { json } = await get(base, `/v1/users?search=${email}`, asAdmin);
    expect(json.data).toMatchObject([
      { name: "Eve", status: "active", role: { slug: "predefined_user" }, emailVerifiedAt: null },
    ]);
    expect((await audit("user.joined", json.data[0].id))[0].details).toEqual({
      joinLink: joinLink.id,
      role: "predefined_user",
    });
    expect([await come(link), await come(link), await come(link)]).toEqual(["in", "in", "dead"]);
    expect(await stateOf(joinLink.id)).toMatchObject({ uses: 3, state: "usedUp" });
  });

  test.each([
    ["let in at once", false, "in"],
    ["waiting", true, "waiting"],
  ])("never more than its places, %s, however many come at once", async (_, approval, step) => {
    const { joinLink, link } = (await makeLink({ maxUses: 4, approval })).json;
    const steps = await Promise.all(Array.from({ length: 16 }, () => come(link)));
    expect(steps.filter((one) => one === step)).toHaveLength(4);
    expect(steps.filter((one) => one === "dead")).toHaveLength(12);
    expect((await stateOf(joinLink.id)).uses).toBe(4);
    const events = await installation.sql(`SELECT count(*)::int AS n FROM audit_events
      WHERE action IN ('user.joined', 'joinRequest.created') AND details->>'joinLink' = '${joinLink.id}'`);
    expect(events).toEqual([{ n: 4 }]);
    await expect(
      installation.sql(`UPDATE join_links SET uses = 5 WHERE id = '${joinLink.id}'`),
    ).rejects.toThrow("join_links_uses");
  });

  test("the same address many times at once takes one place", async () => {
    for (const approval of [false, true]) {
      const { joinLink, link } = (await makeLink({ maxUses: 9, approval })).json;
      const email = someone();
      const steps = await Promise.all(Array.from({ length: 8 }, () => come(link, { email })));
      expect(steps.filter((one) => one === (approval ? "waiting" : "in"))).toHaveLength(1);
      expect((await stateOf(joinLink.id)).uses).toBe(1);
    }
  });

  test("who waits cannot sign in before somebody lets them in; who is refused gives the place back", async () => {
    const { joinLink, link } = (await makeLink({ maxUses: 2, approval: true })).json;
    const [first, second, third] = [someone(), someone(), someone()];
    expect(await come(link, { email: first, name: "First" })).toBe("waiting");
    expect(await come(link, { email: second })).toBe("waiting");
    expect(await come(link, { email: third })).toBe("dead");
    expect((await logIn(first, NEXT)).status).toBe(401);
    const [two, one] = await requests();
    expect(one).toEqual({
      id: expect.any(String),
      email: first,
      name: "First",
      role: { id: expect.any(String), slug: "predefined_user", name: "User" },
      joinLink: { id: joinLink.id, name: "Interns" },
      createdAt: expect.any(String),
    });
    const refused = await decide(two.id, "refuse");
    expect(refused.status).toBe(204);
    expect((await stateOf(joinLink.id)).uses).toBe(1);
    expect(await audit("joinRequest.refused", two.id)).toHaveLength(1);
    expect((await logIn(second, NEXT)).status).toBe(401);

    // One decision counts, however many there are.
    const decisions = await Promise.all([
      ...Array.from({ length: 5 }, () => decide(one.id, "approve")),
      ...Array.from({ length: 5 }, () => decide(one.id, "refuse")),
    ]);
    const done = decisions.filter(({ status }) => status !== 404);
    expect(done).toHaveLength(1);
    const isIn = done[0]?.status === 201;
    expect((await logIn(first, NEXT)).status).toBe(isIn ? 200 : 401);
    expect((await stateOf(joinLink.id)).uses).toBe(isIn ? 1 : 0);

    expect(await come(link, { email: third })).toBe("waiting");
    const [late] = await requests();
    expect(
      (await call(base, "DELETE", `/v1/join-links/${joinLink.id}`, { headers: asAdmin })).status,
    ).toBe(204);
    expect(await come(link)).toBe("dead");
    // Who waited before it was taken back can still be let in, and is told.
    mailbox.messages.length = 0;
    const approved = await decide(late.id, "approve");
    expect(mailbox.messages.map(({ to }) => to)).toEqual([[third]]);
    expect(mailbox.messages[0]?.text).toContain(`${base}/login`);
    expect(mailbox.messages[0]?.text).toContain(`has let you in`);
    expect([approved.status, approved.json.email]).toEqual([201, third]);
    expect(approved.headers.get("location")).toBe(`/v1/users/${approved.json.id}`);
    expect((await audit("user.approved", approved.json.id))[0].actor.id).toBe(adminId);
    expect((await logIn(third, NEXT)).status).toBe(200);
  });

  test("an address that somebody has by then is told, and the request stays", async () => {
    const { link } = (await makeLink({ approval: true })).json;
    const email = someone();
    expect(await come(link, { email })).toBe("waiting");
    await create({ email });
    const [request] = await requests();
    const answer = await decide(request.id, "approve");
    expect([answer.status, answer.json.code]).toEqual([409, "EMAIL_TAKEN"]);
    expect((await requests())[0].id).toBe(request.id);
    expect((await decide(request.id, "refuse")).status).toBe(204);
  });

  test("gives no role that its maker may not give, neither when it is made nor when it is used", async () => {
    await installation.sql(
      `INSERT INTO roles (slug, name, policies) VALUES ('reader', 'Reader', '[{"action":"read","subject":"AuditEvent"}]')`,
    );
    for (const [role, headers] of [
      ["reader", asManager],
      // Nobody knows who has the link.
      ["predefined_super_admin", asAdmin],
    ] as const) {
      const answer = await makeLink({ role }, headers);
      expect([answer.status, answer.json.code]).toEqual([403, "FORBIDDEN"]);
    }
    const reader = (await makeLink({ role: "reader", approval: true })).json;
    expect(await come(reader.link)).toBe("waiting");
    const [request] = await requests();
    // A manager could not have made it, so it and who came by it are none of theirs.
    const theirs = (await get(base, "/v1/join-links?limit=100", asManager)).json.data;
    expect(theirs.map(({ id }: { id: string }) => id)).not.toContain(reader.joinLink.id);
    const waiting = (await get(base, "/v1/join-requests?limit=100", asManager)).json.data;
    expect(waiting.map(({ id }: { id: string }) => id)).not.toContain(request.id);
    expect((await decide(request.id, "approve", asManager)).status).toBe(404);
    expect((await decide(request.id, "refuse", asManager)).status).toBe(404);
    const take = (headers: Record<string, string>) =>
      call(base, "DELETE", `/v1/join-links/${reader.joinLink.id}`, { headers });
    expect((await take(asManager)).status).toBe(404);

    const maker = await create({ role: "manager" });
    const { link } = (await makeLink({}, await signIn(maker.email))).json;
    expect(await come(link)).toBe("in");
    const change = (fields: object) =>
      call(base, "PATCH", `/v1/users/${maker.id}`, { headers: asAdmin, body: fields });
    await change({ role: "predefined_user" });
    expect(await come(link)).toBe("dead");
    await change({ role: "manager" });
    expect(await come(link)).toBe("in");
    await change({ status: "disabled" });
    expect(await come(link)).toBe("dead");

    const { link: gone } = (await makeLink({ role: "reader" })).json;
    const removed = await call(base, "DELETE", "/v1/roles/reader", { headers: asAdmin });
    expect(removed.status).toBe(204);
    expect(await come(gone)).toBe("dead");
    expect((await decide(request.id, "approve")).status).toBe(404);
  });

  test("a link that has run out opens nothing; one client does not try for ever", async () => {
    const { joinLink, link } = (await makeLink({ maxUses: 100 })).json;
    const { text } = await get(base, "/join", client);
    const page = await sendForm(base, "/join", text, "token", { token: link }, client);
    const steps: string[] = [];
    for (let tries = 0; tries < 22; tries++) {
      const typed = { email: OWNER.email, name: "", password: NEXT };
      const answer = await sendForm(base, "/join", page.text, "password", typed, client);
      steps.push(answer.text.includes("Too many attempts") ? "wait" : stepOf(answer));
    }
    expect([steps[0], steps.at(-1)]).toEqual(["open", "wait"]);
    await installation.sql(
      `UPDATE join_links SET expires_at = now() - interval '1 second' WHERE id = '${joinLink.id}'`,
    );
    expect(await come(link)).toBe("dead");
    expect((await stateOf(joinLink.id)).state).toBe("expired");
  });

  test.each([
    [{ name: "" }, "name"],
    [{ maxUses: 0 }, "maxUses"],
    [{ maxUses: 1_001 }, "maxUses"],
    [{ maxUses: "3" }, "maxUses"],
    [{ days: 91 }, "days"],
    [{ domain: "no domain" }, "domain"],
    [{ domain: "a@b.example" }, "domain"],
    [{ approval: "yes" }, "approval"],
    [{ role: "nobody" }, "role"],
  ])("%j is a mistake that is told", async (fields, place) => {
    const { status, json } = await makeLink(fields);
    expect([status, json.code, Object.keys(json.errors)]).toEqual([
      400,
      "VALIDATION_FAILED",
      [place],
    ]);
  });
});

test("without mail nothing is mailed, and nothing else is missing", async () => {
  const plain = await sharedClaimed();
  const admin = bearer(await apiToken(plain));
  const answer = await post(plain.baseUrl, "/v1/invitations", { email: someone() }, admin);
  expect(answer.status).toBe(201);
  expect(answer.json.mail).toBe("off");
  const forgotten = await post(plain.baseUrl, "/v1/auth/password/forgotten", {
    email: OWNER.email,
  });
  expect([forgotten.status, forgotten.json.code]).toEqual([409, "MAIL_OFF"]);
  const page = await get(plain.baseUrl, "/forgotten");
  expect(page.text).toContain("Ask an administrator of it for a link");
  expect(page.text).not.toContain('name="email"');
  expect(await plain.sql("SELECT mail_digest FROM user_links")).toEqual([{ mail_digest: null }]);
});
