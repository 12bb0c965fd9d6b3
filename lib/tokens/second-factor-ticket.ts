import { jwtVerify, SignJWT } from "jose";
import { purposeKey, sha256 } from "@/lib/platform/digest";
import { env } from "@/lib/platform/env";

const LIFETIME = "5m";
const key = (secret: string) => purposeKey(secret, "second factor ticket");

/** Changes with the password, so that a ticket does not outlive it. */
const passwordMark = (passwordHash: string) => sha256(passwordHash).slice(0, 16);

/** Says for five minutes that somebody knew the password of this account. Opens nothing without a second factor. */
export async function signSecondFactorTicket(user: { id: string; passwordHash: string }) {
  return new SignJWT({ pwd: passwordMark(user.passwordHash) })
    .setProtectedHeader({ alg: "HS256", typ: "JWT" })
    .setSubject(user.id)
    .setIssuedAt()
    .setExpirationTime(LIFETIME)
    .sign(key(env().authSecrets[0]));
}

/** Whose ticket this is, or null for any that is not one of ours and in time. */
export async function verifySecondFactorTicket(
  ticket: string,
): Promise<{ userId: string; isOfPassword: (passwordHash: string) => boolean } | null> {
  for (const secret of env().authSecrets) {
    try {
      const { payload } = await jwtVerify(ticket, key(secret), {
        algorithms: ["HS256"],
        requiredClaims: ["sub", "exp", "pwd"],
      });
      const { sub, pwd } = payload;
      if (sub === undefined) return null;
      return { userId: sub, isOfPassword: (hash) => passwordMark(hash) === pwd };
    } catch {
      // Not signed with this secret, or not a ticket at all; the next secret may know it.
    }
  }
  return null;
}
