import { afterAll, beforeAll, expect, test, vi } from "vitest";
import type { Database } from "@/e2e/support/database";
import { databaseInProcess } from "@/e2e/support/database-in-process";
import { OWNER } from "@/e2e/support/owner";
import { claimThroughWizard } from "@/lib/bootstrap/doors/wizard";
import { acceptLink } from "@/lib/links/accept-link";
import { runInRequest } from "@/lib/platform/request-context";
import { sha256 } from "@/lib/platform/secrets/digest";
import { changePassword } from "./change-password";
import { findActorBySession } from "./find-actor";

const work = vi.hoisted(() => ({ hashed: 0, compared: 0 }));
vi.mock("bcrypt", async (original) => {
  const { default: bcrypt } = await original<{ default: typeof import("bcrypt") }>();
  return {
    default: {
      hash: (...args: Parameters<typeof bcrypt.hash>) => {
        work.hashed++;
        return bcrypt.hash(...args);
      },
      compare: (...args: Parameters<typeof bcrypt.compare>) => {
        work.compared++;
        return bcrypt.compare(...args);
      },
    },
  };
});

const NEXT = "another fine passphrase";
const SECRET = "s".repeat(43);

let database: Database;

beforeAll(async () => {
  database = await databaseInProcess({ env: { PASSWORD_HASH: "bcrypt" } });
});
afterAll(() => database.drop());

/** Does something as the browser that asked for it does. */
const inRequest = <T>(ask: () => Promise<T>): Promise<T> =>
  runInRequest(
    { id: crypto.randomUUID(), address: "127.0.0.1", directLoopback: true, userAgent: "Test/1" },
    ask,
  );

/** Everything that signing in by one of these ways changes. */
const state = () =>
  database.sql(`
    SELECT json_build_array(
      (SELECT json_agg(installation) FROM installation),
      (SELECT json_agg(users) FROM users),
      (SELECT json_agg(user_links) FROM user_links),
      (SELECT json_agg(sessions) FROM sessions),
      (SELECT count(*) FROM audit_events)
    )::text`);

/** What `act` came to, having first tried it where no session can be opened. */
async function twice<T>(act: () => Promise<T>): Promise<T> {
  const before = await state();
  await database.sql(`
    CREATE OR REPLACE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN RAISE EXCEPTION 'no session today'; END $$;
    CREATE TRIGGER refuse BEFORE INSERT ON sessions EXECUTE FUNCTION refuse();`);
  await expect(inRequest(act)).rejects.toThrow("no session today");
  await database.sql("DROP TRIGGER refuse ON sessions");
  expect(await state()).toEqual(before);
  Object.assign(work, { hashed: 0, compared: 0 });
  return inRequest(act);
}

/** The living sessions, and what the trail says last. */
const opened = async () => ({
  sessions: await database.sql(
    "SELECT id, door, address, user_agent FROM sessions WHERE ended_at IS NULL",
  ),
  trail: (
    await database.sql("SELECT action, door, target_id FROM audit_events ORDER BY id DESC LIMIT 2")
  ).reverse(),
});
const only = (id: string | null, userId: unknown, action: string, door: string | null) => ({
  sessions: [{ id, door: "browser", address: "127.0.0.1", user_agent: "Test/1" }],
  trail: [
    { action, door, target_id: userId },
    { action: "session.started", door: "browser", target_id: id },
  ],
});

const owner = async () => (await database.sql("SELECT id FROM users"))[0]?.["id"];
const changePasswordTo = async (next: string, current: string) => {
  const [row] = await database.sql("SELECT id FROM sessions WHERE ended_at IS NULL");
  const actor = await findActorBySession(String(row?.["id"]));
  if (actor === null) throw new Error("nobody is signed in");
  return changePassword(actor, { current, next }, { goOn: true });
};
const useLink = async () => {
  await database.sql(`
    INSERT INTO user_links (user_id, purpose, digest, created_by_id, created_by_label, expires_at)
    SELECT id, 'password_reset', '${sha256(SECRET)}', id, email, now() + interval '1 day' FROM users
    ON CONFLICT (digest) DO UPDATE SET used_at = NULL, revoked_at = NULL`);
  return () => acceptLink({ token: SECRET, password: OWNER.password });
};

test("a claim in the browser opens its session with it, and hashes once", async () => {
  const outcome = await twice(() => claimThroughWizard({ ...OWNER, setupToken: "" }));
  if (outcome.kind !== "created") throw new Error(outcome.kind);
  expect(work).toEqual({ hashed: 1, compared: 0 });
  expect(await opened()).toEqual(
    only(outcome.grant, outcome.admin.id, "installation.claimed", "wizard"),
  );
});

test("a changed password opens a session with it, and hashes once beside the comparison", async () => {
  const outcome = await twice(() => changePasswordTo(NEXT, OWNER.password));
  if (outcome.kind !== "changed") throw new Error(outcome.kind);
  expect(work).toEqual({ hashed: 1, compared: 1 });
  expect(await opened()).toEqual(
    only(outcome.sessionId, await owner(), "user.passwordChanged", null),
  );
});

test("a link opens a session with the password, and hashes once", async () => {
  const outcome = await twice(await useLink());
  if (outcome.kind !== "accepted") throw new Error(outcome.kind);
  expect(work).toEqual({ hashed: 1, compared: 0 });
  expect(await opened()).toEqual(
    only(outcome.sessionId, await owner(), "user.passwordReset", "link"),
  );
});

test("where a second factor stands behind the password, a new one opens no session", async () => {
  await database.sql(
    "INSERT INTO totp_factors (user_id, secret, confirmed_at) SELECT id, 'sealed', now() FROM users",
  );
  const changed = await inRequest(() => changePasswordTo(NEXT, OWNER.password));
  expect(changed).toEqual({ kind: "changed", sessionId: null });
  expect((await opened()).sessions).toEqual([]);
  expect(await inRequest(await useLink())).toMatchObject({ kind: "accepted", sessionId: null });
  expect((await opened()).sessions).toEqual([]);
});
