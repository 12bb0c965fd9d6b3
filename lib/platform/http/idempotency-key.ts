import { env } from "../env";
import { hmacSha256, purposeKey } from "../secrets/digest";
import type { ErrorShape, Reply } from "./endpoint";

/** How long a success is remembered, in seconds (docs/contracts/every-door.md#idempotency-key). */
export const REMEMBERED_SECONDS = 24 * 60 * 60;

/** Whether `key` is 8 to 128 printable ASCII characters (docs/contracts/every-door.md#idempotency-key). */
export function isIdempotencyKey(key: string): boolean {
  return /^[\x20-\x7e]{8,128}$/.test(key);
}

/**
 * Fingerprints of what was sent under a key, one for each configured secret, the newest first. What was sent may
 * hold a password, so it is remembered only under a secret that the database does not have.
 */
export function fingerprints(sent: string): [string, ...string[]] {
  const under = (secret: string) => hmacSha256(purposeKey(secret, "idempotency"), sent);
  const [newest, ...older] = env().authSecrets;
  return [under(newest), ...older.map(under)];
}

/** @param than what differs from the first request, such as "another body" */
export function keyReused(shape: ErrorShape, than: string): Reply {
  return shape("IDEMPOTENCY_KEY_REUSED", `This Idempotency-Key was sent with ${than}.`);
}
