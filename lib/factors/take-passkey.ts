import {
  type AuthenticationResponseJSON,
  generateAuthenticationOptions,
  type PublicKeyCredentialRequestOptionsJSON,
  verifyAuthenticationResponse,
} from "@simplewebauthn/server";
import { z } from "zod";
import { databaseNow } from "@/lib/platform/database-now";
import { query, transaction } from "@/lib/platform/db";
import { env } from "@/lib/platform/env";
import { relyingParty } from "./add-passkey";
import { newChallenge, readChallenge, takeChallenge } from "./challenge";

/** What the browser needs in order to sign in by a passkey; says nothing about any account. */
export async function startPasskeySignIn(): Promise<{
  options: PublicKeyCredentialRequestOptionsJSON;
  ticket: string;
}> {
  const { challenge, ticket } = newChallenge("sign in");
  const options = await generateAuthenticationOptions({
    rpID: relyingParty(),
    challenge: new Uint8Array(Buffer.from(challenge, "base64url")),
    userVerification: "required",
  });
  return { options, ticket };
}

const Response = z.looseObject({ id: z.string().max(1_400), response: z.looseObject({}) });

function parsed(text: string): AuthenticationResponseJSON | null {
  try {
    const response = Response.safeParse(JSON.parse(text));
    return response.success ? (response.data as unknown as AuthenticationResponseJSON) : null;
  } catch {
    return null; // not JSON: no answer of a browser
  }
}

/**
 * Takes the answer of a passkey, once, and tells whose it is; null for any that is not right. A counter that
 * does not grow, where the authenticator keeps one, is a copy (WebAuthn Level 3, 6.1.1) and refused.
 *
 * @throws {DatabaseUnavailable}
 */
export async function takePasskey(
  ticket: string,
  text: string,
): Promise<{ userId: string } | null> {
  const challenge = readChallenge(ticket, "sign in");
  const response = parsed(text);
  if (challenge === null || response === null || response.id.includes("\0")) return null;
  const passkey = await query((db) => db.passkey.findUnique({ where: { id: response.id } }));
  if (passkey === null) return null;
  const verified = await verifyAuthenticationResponse({
    response,
    expectedChallenge: challenge,
    expectedOrigin: env().baseUrl,
    expectedRPID: relyingParty(),
    credential: {
      id: passkey.id,
      publicKey: new Uint8Array(passkey.publicKey),
      counter: Number(passkey.counter),
    },
  }).catch(() => null); // the library throws for whatever is wrong with an answer
  if (!verified?.verified) return null;
  const { newCounter, credentialBackedUp } = verified.authenticationInfo;
  const used = await transaction(async (tx) => {
    if (!(await takeChallenge(tx, challenge))) return false;
    const { count } = await tx.passkey.updateMany({
      where: { id: passkey.id },
      data: { counter: newCounter, synced: credentialBackedUp, lastUsedAt: databaseNow() },
    });
    return count === 1;
  });
  return used ? { userId: passkey.userId } : null;
}
