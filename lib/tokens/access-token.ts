import { jwtVerify, SignJWT } from "jose";
import { purposeKey } from "@/lib/platform/digest";
import { env } from "@/lib/platform/env";

/** Seconds an access token is good for; the session behind it may end sooner and then ends it too. */
export const ACCESS_TOKEN_SECONDS = 15 * 60;

// Constant, not BASE_URL: replicas of one installation may be reached at different origins.
const ISSUER = "latchkey";
const AUDIENCE = "latchkey:api";

const key = (secret: string) => purposeKey(secret, "access token");

/**
 * A short-lived HS256 JWT (header as published by the `setup` contract) that names a session. It grants
 * nothing by itself: user, role and session are read from the database on every request.
 */
export async function signAccessToken(subject: { userId: string; sessionId: string }) {
  return new SignJWT({ sid: subject.sessionId, token_use: "access" })
    .setProtectedHeader({ alg: "HS256", typ: "JWT" })
    .setSubject(subject.userId)
    .setIssuer(ISSUER)
    .setAudience(AUDIENCE)
    .setIssuedAt()
    .setExpirationTime(`${ACCESS_TOKEN_SECONDS}s`)
    .sign(key(env().authSecrets[0]));
}

/**
 * The session a token names, or null for any token that is not exactly one of ours and in time (RFC 8725:
 * one algorithm, issuer, audience and use are all checked). Every configured secret verifies.
 */
export async function verifyAccessToken(
  token: string,
): Promise<{ userId: string; sessionId: string } | null> {
  for (const secret of env().authSecrets) {
    try {
      const { payload } = await jwtVerify(token, key(secret), {
        algorithms: ["HS256"],
        typ: "JWT",
        issuer: ISSUER,
        audience: AUDIENCE,
        requiredClaims: ["sub", "sid", "exp", "iat"],
      });
      const { sub, sid, token_use } = payload;
      if (token_use !== "access" || typeof sub !== "string" || typeof sid !== "string") return null;
      return { userId: sub, sessionId: sid };
    } catch {
      // Not signed with this secret, or not a token at all; the next secret may know it.
    }
  }
  return null;
}
