import type { Actor } from "@/lib/access/actor";
import { isUnlimited } from "@/lib/access/policy";
import { mustConfirm } from "@/lib/access/recently-confirmed";
import type { Refusal } from "@/lib/access/refusal";
import { record } from "@/lib/audit/record";
import { databaseNow } from "@/lib/platform/database-now";
import { transaction } from "@/lib/platform/db";
import { lockRows } from "@/lib/platform/lock-rows";
import type { Ability } from "./abilities";
import { mintApiToken } from "./api-token";
import { CreateToken, type TokenIssue, tokenIssuesOf } from "./schema";
import { type TokenView, tokenColumns, toTokenView } from "./token-view";

/** Tokens a user may have that still work: more than anybody needs, few enough to look through. */
const MOST_TOKENS = 50;

type CreateTokenOutcome =
  /** `secret` is the whole token, `lk_<id>_<secret>`; it is never to be had again. */
  | { kind: "created"; token: TokenView; secret: string }
  | Refusal<"forbidden" | "unconfirmed">
  | { kind: "tooMany" }
  | { kind: "invalid"; issues: TokenIssue[] };

/**
 * Makes an API token for oneself. Only who acts as the whole person may: a bounded token must not make itself a
 * stronger one.
 *
 * @param input `{ name, abilities: Ability[], expiresAt? }`, see CreateToken
 * @throws {DatabaseUnavailable}
 */
export async function createToken(actor: Actor, input: unknown): Promise<CreateTokenOutcome> {
  if (!isUnlimited(actor)) return { kind: "forbidden" };
  if (mustConfirm(actor)) return { kind: "unconfirmed" };
  const parsed = CreateToken.safeParse(input);
  if (!parsed.success) return { kind: "invalid", issues: tokenIssuesOf(parsed.error) };
  const { name, expiresAt } = parsed.data;
  // "*" holds everything else, so beside it the rest says nothing.
  const abilities: Ability[] = parsed.data.abilities.includes("*")
    ? ["*"]
    : [...new Set(parsed.data.abilities)];

  return transaction(async (tx): Promise<CreateTokenOutcome> => {
    // Locked first: two at once cannot both be the last that fits, and who is disabled meanwhile gets none.
    await lockRows(tx, "users", [actor.userId]);
    const working = {
      revokedAt: null,
      OR: [{ expiresAt: null }, { expiresAt: { gt: databaseNow() } }],
    };
    const owner = await tx.user.findUnique({
      where: { id: actor.userId, status: "ACTIVE" },
      select: { _count: { select: { apiTokens: { where: working } } } },
    });
    if (owner === null) return { kind: "forbidden" };
    if (owner._count.apiTokens >= MOST_TOKENS) return { kind: "tooMany" };
    const { id, token } = await mintApiToken(tx, actor.userId, name, {
      abilities,
      expiresAt: expiresAt ? new Date(expiresAt) : null,
    });
    const row = await tx.apiToken.findUniqueOrThrow({ where: { id }, select: tokenColumns });
    await record(tx, actor, {
      action: "token.created",
      target: { type: "token", id: String(id), label: name },
      details: { abilities: abilities.join(" "), expires: expiresAt ?? "never" },
    });
    return { kind: "created", token: toTokenView(row), secret: token };
  });
}
