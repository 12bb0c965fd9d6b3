import { z } from "zod";
import { databaseNow } from "@/lib/platform/database-now";
import { Prisma, type Tx } from "@/lib/platform/db";
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

/** The id and the secret in the text of an API token; null for any other text. */
export function readApiToken(text: string): { id: number; secret: string } | null {
  const [, id, secret] = API_TOKEN.exec(text) ?? [];
  return id === undefined || secret === undefined ? null : { id: Number(id), secret };
}

/** Columns of "api_tokens" that say whether one is good, in SQL. */
export const API_TOKEN_SQL = Prisma.sql`
  "api_tokens"."id" AS "tokenId", "api_tokens"."digest", "api_tokens"."abilities",
  "api_tokens"."expires_at" AS "expiresAt", "api_tokens"."revoked_at" AS "revokedAt",
  "api_tokens"."last_used_at" AS "lastUsedAt"`;

/** What `API_TOKEN_SQL` selects. */
export const ApiTokenRow = z.object({
  tokenId: z.number(),
  digest: z.string(),
  abilities: z.array(z.string()),
  expiresAt: z.date().nullable(),
  revokedAt: z.date().nullable(),
  lastUsedAt: z.date().nullable(),
});

/** Whether a stored token is the one with this secret, not revoked and in time. */
export function isGoodToken(token: z.output<typeof ApiTokenRow>, secret: string): boolean {
  if (!equalInConstantTime(token.digest, sha256(secret))) return false;
  return token.revokedAt === null && (token.expiresAt === null || token.expiresAt > databaseNow());
}
