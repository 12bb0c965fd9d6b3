import { createSecretKey, type KeyObject } from "node:crypto";
import jwt from "jsonwebtoken";
import { databaseNow } from "../database-now";
import { env } from "../env";
import { processWide } from "../process-wide";
import { purposeKey } from "./digest";

/** What a token says (RFC 7519); times are whole Unix seconds. */
type Claims = Readonly<Record<string, unknown>>;

/** By so much the clocks of replicas may still differ when they are all set by the database's. */
const LEEWAY_SECONDS = 60;

/** Derived once: the purposes of tokens are few, and one is verified on every request. */
function keyFor(purpose: string, secret: string): KeyObject {
  const keys = processWide("token-keys", () => new Map<string, KeyObject>());
  const name = `${purpose} ${secret}`;
  const key = keys.get(name) ?? createSecretKey(purposeKey(secret, purpose));
  keys.set(name, key);
  return key;
}

/**
 * A JWT for one purpose, good for so many seconds: HS256 under a key of that purpose from the newest AUTH_SECRET. By a
 * package that signs in place: WebCrypto's way leads through the threads that passwords are hashed on.
 */
export function signToken(purpose: string, claims: Claims, seconds: number): string {
  const iat = Math.floor(databaseNow().getTime() / 1000);
  const key = keyFor(purpose, env().authSecrets[0]);
  return jwt.sign({ ...claims, iat, exp: iat + seconds }, key, { algorithm: "HS256" });
}

/**
 * What a token says that was signed for this purpose, is in time, says all of `expected` and has every claim of
 * `required`; else null (RFC 8725: one algorithm, one type). Every configured secret verifies.
 */
export function verifyToken(
  purpose: string,
  token: string,
  expected: Claims = {},
  required: readonly string[] = [],
): Claims | null {
  for (const secret of env().authSecrets) {
    const claims = verified(token, keyFor(purpose, secret));
    if (claims === null) continue;
    const says = Object.entries(expected).every(([name, value]) => claims[name] === value);
    return says && ["exp", ...required].every((name) => Object.hasOwn(claims, name))
      ? claims
      : null;
  }
  return null;
}

function verified(token: string, key: KeyObject): Claims | null {
  try {
    const { header, payload } = jwt.verify(token, key, {
      complete: true,
      algorithms: ["HS256"],
      clockTimestamp: Math.floor(databaseNow().getTime() / 1000),
      clockTolerance: LEEWAY_SECONDS,
    });
    return header.typ === "JWT" && typeof payload === "object" ? payload : null;
  } catch {
    return null; // not signed with this key, not in time, or not a token at all
  }
}
