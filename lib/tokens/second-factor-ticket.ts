import { sha256 } from "@/lib/platform/secrets/digest";
import { signToken, verifyToken } from "@/lib/platform/secrets/signed-token";

const PURPOSE = "second factor ticket";
const LIFETIME_SECONDS = 5 * 60;

/** Changes with the password, so that a ticket does not outlive it. */
const passwordMark = (passwordHash: string) => sha256(passwordHash).slice(0, 16);

/** Says for five minutes that somebody knew the password of this account. Opens nothing without a second factor. */
export function signSecondFactorTicket(user: { id: string; passwordHash: string }): string {
  return signToken(
    PURPOSE,
    { sub: user.id, pwd: passwordMark(user.passwordHash) },
    LIFETIME_SECONDS,
  );
}

/** Whose ticket this is, or null for any that is not one of ours and in time. */
export function verifySecondFactorTicket(
  ticket: string,
): { userId: string; isOfPassword: (passwordHash: string) => boolean } | null {
  const { sub, pwd } = verifyToken(PURPOSE, ticket) ?? {};
  if (typeof sub !== "string") return null;
  return { userId: sub, isOfPassword: (hash) => passwordMark(hash) === pwd };
}
