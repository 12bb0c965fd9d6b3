import type { Actor } from "@/lib/access/actor";
import { recentlyConfirmed } from "@/lib/access/recently-confirmed";
import { record } from "@/lib/audit/record";
import { databaseNow } from "@/lib/platform/database-now";
import { query, transaction } from "@/lib/platform/db";
import { guarded, type Limit } from "@/lib/platform/limits/rate-limit";
import { sha256 } from "@/lib/platform/secrets/digest";
import { signToken, verifyToken } from "@/lib/platform/secrets/signed-token";
import { mintRecoveryCodes } from "./recovery-codes";
import { takeSecondFactor } from "./take-second-factor";
import { newTotpSecret, sealTotpSecret, totpStep, totpUri, unsealTotpSecret } from "./totp";

const PURPOSE = "authenticator app replacement";
const LIFETIME_SECONDS = 10 * 60;

/** The key of the new app, and the ticket with which its first code comes back within ten minutes. */
type Begun = { secret: string; uri: string; ticket: string };

export type StartReplacementOutcome =
  | ({ kind: "started" } & Begun)
  /** There is no authenticator app that could be replaced. */
  | { kind: "noApp" }
  | { kind: "wrong" }
  | { kind: "uncheckable" }
  | { kind: "unconfirmed" }
  | { kind: "rateLimited"; retryAfter: number };

/**
 * Begins to put another authenticator app in the place of one's own, which goes on to count until the other has shown
 * a code. Nothing is stored meanwhile: the ticket has the sealed secret, is good for this session alone, and only
 * while the present app is the one that it was made beside.
 *
 * @param proof a code of the present app or a recovery code, which is used up
 * @throws {DatabaseUnavailable}
 */
export async function startReplacement(
  actor: Actor,
  proof: string,
): Promise<StartReplacementOutcome> {
  if (!recentlyConfirmed(actor)) return { kind: "unconfirmed" };
  const { userId, email } = actor;
  const present = await query((db) => db.totpFactor.findUnique({ where: { userId } }));
  if (!present?.confirmedAt) return { kind: "noApp" };
  const taken = await takeSecondFactor({ id: userId, email }, proof);
  if (taken.kind !== "taken") return taken;
  const made = newTotpSecret(email);
  const claims = {
    ...boundTo(actor),
    beside: sha256(present.secret),
    sealed: sealTotpSecret(userId, made.secret),
  };
  return { kind: "started", ...made, ticket: signToken(PURPOSE, claims, LIFETIME_SECONDS) };
}

/** What stands in a ticket of one's own that is in time, to be shown once more; else null. */
export function readReplacement(actor: Actor, ticket: string): Begun | null {
  const read = opened(actor, ticket);
  return read && { secret: read.secret, uri: totpUri(read.secret, actor.email), ticket };
}

export type ConfirmReplacementOutcome =
  /** The codes are shown this once; those before are void. */
  | { kind: "replaced"; recoveryCodes: string[] }
  | { kind: "wrongCode" }
  /** The ticket is not good any more, or another app stands there by now. */
  | { kind: "restart" }
  | { kind: "unconfirmed" }
  | { kind: "rateLimited"; retryAfter: number };

const GUESSES: Limit = { name: "replace-totp", points: 10, seconds: 300 };

/** Puts the new app in the place of the old one, by a code that shows it works. @throws {DatabaseUnavailable} */
export async function confirmReplacement(
  actor: Actor,
  ticket: string,
  code: string,
): Promise<ConfirmReplacementOutcome> {
  if (!recentlyConfirmed(actor)) return { kind: "unconfirmed" };
  const guess = await guarded([[GUESSES, actor.userId]], () => replace(actor, ticket, code), {
    isRight: ({ kind }) => kind === "replaced",
  });
  return guess.kind === "rateLimited" ? guess : guess.result;
}

async function replace(
  actor: Actor,
  ticket: string,
  code: string,
): Promise<ConfirmReplacementOutcome> {
  const { userId, email } = actor;
  const begun = opened(actor, ticket);
  if (begun === null) return { kind: "restart" };
  const step = totpStep(begun.secret, code.replace(/\s/g, ""), databaseNow());
  if (step === null) return { kind: "wrongCode" };
  return transaction(async (tx): Promise<ConfirmReplacementOutcome> => {
    const present = await tx.totpFactor.findUnique({ where: { userId } });
    if (!present?.confirmedAt || sha256(present.secret) !== begun.beside) {
      return { kind: "restart" };
    }
    const { count } = await tx.totpFactor.updateMany({
      where: { userId, secret: present.secret },
      data: { secret: begun.sealed, lastStep: step, confirmedAt: databaseNow() },
    });
    if (count === 0) return { kind: "restart" };
    const recoveryCodes = await mintRecoveryCodes(tx, userId);
    const target = { type: "user", id: userId, label: email } as const;
    await record(tx, actor, { action: "factor.replaced", target, details: { factor: "totp" } });
    return { kind: "replaced", recoveryCodes };
  });
}

const boundTo = ({ userId, via }: Actor) => ({ sub: userId, sid: String(via.id) });

function opened(
  actor: Actor,
  ticket: string,
): { secret: string; sealed: string; beside: string } | null {
  const { beside, sealed } = verifyToken(PURPOSE, ticket, boundTo(actor)) ?? {};
  if (typeof beside !== "string" || typeof sealed !== "string") return null;
  const secret = unsealTotpSecret(actor.userId, sealed);
  return secret === null ? null : { secret, sealed, beside };
}
