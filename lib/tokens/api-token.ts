import { z } from "zod";
import { databaseNow } from "@/lib/platform/database-now";
import { Prisma, type Tx } from "@/lib/platform/db";
import { checkedSecret, isCheckedSecret } from "@/lib/platform/secrets/checked-secret";
import { equalInConstantTime, sha256 } from "@/lib/platform/secrets/digest";
import { KEPT } from "@/product";
import type { Ability } from "./abilities";

/** As they are made; in front may stand what Laravel's clients expect, `<id>|`, as the `initialize` door writes it. */
const API_TOKEN = new RegExp(
  `^(?:(?<laravelId>[1-9]\\d{0,8})\\|)?${KEPT.apiTokenPrefix}_(?<id>[1-9]\\d{0,8})_(?<secret>[0-9A-Za-z]+)$`,
);
/** As they were made up to 2026-11, without prefix and checksum. They stay good. */
const UNPREFIXED = /^(?<id>[1-9]\d{0,8})\|(?<secret>[A-Za-z0-9_-]{40,128})$/;

/**
 * Makes an API token. Its text, `token` = `lk_<id>_<secret>`, is returned once and never stored. Scanners of
 * repositories and logs find it by its prefix, and tell it from other text by the checksum in its secret.
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
  const secret = checkedSecret();
  const { id } = await tx.apiToken.create({
    data: { userId, name, digest: sha256(secret), abilities: [...abilities], expiresAt },
    select: { id: true },
  });
  return { id, token: `${KEPT.apiTokenPrefix}_${id}_${secret}` };
}

/** The id and the secret in the text of an API token; null for any other text, and for one that was mistyped. */
export function readApiToken(text: string): { id: number; secret: string } | null {
  const prefixed = API_TOKEN.exec(text)?.groups;
  const { id, secret } = prefixed ?? UNPREFIXED.exec(text)?.groups ?? {};
  if (id === undefined || secret === undefined) return null;
  if (prefixed && !isCheckedSecret(secret)) return null;
  if ((prefixed?.["laravelId"] ?? id) !== id) return null;
  return { id: Number(id), secret };
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
