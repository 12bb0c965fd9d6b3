import { createCipheriv, createDecipheriv, randomBytes } from "node:crypto";
import { env } from "../env";
import { purposeKey } from "./digest";

const NONCE_BYTES = 12; // what GCM is made for (NIST SP 800-38D, 5.2.1.1)
const TAG_BYTES = 16;

/**
 * Encrypts `text` with AES-256-GCM under a key for this purpose from the newest AUTH_SECRET, so that a dump of the
 * database is not enough to read it.
 *
 * @param place where the result is kept; it opens nowhere else
 * @returns nonce, tag and ciphertext in one
 */
export function seal(purpose: string, text: string, place: string): Uint8Array<ArrayBuffer> {
  const key = purposeKey(env().authSecrets[0], purpose);
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv("aes-256-gcm", key, nonce).setAAD(Buffer.from(place));
  const encrypted = Buffer.concat([cipher.update(text, "utf8"), cipher.final()]);
  return Buffer.concat([nonce, cipher.getAuthTag(), encrypted]);
}

/** The text behind `sealed`, or null when no configured secret opens it, or purpose, place or a single bit is another. */
export function unseal(purpose: string, sealed: Uint8Array, place: string): string | null {
  for (const secret of env().authSecrets) {
    const text = unsealWith(purposeKey(secret, purpose), sealed, place);
    if (text !== null) return text;
  }
  return null;
}

function unsealWith(key: Uint8Array, sealed: Uint8Array, place: string): string | null {
  const nonce = sealed.subarray(0, NONCE_BYTES);
  const tag = sealed.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES);
  try {
    const options = { authTagLength: TAG_BYTES };
    const decipher = createDecipheriv("aes-256-gcm", key, nonce, options)
      .setAAD(Buffer.from(place))
      .setAuthTag(tag);
    const text = decipher.update(sealed.subarray(NONCE_BYTES + TAG_BYTES));
    return Buffer.concat([text, decipher.final()]).toString("utf8");
  } catch {
    return null; // not sealed with this key, or not for this place
  }
}
