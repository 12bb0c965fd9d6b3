import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import type { Database } from "@/e2e/support/database";
import { databaseInProcess } from "@/e2e/support/database-in-process";
import { type Mailbox, openMailbox } from "@/e2e/support/mailbox";
import type { Actor } from "@/lib/access/actor";
import { databaseNow } from "@/lib/platform/database-now";
import { acceptLink, readLink } from "./accept-link";
import { inviteUser } from "./invite-user";
import { remindInvited } from "./remind-invited";

let mailbox: Mailbox;
let database: Database;
let owner: Actor;
beforeAll(async () => {
  mailbox = await openMailbox();
  database = await databaseInProcess({
    claimed: true,
    env: {
      SMTP_URL: mailbox.url,
      MAIL_FROM: "latchkey@example.com",
      BASE_URL: "http://localhost:3000",
    },
  });
  const [row] = await database.sql(`
    SELECT u.id, u.email, r.slug, r.policies FROM users u JOIN roles r ON r.id = u.role_id
    WHERE r.slug = 'predefined_super_admin'`);
  const now = databaseNow();
  owner = {
    userId: row?.["id"] as string,
    email: row?.["email"] as string,
    name: null,
    role: {
      slug: "predefined_super_admin",
      name: "Administrator",
      policies: row?.["policies"] as [],
    },
    limits: null,
    factorDuty: null,
    mustEnrol: false,
    via: { kind: "session", id: crypto.randomUUID(), confirmedAt: now, asOf: now },
  };
});
afterAll(async () => {
  await database.drop();
  await mailbox.close();
});
beforeEach(() => {
  mailbox.mode = "take";
  mailbox.messages.length = 0;
});

/** Somebody whose link runs out in so many hours, as the newest. */
async function invited(email: string, hours: number, locale: "en" | "es" = "en") {
  const outcome = await inviteUser(owner, { email, name: "Bob" }, locale);
  if (outcome.kind !== "invited") throw new Error(outcome.kind);
  await database.sql(`UPDATE user_links SET expires_at = now() + interval '${hours} hours'
    WHERE user_id = '${outcome.user.id}' AND revoked_at IS NULL`);
  mailbox.messages.length = 0;
  return outcome;
}
const events = () =>
  database.sql(`SELECT actor_id, actor_label, target_label FROM audit_events
    WHERE action = 'user.invitationReminded' ORDER BY id`);
const codeIn = (text = "") => /#token=([\w-]{43})/.exec(text)?.[1] ?? "";

test("each is reminded once, however many look at once, and only those whose time is near", async () => {
  await invited("late@example.com", 72);
  await invited("over@example.com", -1);
  const near = ["a", "b", "c", "d", "e", "f", "g", "h", "i"].map(
    (one) => `near-${one}@example.com`,
  );
  for (const email of near) await invited(email, 47);
  const counts = await Promise.all([remindInvited(), remindInvited(), remindInvited()]);
  expect(counts.reduce((sum, one) => sum + one)).toBe(near.length);
  expect(mailbox.messages.map(({ to }) => to[0]).sort()).toEqual(near);
  expect(await events()).toEqual(
    expect.arrayContaining(
      near.map((label) => ({ actor_id: null, actor_label: "schedule", target_label: label })),
    ),
  );
  expect(await events()).toHaveLength(near.length);
  expect(await remindInvited()).toBe(0);
  expect(mailbox.messages).toHaveLength(near.length);
});

test("the reminder is in the language of the invitation, and its link opens the same account", async () => {
  const { link, user } = await invited("es@example.com", 10, "es");
  expect(await remindInvited()).toBe(1);
  const [mail] = mailbox.messages;
  expect(mail?.to).toEqual(["es@example.com"]);
  expect(mail?.text).toContain("usted aún no ha entrado");
  expect(mail?.text).toContain(owner.email);
  const token = codeIn(mail?.text);
  expect(token).not.toBe(codeIn(link));
  for (const each of [token, link]) {
    expect(await readLink(each)).toMatchObject({ kind: "open", link: { email: "es@example.com" } });
  }
  expect(await acceptLink({ token, password: "a long enough passphrase" })).toMatchObject({
    kind: "accepted",
  });
  expect(await readLink(link)).toEqual({ kind: "dead" });
  const [row] = await database.sql(
    `SELECT email_verified_at IS NOT NULL AS proven FROM users WHERE id = '${user.id}'`,
  );
  expect(row?.["proven"]).toBe(true);
});

test("nobody is reminded of a link that opens nothing, or that was never mailed", async () => {
  const before = (await events()).length;
  const taken = await invited("taken@example.com", 10);
  const gone = await invited("gone@example.com", 10);
  const byHand = await invited("hand@example.com", 10);
  await database.sql(`
    UPDATE user_links SET revoked_at = now() WHERE user_id = '${taken.user.id}';
    UPDATE user_links SET created_by_id = gen_random_uuid() WHERE user_id = '${gone.user.id}';
    UPDATE user_links SET mail_digest = NULL WHERE user_id = '${byHand.user.id}'`);
  expect(await remindInvited()).toBe(0);
  expect(mailbox.messages).toEqual([]);
  expect(await events()).toHaveLength(before);
});

test("a mail server that refuses keeps the others from being marked", async () => {
  for (const one of ["a", "b", "c", "d", "e", "f"]) await invited(`refused-${one}@example.com`, 10);
  mailbox.mode = "refuse";
  expect(await remindInvited()).toBe(0);
  mailbox.mode = "take";
  expect(await remindInvited()).toBe(2);
});
