import { z } from "zod";
import type { Prisma } from "@/lib/platform/db";

/** An API token without its secret, which nobody has but its owner. Times are ISO 8601 in UTC. */
export const TokenView = z.object({
  id: z.int(),
  userId: z.guid(),
  name: z.string(),
  /** Of lib/tokens/abilities.ts; "*" alone is everything its owner may do. */
  abilities: z.array(z.string()),
  createdAt: z.iso.datetime(),
  /** To the minute; null when it was never used. */
  lastUsedAt: z.iso.datetime().nullable(),
  /** Null for never. Once it is past, the token is refused. */
  expiresAt: z.iso.datetime().nullable(),
});
export type TokenView = z.output<typeof TokenView>;

/** The columns a view is made of; never the digest. */
export const tokenColumns = {
  id: true,
  userId: true,
  name: true,
  abilities: true,
  createdAt: true,
  lastUsedAt: true,
  expiresAt: true,
} satisfies Prisma.ApiTokenSelect;

export function toTokenView(
  row: Prisma.ApiTokenGetPayload<{ select: typeof tokenColumns }>,
): TokenView {
  return {
    ...row,
    createdAt: row.createdAt.toISOString(),
    lastUsedAt: row.lastUsedAt?.toISOString() ?? null,
    expiresAt: row.expiresAt?.toISOString() ?? null,
  };
}
