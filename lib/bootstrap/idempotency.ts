import { databaseNow } from "@/lib/platform/database-now";
import { query, type Tx } from "@/lib/platform/db";
import { sha256 } from "@/lib/platform/digest";
import { fingerprints, isIdempotencyKey, REMEMBERED_SECONDS } from "@/lib/platform/idempotency-key";

/** A claim that its sender may repeat: which key, and a fingerprint of the exact body under each secret. */
export type IdempotentClaim = { digest: string; bodyMacs: readonly string[] };

const KEPT_MS = REMEMBERED_SECONDS * 1000;

/** The idempotent claim behind an `Idempotency-Key` header, or "invalid". */
export function idempotentClaim(
  door: string,
  key: string,
  body: string,
): IdempotentClaim | "invalid" {
  if (!isIdempotencyKey(key)) return "invalid";
  return { digest: sha256(`${door}\n${key}`), bodyMacs: fingerprints(body) };
}

/** Remembers the success inside its own transaction, and forgets those of yesterday. */
export async function rememberClaim(tx: Tx, claim: IdempotentClaim, userId: string): Promise<void> {
  await tx.idempotencyKey.deleteMany({
    where: { createdAt: { lt: new Date(databaseNow().getTime() - KEPT_MS) } },
  });
  await tx.idempotencyKey.create({
    data: { digest: claim.digest, bodyMac: claim.bodyMacs[0] ?? "", userId },
    select: { digest: true },
  });
}

/**
 * What a key stands for within 24 hours: nothing yet, a success with the same body, or with another one.
 *
 * @throws {DatabaseUnavailable}
 */
export async function findClaim(
  claim: IdempotentClaim,
): Promise<{ kind: "none" } | { kind: "reused" } | { kind: "replay"; userId: string }> {
  const known = await query((db) =>
    db.idempotencyKey.findUnique({
      where: { digest: claim.digest },
      select: { bodyMac: true, userId: true, createdAt: true },
    }),
  );
  if (known === null || known.createdAt.getTime() < databaseNow().getTime() - KEPT_MS)
    return { kind: "none" };
  if (!claim.bodyMacs.includes(known.bodyMac)) return { kind: "reused" };
  return { kind: "replay", userId: known.userId };
}
