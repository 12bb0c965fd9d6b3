import { databaseNow } from "@/lib/platform/database-now";
import type { Tx } from "@/lib/platform/db";
import { equalInConstantTime, randomSecret, sha256 } from "@/lib/platform/secrets/digest";
import type { Ability } from "./abilities";

const API_TOKEN = /^([1-9]\d{0,8})\|([A-Za-z0-9_-]{40,128})$/;

/**
 * Makes an API token. Its text, `token` = `<id>|<secret>`, is returned once and never stored.
 *
 * @param bounds what it may be used for, and until when; everything its owner may do, for ever, when left out
 */
export async function mintApiToken(
  tx: Tx,
  userId: string,
  name: string,
  bounds: { abilities?: readonly Ability[]; expiresAt?: Date | null } = {},
): Promise<{ id: number; token: string }> {
  const { abilities = ["*"], expiresAt = null } = bounds;
  const secret = randomSecret();
  const { id } = await tx.apiToken.create({
    data: { userId, name, digest: sha256(secret), abilities: [...abilities], expiresAt },
    select: { id: true },
  });
  return { id, token: `${id}|${secret}` };
}

/** The id, user, abilities and last use of a live token, or null when it is unknown, revoked or expired. */
export async function findApiToken(
  tx: Tx,
  text: string,
): Promise<{ id: number; userId: string; abilities: string[]; lastUsedAt: Date | null } | null> {
  const [, id, secret] = API_TOKEN.exec(text) ?? [];
  if (id === undefined || secret === undefined) return null;
  const token = await tx.apiToken.findUnique({
    where: { id: Number(id) },
    select: {
      id: true,
      userId: true,
      abilities: true,
      digest: true,
      expiresAt: true,
      revokedAt: true,
      lastUsedAt: true,
    },
  });
  if (token === null || !equalInConstantTime(token.digest, sha256(secret))) return null;
  if (token.revokedAt !== null || (token.expiresAt !== null && token.expiresAt <= databaseNow())) {
    return null;
  }
  const { userId, abilities, lastUsedAt } = token;
  return { id: token.id, userId, abilities, lastUsedAt };
}
