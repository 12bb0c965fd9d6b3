import { z } from "zod";
import type { Actor } from "@/lib/access/actor";
import { isUnlimited } from "@/lib/access/policy";
import type { Refusal } from "@/lib/access/refusal";
import { DatabaseInt } from "@/lib/platform/bounds";
import { query } from "@/lib/platform/db";
import { type InvalidQuery, pageFields, readPage } from "@/lib/platform/keyset-page";
import { queryText } from "@/lib/platform/page";
import { userInReach } from "@/lib/users/reach-user";
import { type TokenView, tokenColumns, toTokenView } from "./token-view";

type ListTokensOutcome =
  | { kind: "listed"; tokens: TokenView[]; nextCursor: string | null }
  | Refusal<"forbidden" | "notFound">
  | InvalidQuery;

/** `userId` is the caller's own when absent. */
export const TokenQuery = z.object({
  userId: queryText(64).optional(),
  ...pageFields(200),
});

const Position = z.object({ id: DatabaseInt });

/**
 * One page of the tokens of a user that are not revoked, newest first; expired ones are still told. One's own as
 * the whole person, or those of users one may update.
 *
 * @throws {DatabaseUnavailable}
 */
export async function listTokens(actor: Actor, input: unknown): Promise<ListTokensOutcome> {
  const page = readPage(TokenQuery, Position, input);
  if (page.kind === "invalid") return page;
  const { userId = actor.userId } = page.asked;
  if (userId !== actor.userId || !isUnlimited(actor)) {
    const reached = await query((db) => userInReach(db, actor, "endSessions", userId));
    if (reached.kind !== "reached") return reached;
  }
  const rows = await query((db) =>
    db.apiToken.findMany({
      where: { userId, revokedAt: null, ...(page.after && { id: { lt: page.after.id } }) },
      select: tokenColumns,
      orderBy: { id: "desc" },
      take: page.take,
    }),
  );
  const { shown, nextCursor } = page.cut(rows, ({ id }) => ({ id }));
  return { kind: "listed", tokens: shown.map(toTokenView), nextCursor };
}
