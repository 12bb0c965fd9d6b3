import { z } from "zod";
import type { SignInDoor } from "@/lib/audit/schema";
import { takeSecondFactor } from "@/lib/factors/take-second-factor";
import { statement } from "@/lib/platform/ask";
import { countByDay } from "@/lib/platform/count-by-day";
import { clientKey } from "@/lib/platform/http/client-key";
import { countUse } from "@/lib/platform/limits/rate-limit";
import { log } from "@/lib/platform/log";
import { getRequestContext } from "@/lib/platform/request-context";
import {
  signSecondFactorTicket,
  verifySecondFactorTicket,
} from "@/lib/tokens/second-factor-ticket";
import { Email } from "@/lib/users/schema";
import {
  type Account,
  type AccountAtTheDoor,
  findAccount,
  readAccount,
  selectAccount,
} from "./account";
import { type Guess, guessPassword } from "./guess-password";
import { openSession } from "./open-session";
import type { FindAccount, Provider } from "./providers/provider";

export type SignInOutcome =
  | {
      kind: "signedIn";
      account: Account;
      sessionId: string;
      refreshToken: string | null;
      /** Of who came by one of them: how many there are still. */
      recoveryCodesLeft?: number;
    }
  /** Unknown e-mail, wrong password, disabled or invited user: deliberately not told apart. */
  | { kind: "invalidCredentials" }
  /** The password was right, and the account has a second factor. `ticket` stands for the first step. */
  | { kind: "secondFactorRequired"; ticket: string }
  | { kind: "invalidSecondFactor" }
  /** The code may be right: the server has lost what it would be checked with. */
  | { kind: "uncheckableSecondFactor" }
  | { kind: "rateLimited"; retryAfter: number };

/**
 * Signs in by one of the ways there are (PROVIDERS): whoever it proves to be, if the account is active, by way of a
 * second factor where there is one, and opens a session. Attempts are counted before anything is hashed or asked.
 *
 * @param code of the second factor, where it is sent along
 * @throws {Overloaded} {DatabaseUnavailable}
 */
export async function signIn<Form extends z.ZodType>(
  provider: Provider<Form>,
  sent: z.output<Form>,
  door: SignInDoor,
  code?: string,
): Promise<SignInOutcome> {
  return told(await trySignIn(provider, sent, door, code), door);
}

/** The second step in the browser: the ticket that the first one gave, and the code. */
export const secondFactorForm = z.object({
  ticket: z.string().min(1).max(2_000),
  code: z.string().min(1).max(100),
});

/**
 * The second step of a sign-in: a code beside the ticket that the first one gave. A ticket that is too old, or
 * of a password that has changed since, is as good as none.
 *
 * @throws {DatabaseUnavailable}
 */
export async function finishSignIn(
  form: z.output<typeof secondFactorForm>,
  door: SignInDoor,
): Promise<SignInOutcome> {
  const ticket = verifySecondFactorTicket(form.ticket);
  const known = provenOf(ticket && (await findAccount({ id: ticket.userId })));
  if (known === null || !ticket?.isOfPassword(known.passwordHash)) {
    return told({ kind: "invalidCredentials" }, door);
  }
  return told(await passSecondFactor(known, form.code, door), door);
}

/** Logs and counts a refusal. Not the e-mail: people type their password into the wrong field. */
function told(outcome: SignInOutcome, door: SignInDoor): SignInOutcome {
  if (outcome.kind === "signedIn" || outcome.kind === "secondFactorRequired") return outcome;
  countByDay(`signIn.${outcome.kind}`);
  const request = getRequestContext();
  log().warn(
    { door, outcome: outcome.kind, address: request?.address, requestId: request?.id },
    "sign-in refused",
  );
  return outcome;
}

/** An account that may be signed in to; `passwordHash` is the one that must not change until it is. */
type Known = Omit<AccountAtTheDoor, "passwordHash"> & { passwordHash: string };

