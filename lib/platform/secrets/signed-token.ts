import { createHmac, createSecretKey, type KeyObject, timingSafeEqual } from "node:crypto";
import { databaseNow } from "../database-now";
import { env } from "../env";
import { processWide } from "../process-wide";
import { purposeKey } from "./digest";

/** What a token says (RFC 7519); times are whole Unix seconds. */
type Claims = Readonly<Record<string, unknown>>;

/** The one header that is written and read: a token with any other was not made here. */
const HEADER = encoded({ alg: "HS256", typ: "JWT" });

/** By so much the clocks of replicas may still differ when they are all set by the database's. */
const LEEWAY_SECONDS = 60;

function encoded(json: object): string {
  return Buffer.from(JSON.stringify(json)).toString("base64url");
}

/** Derived once: the purposes of tokens are few, and one is verified on every request. */
function keyFor(purpose: string, secret: string): KeyObject {
  const keys = processWide("token-keys", () => new Map<string, KeyObject>());
  const name = `${purpose} ${secret}`;
  const key = keys.get(name) ?? createSecretKey(purposeKey(secret, purpose));
  keys.set(name, key);
  return key;
}

function signatureOf(body: string, key: KeyObject): Buffer {
  return Buffer.from(createHmac("sha256", key).update(body).digest("base64url"));
}

/**
 * A JWT for one purpose, good for so many seconds: HS256 under a key of that purpose from the newest AUTH_SECRET. By
 * hand, because it is three lines, and a package's way leads through the threads that passwords are hashed on.
 */
export function signToken(purpose: string, claims: Claims, seconds: number): string {
  const iat = Math.floor(databaseNow().getTime() / 1000);
  const body = `${HEADER}.${encoded({ ...claims, iat, exp: iat + seconds })}`;
  return `${body}.${signatureOf(body, keyFor(purpose, env().authSecrets[0]))}`;
}

/**
 * What a token says that was signed for this purpose, is in time, says all of `expected` and has every claim of
 * `required`; else null (RFC 8725: one algorithm, one spelling). Every configured secret verifies.
 */
export function verifyToken(
  purpose: string,
  token: string,
  expected: Claims = {},
  required: readonly string[] = [],
): Claims | null {
  const [header, payload, signature, more] = token.split(".");
  if (header !== HEADER || !payload || !signature || more !== undefined) return null;
  const sent = Buffer.from(signature);
  const isOurs = env().authSecrets.some((secret) => {
    const own = signatureOf(`${header}.${payload}`, keyFor(purpose, secret));
    return own.length === sent.length && timingSafeEqual(own, sent);
  });
  if (!isOurs) return null;
  const claims = JSON.parse(Buffer.from(payload, "base64url").toString("utf8")) as Claims;
  const now = Math.floor(databaseNow().getTime() / 1000);
  const { exp, nbf = 0 } = claims;
  if (typeof exp !== "number" || exp + LEEWAY_SECONDS <= now) return null;
  if (typeof nbf !== "number" || nbf - LEEWAY_SECONDS > now) return null;
  const says = Object.entries(expected).every(([name, value]) => claims[name] === value);
  return says && required.every((name) => Object.hasOwn(claims, name)) ? claims : null;
}
