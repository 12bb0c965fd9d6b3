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
export function signAccessToken({
  userId,
  sessionId,
}: {
  userId: string;
  sessionId: string;
}): string {
  const claims = { sid: sessionId, token_use: "access", sub: userId, iss: ISSUER, aud: AUDIENCE };
  return signToken(PURPOSE, claims, ACCESS_TOKEN_SECONDS);
}

/**
 * The session a token names, or null for any token that is not exactly one of ours and in time (RFC 8725:
 * one algorithm, issuer, audience and use are all checked). Every configured secret verifies.
 */
export function verifyAccessToken(token: string): { userId: string; sessionId: string } | null {
  const expected = { iss: ISSUER, aud: AUDIENCE, token_use: "access" };
  const { sub, sid } = verifyToken(PURPOSE, token, expected, ["iat"]) ?? {};
  return typeof sub === "string" && typeof sid === "string"
    ? { userId: sub, sessionId: sid }
    : null;
}
