import { z } from "zod";
import type { Actor } from "@/lib/access/actor";
import { isUnlimited } from "@/lib/access/policy";
import { DatabaseInt } from "@/lib/platform/bounds";
import { query } from "@/lib/platform/db";
import { decodeCursor, encodeCursor, PageLimit, queryText } from "@/lib/platform/page";
import { userInReach } from "@/lib/users/user-in-reach";
import { type TokenView, tokenColumns, toTokenView } from "./token-view";

export type ListTokensOutcome =
  | { kind: "listed"; tokens: TokenView[]; nextCursor: string | null }
  | { kind: "forbidden" }
  | { kind: "notFound" }
  | { kind: "invalid"; field: string };

/** `userId` is the caller's own when absent. */
export const TokenQuery = z.object({
  userId: queryText(64).optional(),
  limit: PageLimit,
  cursor: z.string().max(200).optional(),
});

const Cursor = z.object({ id: DatabaseInt });

/**
 * One page of the tokens of a user that are not revoked, newest first; expired ones are still told. One's own as
 * the whole person, or those of users one may update.
 *
 * @throws {DatabaseUnavailable}
 */
export async function listTokens(actor: Actor, input: unknown): Promise<ListTokensOutcome> {
  const parsed = TokenQuery.safeParse(input);
  if (!parsed.success) {
    return { kind: "invalid", field: String(parsed.error.issues[0]?.path[0] ?? "query") };
  }
  const { userId = actor.userId, limit, cursor } = parsed.data;
  if (userId !== actor.userId || !isUnlimited(actor)) {
    const reached = await query((db) => userInReach(db, actor, "update", userId));
    if (reached.kind !== "reached") return reached;
  }
  const position = cursor === undefined ? undefined : decodeCursor(Cursor, cursor);
  if (position === null) return { kind: "invalid", field: "cursor" };
  const rows = await query((db) =>
    db.apiToken.findMany({
      where: { userId, revokedAt: null, ...(position && { id: { lt: position.id } }) },
      select: tokenColumns,
      orderBy: { id: "desc" },
      take: limit + 1,
    }),
  );
  const tokens = rows.slice(0, limit).map(toTokenView);
  const last = tokens.at(-1);
  const more = rows.length > limit && last !== undefined;
  return { kind: "listed", tokens, nextCursor: more ? encodeCursor({ id: last.id }) : null };
}
