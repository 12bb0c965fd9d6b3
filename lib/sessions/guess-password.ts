import { record } from "@/lib/audit/record";
import { isKnownClient } from "@/lib/factors/is-known-client";
import { type Prisma, transaction } from "@/lib/platform/db";
import { clientKey } from "@/lib/platform/http/client-key";
import { guarded, type Limit } from "@/lib/platform/limits/rate-limit";
import { log } from "@/lib/platform/log";
import { getRequestContext } from "@/lib/platform/request-context";
import { sha256 } from "@/lib/platform/secrets/digest";
import { Email } from "@/lib/users/schema";

/** One client at one account; the usual forgetful owner stays far below it. Waits grow: 5, 10, 20 … 80 minutes. */
const ACCOUNT_AND_CLIENT: Limit = {
  name: "sign-in.pair",
  points: 10,
  seconds: 300,
  grows: true,
};
/** One client at any account: password spraying. */
const CLIENT: Limit = { name: "sign-in.client", points: 100, seconds: 300 };
/** One account from anywhere: NIST SP 800-63B allows at most 100 failures in a row. */
const ACCOUNT: Limit = { name: "sign-in.account", points: 100, seconds: 3_600 };

/** What came of an attempt that counts. */
export type Guess<T> =
  | { kind: "right"; found: T }
  | { kind: "wrong" }
  | { kind: "rateLimited"; retryAfter: number };

/**
 * Compares a password with that of an account, as an attempt that counts: to sign in, to confirm and to change it
 * alike, because whoever guesses would try wherever it costs least. When an account is under attack from everywhere,
 * only clients that have signed in to it before are still heard.
 *
 * @param typed what names the account: its e-mail address in any spelling, or what somebody took for it
 * @param compare gives null for a wrong password; it is given the rows of `beside`, or null when that was not read
 * @param beside what is to be read in the statement that counts
 * @throws {Overloaded} {DatabaseUnavailable}
 */
export async function guessPassword<T>(
  typed: string,
  compare: (beside: readonly unknown[] | null) => Promise<T | null>,
  beside?: Prisma.Sql,
): Promise<Guess<T>> {
  const email = Email.safeParse(typed).data ?? null;
  const client = clientKey(getRequestContext()?.address);
  const account = sha256(email ?? typed.toLowerCase());
  const guess = await guarded(
    [
      [CLIENT, client],
      [ACCOUNT_AND_CLIENT, `${account}.${client}`],
      [ACCOUNT, account],
    ],
    compare,
    {
      beside,
      isRight: (found) => found !== null,
      excused: async ({ limit }) => limit === ACCOUNT && email !== null && isKnownClient({ email }),
      usedUp: (limit) => limit !== CLIENT && recordBlock(email),
    },
  );
  if (guess.kind === "rateLimited") return guess;
  return guess.result === null ? { kind: "wrong" } : { kind: "right", found: guess.result };
}

/**
 * Leaves a word in the audit trail for the owner of an account that was being guessed at. Not waited for: a refusal
 * must take as long for an account that exists as for one that does not (CWE-208).
 */
function recordBlock(email: string | null): void {
  if (email === null) return;
  transaction(async (tx) => {
    const user = await tx.user.findUnique({ where: { email }, select: { id: true } });
    if (user === null) return;
    const target = { type: "user", id: user.id, label: email } as const;
    await record(tx, { system: "sign-in limit" }, { action: "session.blocked", target });
  }).catch((error) => log().warn({ err: error }, "a blocked sign-in was not recorded"));
}
