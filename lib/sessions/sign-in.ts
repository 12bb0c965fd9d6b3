import { record } from "@/lib/audit/record";
import { takePasskey } from "@/lib/factors/take-passkey";
import { factorColumns, secondFactorIn, takeSecondFactor } from "@/lib/factors/take-second-factor";
import { clientKey } from "@/lib/platform/client-key";
import { query, transaction } from "@/lib/platform/db";
import { sha256 } from "@/lib/platform/digest";
import { log } from "@/lib/platform/log";
import { verifyPassword } from "@/lib/platform/password";
import { countAttempt, giveBackAttempt, type Limit } from "@/lib/platform/rate-limit";
import { getRequestContext } from "@/lib/platform/request-context";
import {
  signSecondFactorTicket,
  verifySecondFactorTicket,
} from "@/lib/tokens/second-factor-ticket";
import { Email } from "@/lib/users/schema";
import { renewHash } from "./renew-hash";
import type { PasskeyForm, SecondFactorForm, SignInForm } from "./schema";
import { mintRefreshToken, startSession } from "./start-session";

export type SignInOutcome =
  | { kind: "signedIn"; userId: string; sessionId: string; refreshToken: string | null }
  /** Unknown e-mail, wrong password, disabled or invited user: deliberately not told apart. */
  | { kind: "invalidCredentials" }
  /** The password was right, and the account has a second factor. `ticket` stands for the first step. */
  | { kind: "secondFactorRequired"; ticket: string }
  | { kind: "invalidSecondFactor" }
  | { kind: "rateLimited"; retryAfter: number };

/** One client at one account; the usual forgetful owner stays far below it. Waits grow: 5, 10, 20 … 80 minutes. */
const ACCOUNT_AND_CLIENT: Limit = {
  name: "sign-in.pair",
  points: 10,
  seconds: 300,
  grows: true,
};
/** One client at any account: password spraying. */
const CLIENT: Limit = { name: "sign-in.client", points: 100, seconds: 300 };
/** One client with answers of passkeys, right or wrong. They cannot be guessed; checking them costs. */
const PASSKEY: Limit = { name: "sign-in.passkey", points: 60, seconds: 300 };
/** One account from anywhere: NIST SP 800-63B allows at most 100 failures in a row. */
const ACCOUNT: Limit = { name: "sign-in.account", points: 100, seconds: 3_600 };

/**
 * Checks an e-mail and password and opens a session. Attempts are counted before anything is hashed and given
 * back when they were right. When an account is under attack from everywhere, only clients that have signed
 * in to it before are still heard, so its owner is not locked out.
 *
 * @throws {Overloaded} {DatabaseUnavailable}
 */
export async function signIn(form: SignInForm, door: Door): Promise<SignInOutcome> {
  return told(await trySignIn(form, door), door);
}

/**
 * The second step of a sign-in: a code beside the ticket that the first one gave. A ticket that is too old, or
 * of a password that has changed since, is as good as none.
 *
 * @throws {DatabaseUnavailable}
 */
export async function finishSignIn(form: SecondFactorForm, door: Door): Promise<SignInOutcome> {
  const ticket = await verifySecondFactorTicket(form.ticket);
  const user =
    ticket &&
    (await query((db) =>
      db.user.findUnique({ where: { id: ticket.userId }, select: signInColumns }),
    ));
  if (!user?.passwordHash || !ticket?.isOfPassword(user.passwordHash) || user.status !== "ACTIVE") {
    return told({ kind: "invalidCredentials" }, door);
  }
  return told(
    await passSecondFactor({ ...user, passwordHash: user.passwordHash }, form.code, door),
    door,
  );
}

/**
 * Signs in by a passkey, which was opened by finger, face or PIN and so stands for both factors.
 *
 * @throws {DatabaseUnavailable}
 */
export async function signInByPasskey(form: PasskeyForm, door: Door): Promise<SignInOutcome> {
  const wait = await countAttempt(PASSKEY, clientKey(getRequestContext()?.address));
  if (wait !== null) return told({ kind: "rateLimited", retryAfter: wait }, door);
  const used = await takePasskey(form.passkeyTicket, form.passkey);
  const user =
    used &&
    (await query((db) =>
      db.user.findUnique({ where: { id: used.userId }, select: signInColumns }),
    ));
  if (!user?.passwordHash || user.status !== "ACTIVE") {
    return told({ kind: "invalidCredentials" }, door);
  }
  return told(await openSession({ ...user, passwordHash: user.passwordHash }, door), door);
}

