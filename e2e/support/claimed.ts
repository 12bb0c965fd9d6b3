import { createHash, randomBytes } from "node:crypto";
import { encode } from "next-auth/jwt";
import type { Rows } from "./database";
import { type Installation, startInstallation } from "./installation";
import { databaseEnv } from "./latchkey";
import { OWNER } from "./owner";

type Options = NonNullable<Parameters<typeof startInstallation>[0]>;

/**
 * An installation that OWNER has claimed: it begins with a copy of a database in which that has happened; with another
 * database, embedded or named, the start claims it. For every test that is about what comes afterwards, so that the
 * ways to claim are named where they are tested.
 */
export const claimed = (options: Options = {}): Promise<Installation> =>
  options.embedded || options.databaseUrl !== undefined
    ? startInstallation({ ...options, env: { ...AS_OWNER, ...options.env } })
    : startInstallation({ ...options, claimed: true });

const AS_OWNER = {
  FIRST_ADMIN_EMAIL: OWNER.email,
  FIRST_ADMIN_NAME: OWNER.name,
  FIRST_ADMIN_PASSWORD: OWNER.password,
};

/** What the functions below need of an installation. */
type Stored = { sql(text: string): Promise<Rows> };
type Running = Stored & { baseUrl: string };

const sha256 = (text: string) => createHash("sha256").update(text).digest("hex");
const idOf = (email: string) => `(SELECT id FROM users WHERE email = '${email}')`;

/** The name of the session's cookie where BASE_URL is not set: its port is in it. */
export const sessionCookieName = (baseUrl: string): string =>
  `latchkey.session.${new URL(baseUrl).port}`;

/** The cookie that belongs to a row of `sessions`, as it is sent. */
export async function sessionCookie(baseUrl: string, sessionId: string): Promise<string> {
  const name = sessionCookieName(baseUrl);
  const secret = databaseEnv("")["AUTH_SECRET"] ?? "";
  return `${name}=${await encode({ token: { sid: sessionId }, secret, salt: name })}`;
}

/** A browser of somebody who has signed in a moment ago, as a request header. */
export async function inBrowser(
  installation: Running,
  email = OWNER.email,
): Promise<{ cookie: string }> {
  const [row] = await installation.sql(
    `UPDATE users SET last_login_at = now() WHERE email = '${email}';
     INSERT INTO sessions (user_id, door, expires_at)
     VALUES (${idOf(email)}, 'browser', now() + interval '1 day') RETURNING id`,
  );
  return { cookie: await sessionCookie(installation.baseUrl, String(row?.["id"])) };
}

/** An API token of somebody, good for everything. */
export async function apiToken(installation: Stored, email = OWNER.email): Promise<string> {
  const secret = randomBytes(32).toString("base64url");
  const [row] = await installation.sql(
    `INSERT INTO api_tokens (user_id, name, digest)
     VALUES (${idOf(email)}, 'test', '${sha256(secret)}') RETURNING id`,
  );
  return `${row?.["id"]}|${secret}`;
}

/** A person's own token, got by signing in: unlike a program's it is held to what its owner owes. */
export async function accessToken(
  { baseUrl }: Pick<Installation, "baseUrl">,
  { email, password }: { email: string; password: string } = OWNER,
): Promise<string> {
  // Not by ./http: what that checks answers with cannot be loaded by Playwright.
  const answer = await fetch(`${baseUrl}/api/auth/login`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ email, password }),
  });
  return ((await answer.json()) as { accessToken: string }).accessToken;
}
