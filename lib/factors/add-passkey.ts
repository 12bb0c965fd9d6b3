import {
  generateRegistrationOptions,
  type PublicKeyCredentialCreationOptionsJSON,
  type RegistrationResponseJSON,
  verifyRegistrationResponse,
} from "@simplewebauthn/server";
import { z } from "zod";
import type { Actor } from "@/lib/access/actor";
import { recentlyConfirmed } from "@/lib/access/recently-confirmed";
import { record } from "@/lib/audit/record";
import { query, transaction } from "@/lib/platform/db";
import { env } from "@/lib/platform/env";
import { settings } from "@/lib/settings/settings";
import { PersonName } from "@/lib/users/schema";
import { newChallenge, readChallenge, takeChallenge } from "./challenge";
import { mintRecoveryCodes } from "./recovery-codes";
import { hasSecondFactor } from "./take-second-factor";

/** More than anybody has devices; a bound all the same. */
export const PASSKEYS_MOST = 20;

/** The relying party of WebAuthn: the host of BASE_URL. */
export const relyingParty = () => new URL(env().baseUrl).hostname;

type StartPasskeyOutcome =
  | { kind: "started"; options: PublicKeyCredentialCreationOptionsJSON; ticket: string }
  | { kind: "tooMany" }
  | { kind: "unconfirmed" };

/** What the browser needs in order to make a passkey for one's own account. @throws {DatabaseUnavailable} */
export async function startPasskey(actor: Actor): Promise<StartPasskeyOutcome> {
  if (!recentlyConfirmed(actor)) return { kind: "unconfirmed" };
  const known = await query((db) =>
    db.passkey.findMany({
      where: { userId: actor.userId },
      select: { id: true, transports: true },
      take: PASSKEYS_MOST,
    }),
  );
  if (known.length === PASSKEYS_MOST) return { kind: "tooMany" };
  const { challenge, ticket } = newChallenge(`add to ${actor.userId}`);
  const options = await generateRegistrationOptions({
    rpName: settings().name,
    rpID: relyingParty(),
    userID: new TextEncoder().encode(actor.userId),
    userName: actor.email,
    userDisplayName: actor.name ?? actor.email,
    challenge: new Uint8Array(Buffer.from(challenge, "base64url")),
    excludeCredentials: known,
    // Found without a name and opened by finger, face or PIN: it then stands for both factors.
    authenticatorSelection: { residentKey: "required", userVerification: "required" },
  });
  return { kind: "started", options, ticket };
}

type AddPasskeyOutcome =
  /** `recoveryCodes` are shown this once; null when there already is a second factor, and codes with it. */
  | { kind: "added"; recoveryCodes: string[] | null }
  | { kind: "refused" }
  | { kind: "nameInvalid" }
  | { kind: "unconfirmed" };

const Answer = z.object({
  ticket: z.string().max(2_000),
  name: PersonName.pipe(z.string().max(60)),
  // The library checks what is inside.
  response: z.looseObject({ id: z.string().max(1_400), response: z.looseObject({}) }),
});

/** Adds a passkey that the browser has made. @throws {DatabaseUnavailable} */
export async function addPasskey(actor: Actor, asked: unknown): Promise<AddPasskeyOutcome> {
  if (!recentlyConfirmed(actor)) return { kind: "unconfirmed" };
  const answer = Answer.safeParse(asked);
  if (!answer.success) {
    const name = answer.error.issues.some(({ path }) => path[0] === "name");
    return { kind: name ? "nameInvalid" : "refused" };
  }
  const { ticket, name, response } = answer.data;
  const challenge = readChallenge(ticket, `add to ${actor.userId}`);
  if (challenge === null) return { kind: "refused" };
  const verified = await verifyRegistrationResponse({
    response: response as unknown as RegistrationResponseJSON,
    expectedChallenge: challenge,
    expectedOrigin: env().baseUrl,
    expectedRPID: relyingParty(),
  }).catch(() => null); // the library throws for whatever is wrong with an answer
  if (!verified?.verified) return { kind: "refused" };
  const { credential, credentialBackedUp } = verified.registrationInfo;

  return transaction(async (tx): Promise<AddPasskeyOutcome> => {
    if (!(await takeChallenge(tx, challenge))) return { kind: "refused" };
    const first = !(await hasSecondFactor(tx, actor.userId));
    const { count } = await tx.passkey.createMany({
      data: [
        {
          id: credential.id,
          userId: actor.userId,
          name,
          publicKey: credential.publicKey,
          counter: credential.counter,
          transports: credential.transports ?? [],
          synced: credentialBackedUp,
        },
      ],
      skipDuplicates: true,
    });
    if (count === 0) return { kind: "refused" };
    const target = { type: "user", id: actor.userId, label: actor.email } as const;
    await record(tx, actor, {
      action: "factor.added",
      target,
      details: { factor: "passkey", name },
    });
    return {
      kind: "added",
      recoveryCodes: first ? await mintRecoveryCodes(tx, actor.userId) : null,
    };
  });
}