function provenOf(found: AccountAtTheDoor | null): Known | null {
  if (!found?.passwordHash || found.status !== "active") return null;
  return { ...found, passwordHash: found.passwordHash };
}

async function trySignIn(
  provider: Provider,
  sent: unknown,
  door: SignInDoor,
  code: string | undefined,
): Promise<SignInOutcome> {
  const prove = async (find = finder()) => provenOf(await provider.prove(sent, find));
  const guess = await counted(provider, sent, prove);
  if (guess.kind === "rateLimited") return guess;
  if (guess.kind === "wrong") return { kind: "invalidCredentials" };
  const known = guess.found;
  if (!known.hasSecondFactor || provider.standsForBoth) return openFor(known, door, prove);
  if (code !== undefined) return passSecondFactor(known, code, door, prove);
  const { account, passwordHash } = known;
  const ticket = signSecondFactorTicket({ id: account.id, passwordHash });
  return { kind: "secondFactorRequired", ticket };
}

const canonical = (email: string) => Email.safeParse(email).data ?? null;

/** @param read an account that was looked up before, which is not asked for again the first time */
function finder(read?: { email: string; found: AccountAtTheDoor | null }): FindAccount {
  let ahead = read;
  return async (by) => {
    if ("id" in by) return findAccount(by);
    const email = canonical(by.email);
    if (email === null) return null;
    const known = ahead?.email === email ? ahead : null;
    ahead = undefined;
    return known ? known.found : findAccount({ email });
  };
}

/** What cannot be guessed costs to be checked: so many proofs of a client, right or wrong. */
const UNGUESSABLE = { points: 60, seconds: 300 };

async function counted(
  { name, names }: Provider,
  sent: unknown,
  prove: (find?: FindAccount) => Promise<Known | null>,
): Promise<Guess<Known>> {
  if (names !== null) {
    const typed = names(sent);
    const email = canonical(typed);
    if (email === null) return guessPassword(typed, () => prove());
    const proveNamed = (beside: readonly unknown[] | null) =>
      prove(finder(beside ? { email, found: readAccount(beside) } : undefined));
    return guessPassword(typed, proveNamed, selectAccount({ email }));
  }
  const limit = { name: `sign-in.${name}`, ...UNGUESSABLE };
  const wait = await countUse(limit, clientKey(getRequestContext()?.address));
  if (wait !== null) return { kind: "rateLimited", retryAfter: wait };
  const found = await prove();
  return found === null ? { kind: "wrong" } : { kind: "right", found };
}

async function passSecondFactor(
  known: Known,
  code: string,
  door: SignInDoor,
  prove?: () => Promise<Known | null>,
): Promise<SignInOutcome> {
  const outcome = await takeSecondFactor(known.account, code);
  switch (outcome.kind) {
    case "taken": {
      const opened = await openFor(known, door, prove);
      const { recoveryCodesLeft } = outcome;
      return opened.kind === "signedIn" && recoveryCodesLeft !== null
        ? { ...opened, recoveryCodesLeft }
        : opened;
    }
    case "wrong":
      return { kind: "invalidSecondFactor" };
    case "uncheckable":
      return { kind: "uncheckableSecondFactor" };
    case "rateLimited":
      return outcome;
  }
}

/** @param prove what has proven it, to be asked again where the hash has become another one meanwhile */
async function openFor(
  { account, passwordHash }: Known,
  door: SignInDoor,
  prove?: () => Promise<Known | null>,
): Promise<SignInOutcome> {
  const proven = { id: account.id, email: account.email, passwordHash };
  const opened = await openSession((sql) => statement(sql, (row) => row), proven, door);
  if (opened !== null) return { kind: "signedIn", account, ...opened };
  // Made anew from the same password by another sign-in: that is no reason to turn this one away.
  const again = await prove?.();
  return again && again.passwordHash !== passwordHash
    ? openFor(again, door)
    : { kind: "invalidCredentials" };
}
