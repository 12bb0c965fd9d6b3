import { signToken, verifyToken } from "@/lib/platform/secrets/signed-token";
import { KEPT } from "@/product";

/** Seconds an access token is good for; the session behind it may end sooner and then ends it too. */
export const ACCESS_TOKEN_SECONDS = 15 * 60;

const PURPOSE = "access token";
// Constant, not BASE_URL: replicas of one installation may be reached at different origins.
const { tokenIssuer: ISSUER, tokenAudience: AUDIENCE } = KEPT;

/**
 * A short-lived HS256 JWT (header as published by the `setup` contract) that names a session. It grants
 * nothing by itself: user, role and session are read from the database on every request.
 */
export async function signAccessToken(subject: { userId: string; sessionId: string }) {
  const payload = { sid: subject.sessionId, token_use: "access" };
  return signToken(PURPOSE, payload, ACCESS_TOKEN_SECONDS, (token) =>
    token.setSubject(subject.userId).setIssuer(ISSUER).setAudience(AUDIENCE),
  );
}

/**
 * The session a token names, or null for any token that is not exactly one of ours and in time (RFC 8725:
 * one algorithm, issuer, audience and use are all checked). Every configured secret verifies.
 */
export async function verifyAccessToken(
  token: string,
): Promise<{ userId: string; sessionId: string } | null> {
  const payload = await verifyToken(PURPOSE, token, {
    typ: "JWT",
    issuer: ISSUER,
    audience: AUDIENCE,
    requiredClaims: ["sub", "sid", "exp", "iat"],
  });
  const { sub, sid, token_use } = payload ?? {};
  if (token_use !== "access" || typeof sub !== "string" || typeof sid !== "string") return null;
  return { userId: sub, sessionId: sid };
}
