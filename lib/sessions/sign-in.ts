import { insertEvents } from "@/lib/audit/record";
import { takePasskey } from "@/lib/factors/take-passkey";
import { takeSecondFactor } from "@/lib/factors/take-second-factor";
import { PREPARED, Prisma, statement } from "@/lib/platform/db";
import { clientKey } from "@/lib/platform/http/client-key";
import { countUse, type Limit } from "@/lib/platform/limits/rate-limit";
import { log } from "@/lib/platform/log";
import { getRequestContext } from "@/lib/platform/request-context";
import { verifyPassword, withPlaceInLine } from "@/lib/platform/secrets/password";
import {
  signSecondFactorTicket,
  verifySecondFactorTicket,
} from "@/lib/tokens/second-factor-ticket";
import { Email } from "@/lib/users/schema";
import type { Account, AccountAtTheDoor } from "./account";
import { findAccount } from "./find-account";
import { guessPassword } from "./guess-password";
import { renewHash } from "./renew-hash";
import type { PasskeyForm, SecondFactorForm, SignInForm } from "./schema";
import { insertRefreshToken, insertSession, newRefreshToken, newSession } from "./start-session";

export type SignInOutcome =
  | { kind: "signedIn"; account: Account; sessionId: string; refreshToken: string | null }
  /** Unknown e-mail, wrong password, disabled or invited user: deliberately not told apart. */
  | { kind: "invalidCredentials" }
  /** The password was right, and the account has a second factor. `ticket` stands for the first step. */
  | { kind: "secondFactorRequired"; ticket: string }
  | { kind: "invalidSecondFactor" }
  /** The code may be right: the server has lost what it would be checked with. */
  | { kind: "uncheckableSecondFactor" }
  | { kind: "rateLimited"; retryAfter: number };

/** One client with answers of passkeys, right or wrong. They cannot be guessed; checking them costs. */
const PASSKEY: Limit = { name: "sign-in.passkey", points: 60, seconds: 300 };
/**
 * Checks an e-mail and password and opens a session. Attempts are counted before anything is hashed
 * (guess-password.ts).
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
  const known = provenOf(ticket && (await findAccount({ id: ticket.userId })));
  if (known === null || !ticket?.isOfPassword(known.passwordHash)) {
    return told({ kind: "invalidCredentials" }, door);
  }
  return told(await passSecondFactor(known, form.code, door), door);
}

/**
 * Signs in by a passkey, which was opened by finger, face or PIN and so stands for both factors.
 *
 * @throws {DatabaseUnavailable}
 */
export async function signInByPasskey(form: PasskeyForm, door: Door): Promise<SignInOutcome> {
  const wait = await countUse(PASSKEY, clientKey(getRequestContext()?.address));
  if (wait !== null) return told({ kind: "rateLimited", retryAfter: wait }, door);
  const used = await takePasskey(form.passkeyTicket, form.passkey);
  const known = provenOf(used && (await findAccount({ id: used.userId })));
  if (known === null) return told({ kind: "invalidCredentials" }, door);
  return told(await openSession(known, door), door);
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

/** An account that may be signed in to; `passwordHash` is the one that must not change until it is. */
type Proven = Omit<AccountAtTheDoor, "passwordHash"> & { passwordHash: string };

function provenOf(found: AccountAtTheDoor | null): Proven | null {
  if (!found?.passwordHash || found.status !== "active") return null;
  return { ...found, passwordHash: found.passwordHash };
}

async function trySignIn(form: SignInForm, door: Door): Promise<SignInOutcome> {
  const canonical = Email.safeParse(form.email);
  const email = canonical.success ? canonical.data : null;
  const guess = await guessPassword({ email, typed: form.email }, () =>
    withPlaceInLine(async () => {
      const found = email === null ? null : await findAccount({ email });
      const correct = await verifyPassword(form.password, found?.passwordHash ?? null);
      return correct ? provenOf(found) : null;
    }),
  );
  if (guess.kind === "rateLimited") return guess;
  return guess.kind === "wrong"
    ? { kind: "invalidCredentials" }
    : passPassword(guess.found, form, door);
}

async function passPassword(proven: Proven, form: SignInForm, door: Door): Promise<SignInOutcome> {
  const { id } = proven.account;
  const passwordHash = await renewHash({ id, passwordHash: proven.passwordHash }, form.password);
  const known = { ...proven, passwordHash };
  if (!known.hasSecondFactor) return openSession(known, door, form.password);
  return form.code === undefined
    ? { kind: "secondFactorRequired", ticket: await signSecondFactorTicket({ id, passwordHash }) }
    : passSecondFactor(known, form.code, door, form.password);
}

async function passSecondFactor(
  known: Proven,
  code: string,
  door: Door,
  password?: string,
): Promise<SignInOutcome> {
  const outcome = await takeSecondFactor(known.account, code);
  switch (outcome.kind) {
    case "taken":
      return openSession(known, door, password);
    case "wrong":
      return { kind: "invalidSecondFactor" };
    case "uncheckable":
      return { kind: "uncheckableSecondFactor" };
    case "rateLimited":
      return outcome;
  }
}

/** @param password that was typed, to be compared again where the hash has become another one meanwhile */
async function openSession(
  { account, passwordHash }: Proven,
  door: Door,
  password?: string,
): Promise<SignInOutcome> {
  const session = newSession(door);
  // A browser's session lives in its cookie and has nothing to refresh.
  const refresh = door === "api" ? newRefreshToken() : null;
  const opened = Prisma.sql`"opened" AS "session"`;
  const event = {
    action: "session.started",
    target: { type: "session", id: session.id, label: account.email },
    door,
  } as const;
  // Locks the row: who is disabled or gets another password while this one is hashed does not come in. Not
  // through the model: a sign-in is no edit and leaves updatedAt alone.
  const rows = await statement(
    (tx) => tx.$queryRaw<unknown[]>`
      ${PREPARED} WITH "user" AS (
        UPDATE "users" SET "last_login_at" = now()
        WHERE "id" = ${account.id}::uuid AND "status" = 'active' AND "password_hash" = ${passwordHash}
        RETURNING "id"
      ), "opened" AS (
        ${insertSession(session, Prisma.sql`"user"`)} RETURNING "id"
      )${refresh ? Prisma.sql`, "added" AS (${insertRefreshToken(refresh.digest, opened)})` : Prisma.empty},
      "recorded" AS (
        ${insertEvents(
          { userId: account.id, email: account.email },
          [event],
          Prisma.sql`EXISTS (SELECT 1 FROM "opened")`,
        )}
      )
      SELECT "id" FROM "opened"`,
  );
  if (rows.length === 0) {
    const known = password === undefined ? null : provenOf(await findAccount({ id: account.id }));
    // Made anew from the same password by another sign-in: that is no reason to turn this one away.
    const renewed = known !== null && known.passwordHash !== passwordHash;
    return renewed && password !== undefined && (await verifyPassword(password, known.passwordHash))
      ? openSession(known, door)
      : { kind: "invalidCredentials" };
  }
  return {
    kind: "signedIn",
    account,
    sessionId: session.id,
    refreshToken: refresh?.token ?? null,
  };
}
