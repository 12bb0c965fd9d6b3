import { createSecretKey, type KeyObject } from "node:crypto";
import { type JWTPayload, type JWTVerifyOptions, jwtVerify, SignJWT } from "jose";
import { databaseNow } from "../database-now";
import { env } from "../env";
import { processWide } from "../process-wide";
import { purposeKey } from "./digest";

/** Derived once: the purposes of tokens are few, and one is verified on every request. */
function keyFor(purpose: string, secret: string): KeyObject {
  const keys = processWide("token-keys", () => new Map<string, KeyObject>());
  const name = `${purpose} ${secret}`;
  const key = keys.get(name) ?? createSecretKey(purposeKey(secret, purpose));
  keys.set(name, key);
  return key;
}

/** By so much the clocks of replicas may still differ when they are all set by the database's. */
const LEEWAY_SECONDS = 60;

/**
 * A JWT for one purpose, good for so many seconds, to be completed and signed: HS256 under a key of that purpose from
 * the newest AUTH_SECRET.
 */
export function signToken(
  purpose: string,
  payload: JWTPayload,
  seconds: number,
  complete: (token: SignJWT) => SignJWT = (token) => token,
): Promise<string> {
  const issued = Math.floor(databaseNow().getTime() / 1000);
  const token = new SignJWT(payload)
    .setProtectedHeader({ alg: "HS256", typ: "JWT" })
    .setIssuedAt(issued)
    .setExpirationTime(issued + seconds);
  return complete(token).sign(keyFor(purpose, env().authSecrets[0]));
}

/**
 * The payload of a token that was signed for this purpose, is in time and meets `options` (RFC 8725: one algorithm),
 * else null. Every configured secret verifies.
 */
export async function verifyToken(
  purpose: string,
  token: string,
  options: JWTVerifyOptions,
): Promise<JWTPayload | null> {
  const judged = {
    ...options,
    algorithms: ["HS256"],
    currentDate: databaseNow(),
    clockTolerance: LEEWAY_SECONDS,
  };
  for (const secret of env().authSecrets) {
    try {
      return (await jwtVerify(token, keyFor(purpose, secret), judged)).payload;
    } catch {
      // Not signed with this secret, or not a token at all; the next secret may know it.
    }
  }
  return null;
}
