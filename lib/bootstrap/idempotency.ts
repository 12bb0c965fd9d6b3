import type { ClaimDoor } from "@/lib/audit/schema";
import type { Tx } from "@/lib/platform/db";
import {
  fingerprints,
  isIdempotencyKey,
  REMEMBERED_SECONDS,
} from "@/lib/platform/http/idempotency-key";
import { sha256 } from "@/lib/platform/secrets/digest";
import type { Granted } from "./grant";

/** A claim that its sender may repeat: which key, and a fingerprint of the exact body under each secret. */
export type IdempotentClaim = { digest: string; bodyMacs: readonly [string, ...string[]] };

/** The idempotent claim behind an `Idempotency-Key` header, or "invalid". */
export function idempotentClaim(
  door: ClaimDoor,
  key: string,
  body: string,
): IdempotentClaim | "invalid" {
  if (!isIdempotencyKey(key)) return "invalid";
  return { digest: sha256(`${door}\n${key}`), bodyMacs: fingerprints(body) };
}

/** Remembers the success inside its own transaction, and forgets those of yesterday. */
export async function rememberClaim(
  tx: Tx,
  claim: IdempotentClaim,
  userId: string,
  { sessionId, apiTokenId }: Granted,
): Promise<void> {
  await tx.$executeRaw`
    DELETE FROM "idempotency_keys"
    WHERE "created_at" <= now() - make_interval(secs => ${REMEMBERED_SECONDS})`;
  await tx.idempotencyKey.create({
    data: { digest: claim.digest, bodyMac: claim.bodyMacs[0], userId, sessionId, apiTokenId },
    select: { digest: true },
  });
}
