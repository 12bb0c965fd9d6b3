import { createCipheriv, createDecipheriv, randomBytes } from "node:crypto";
import { purposeKey } from "./digest";
import { env } from "./env";

const CIPHER = "aes-256-gcm";
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/**
 * Encrypts a text that the database keeps and has to give back, so that a dump of the database is not enough to
 * read it (AES-256-GCM under a key for this purpose from the newest AUTH_SECRET).
 *
 * @param bound what the text belongs to; it opens only there
 */
export function seal(purpose: string, bound: string, text: string): string {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv(CIPHER, purposeKey(env().authSecrets[0], purpose), nonce);
  cipher.setAAD(Buffer.from(bound));
  const sealed = [nonce, cipher.update(text, "utf8"), cipher.final(), cipher.getAuthTag()];
  return Buffer.concat(sealed).toString("base64url");
}

/** The text behind `seal`, or null when no configured secret opens it or it belongs to something else. */
export function unseal(purpose: string, bound: string, sealed: string): string | null {
  const bytes = Buffer.from(sealed, "base64url");
  if (bytes.length < NONCE_BYTES + TAG_BYTES) return null;
  for (const secret of env().authSecrets) {
    const key = purposeKey(secret, purpose);
    const decipher = createDecipheriv(CIPHER, key, bytes.subarray(0, NONCE_BYTES));
    decipher.setAAD(Buffer.from(bound));
    decipher.setAuthTag(bytes.subarray(-TAG_BYTES));
    const text = decipher.update(bytes.subarray(NONCE_BYTES, -TAG_BYTES));
    try {
      return Buffer.concat([text, decipher.final()]).toString("utf8");
    } catch {
      // Sealed under another secret; the next one may be the right one.
    }
  }
  return null;
}