/** Logs a refusal. Not the e-mail: people type their password into the wrong field. */
function told(outcome: SignInOutcome, door: Door): SignInOutcome {
  if (outcome.kind === "signedIn" || outcome.kind === "secondFactorRequired") return outcome;
  const request = getRequestContext();
  log().warn(
    { door, outcome: outcome.kind, address: request?.address, requestId: request?.id },
    "sign-in refused",
  );
  return outcome;
}

type Door = "browser" | "api";
type Account = { id: string; email: string; passwordHash: string };

const signInColumns = {
  id: true,
  email: true,
  passwordHash: true,
  status: true,
  ...factorColumns,
} as const;

async function trySignIn(form: SignInForm, door: Door): Promise<SignInOutcome> {
  const address = getRequestContext()?.address ?? null;
  const client = clientKey(address);
  const canonical = Email.safeParse(form.email);
  const email = canonical.success ? canonical.data : null;
  const account = sha256(email ?? form.email.toLowerCase());
  const attempts: [Limit, string][] = [
    [ACCOUNT_AND_CLIENT, `${account}.${client}`],
    [CLIENT, client],
  ];
  for (const [limit, key] of attempts) {
    const wait = await countAttempt(limit, key);
    if (wait !== null) return { kind: "rateLimited", retryAfter: wait };
  }
  const user =
    email === null
      ? null
      : await query((db) => db.user.findUnique({ where: { email }, select: signInColumns }));
  const accountWait = await countAttempt(ACCOUNT, account);
  if (accountWait !== null && !(await hasSignedInFrom(user?.id, address))) {
    return { kind: "rateLimited", retryAfter: accountWait };
  }

  const correct = await verifyPassword(form.password, user?.passwordHash ?? null);
  if (!user?.passwordHash || !correct || user.status !== "ACTIVE") {
    return { kind: "invalidCredentials" };
  }
  for (const [limit, key] of [...attempts, [ACCOUNT, account] as const]) {
    await giveBackAttempt(limit, key);
  }
  const before = { ...user, passwordHash: user.passwordHash };
  const known = { ...before, passwordHash: await renewHash(before, form.password) };
  if (!secondFactorIn(user)) return openSession(known, door);
  return form.code === undefined
    ? { kind: "secondFactorRequired", ticket: await signSecondFactorTicket(known) }
    : passSecondFactor(known, form.code, door);
}

async function passSecondFactor(user: Account, code: string, door: Door): Promise<SignInOutcome> {
  const client = clientKey(getRequestContext()?.address);
  const outcome = await takeSecondFactor(user, client, code);
  switch (outcome.kind) {
    case "taken":
      return openSession(user, door);
    case "wrong":
      return { kind: "invalidSecondFactor" };
    case "rateLimited":
      return outcome;
  }
}

async function openSession(user: Account, door: Door): Promise<SignInOutcome> {
  const session = await transaction(async (tx) => {
    // Locks the row: who is disabled or gets another password while this one is hashed does not come in. Not
    // through the model: a sign-in is no edit and leaves updatedAt alone.
    const still = await tx.$executeRaw`
      UPDATE "users" SET "last_login_at" = now()
      WHERE "id" = ${user.id}::uuid AND "status" = 'active' AND "password_hash" = ${user.passwordHash}`;
    if (still === 0) return null;
    const id = await startSession(tx, user.id, door);
    await record(
      tx,
      { userId: user.id, email: user.email },
      { action: "session.started", target: { type: "session", id, label: user.email }, door },
    );
    // A browser's session lives in its cookie and has nothing to refresh.
    const refreshToken = door === "api" ? await mintRefreshToken(tx, id) : null;
    return { sessionId: id, refreshToken };
  });
  if (session === null) return { kind: "invalidCredentials" };
  return { kind: "signedIn", userId: user.id, ...session };
}

async function hasSignedInFrom(userId: string | undefined, address: string | null) {
  if (userId === undefined || address === null) return false;
  const known = await query((db) =>
    db.session.findFirst({ where: { userId, address }, select: { id: true } }),
  );
  return known !== null;
}
