import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { z } from "zod";
import type { Database } from "@/e2e/support/database";
import { databaseInProcess } from "@/e2e/support/database-in-process";
import { OWNER } from "@/e2e/support/owner";
import { runInRequest } from "@/lib/platform/request-context";
import { signIn } from "../sign-in";
import type { Provider } from "./provider";

/** As a fork would write one: a directory knows the password, and whose it is. */
const form = z.object({ user: z.string(), secret: z.string() });
const directory: Provider<typeof form> = {
  name: "directory",
  form,
  names: ({ user }) => user,
  standsForBoth: false,
  async prove({ user, secret }, find) {
    const email = { ada: " ADA@Example.com", nobody: "nobody@example.com" }[user];
    return email !== undefined && secret === "right" ? find({ email }) : null;
  },
  shown: {
    kind: "form",
    fields: [
      {
        name: "user",
        label: { en: "User", es: "Usuario" },
        type: "text",
        autoComplete: "username",
      },
      { name: "secret", label: "password", type: "password", autoComplete: "current-password" },
    ],
    submit: { en: "Sign in by the directory", es: "Entrar por el directorio" },
  },
};

let database: Database;
let client = 0;

beforeAll(async () => {
  database = await databaseInProcess({ claimed: true });
});
afterAll(() => database.drop());
beforeEach(() => {
  client++;
});

const attempt = (user: string, secret = "right", of: Provider<typeof form> = directory) =>
  runInRequest(
    {
      id: crypto.randomUUID(),
      address: `203.0.113.${client}`,
      directLoopback: false,
      userAgent: null,
    },
    () => signIn(of, { user, secret }, "browser"),
  );

test("whoever it proves to be is signed in: session, trail and last sign-in", async () => {
  const outcome = await attempt("ada");
  expect(outcome).toMatchObject({ kind: "signedIn", account: { email: OWNER.email } });
  const [seen] = await database.sql(`
    SELECT sessions.id, action, actor_label, last_login_at > now() - interval '1 minute' AS dated
    FROM sessions JOIN audit_events ON target_id = sessions.id::text JOIN users ON users.id = user_id
    ORDER BY audit_events.id DESC LIMIT 1`);
  expect(seen).toEqual({
    id: outcome.kind === "signedIn" && outcome.sessionId,
    action: "session.started",
    actor_label: OWNER.email,
    dated: true,
  });
});

test.each([
  ["no proof", "ada", "wrong"],
  ["no such account", "nobody", "right"],
])("%s is refused", async (_, user, secret) => {
  expect(await attempt(user, secret)).toEqual({ kind: "invalidCredentials" });
});

test("guesses are counted, by client and by what names the account", async () => {
  for (let i = 0; i < 10; i++) {
    expect(await attempt("ada", "wrong")).toEqual({ kind: "invalidCredentials" });
  }
  expect(await attempt("ada")).toMatchObject({ kind: "rateLimited" });
  client++;
  expect(await attempt("ada")).toMatchObject({ kind: "signedIn" });
});

test("where nothing can be guessed, clients are counted", async () => {
  const unguessable = { ...directory, name: "smartcard", names: null };
  for (let i = 0; i < 60; i++) await attempt("ada", "wrong", unguessable);
  expect(await attempt("ada", "right", unguessable)).toMatchObject({ kind: "rateLimited" });
});

test("a second factor is asked for, unless the proof stands for both", async () => {
  await database.sql(
    "INSERT INTO totp_factors (user_id, secret, confirmed_at) SELECT id, 'sealed', now() FROM users",
  );
  expect(await attempt("ada")).toMatchObject({ kind: "secondFactorRequired" });
  const both = { ...directory, standsForBoth: true };
  expect(await attempt("ada", "right", both)).toMatchObject({ kind: "signedIn" });
});

test("an account that is not active is not signed in to", async () => {
  await database.sql(`
    INSERT INTO users (email, role_id, password_hash)
      SELECT 'nobody@example.com', role_id, password_hash FROM users;
    UPDATE users SET status = 'disabled' WHERE email = 'nobody@example.com'`);
  expect(await attempt("nobody")).toEqual({ kind: "invalidCredentials" });
});
