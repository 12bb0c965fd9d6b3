import { sha256 } from "@/lib/platform/secrets/digest";
import { signToken, verifyToken } from "@/lib/platform/secrets/signed-token";

const PURPOSE = "second factor ticket";
const LIFETIME_SECONDS = 5 * 60;

/** Changes with the password, so that a ticket does not outlive it. */
const passwordMark = (passwordHash: string) => sha256(passwordHash).slice(0, 16);

/** Says for five minutes that somebody knew the password of this account. Opens nothing without a second factor. */
export async function signSecondFactorTicket(user: { id: string; passwordHash: string }) {
  const payload = { pwd: passwordMark(user.passwordHash) };
  return signToken(PURPOSE, payload, LIFETIME_SECONDS, (token) => token.setSubject(user.id));
}

/** Whose ticket this is, or null for any that is not one of ours and in time. */
export async function verifySecondFactorTicket(
  ticket: string,
): Promise<{ userId: string; isOfPassword: (passwordHash: string) => boolean } | null> {
  const payload = await verifyToken(PURPOSE, ticket, { requiredClaims: ["sub", "exp", "pwd"] });
  const { sub, pwd } = payload ?? {};
  if (sub === undefined) return null;
  return { userId: sub, isOfPassword: (hash) => passwordMark(hash) === pwd };
}
