import { databaseNow } from "@/lib/platform/database-now";
import type { Tx } from "@/lib/platform/db";
import { randomSecret, sha256 } from "@/lib/platform/secrets/digest";
import { signToken, verifyToken } from "@/lib/platform/secrets/signed-token";

const PURPOSE = "webauthn challenge";
const LIFETIME_SECONDS = 5 * 60;

/** What a challenge is for: adding a passkey to one account, or signing in by one. */
type ChallengePurpose = `add to ${string}` | "sign in";

/** A challenge of 256 bits, and the ticket with which its answer comes back within five minutes. */
export function newChallenge(purpose: ChallengePurpose): { challenge: string; ticket: string } {
  const challenge = randomSecret();
  return { challenge, ticket: signToken(PURPOSE, { challenge, aud: purpose }, LIFETIME_SECONDS) };
}

/** The challenge of a ticket of ours that is in time and for this purpose, else null. */
export function readChallenge(ticket: string, purpose: ChallengePurpose): string | null {
  const { challenge } = verifyToken(PURPOSE, ticket, { aud: purpose }) ?? {};
  return typeof challenge === "string" ? challenge : null;
}

/** Marks a challenge as answered. False when it was before, also by somebody at the same moment. */
export async function takeChallenge(tx: Tx, challenge: string): Promise<boolean> {
  const before = new Date(databaseNow().getTime() - 2 * LIFETIME_SECONDS * 1000);
  await tx.usedChallenge.deleteMany({ where: { usedAt: { lt: before } } });
  const { count } = await tx.usedChallenge.createMany({
    data: [{ digest: sha256(challenge) }],
    skipDuplicates: true,
  });
  return count === 1;
}
