import { z } from "zod";
import { record } from "@/lib/audit/record";
import { statement } from "@/lib/platform/ask";
import { databaseNow } from "@/lib/platform/database-now";
import { Prisma, type Tx, transaction } from "@/lib/platform/db";
import { lockRows } from "@/lib/platform/lock-rows";
import { sha256 } from "@/lib/platform/secrets/digest";
import { type Account, AccountRow, selectAccounts, toAccount } from "./account";
import { aliveSql, isAlive } from "./lifetime";
import { insertRefreshToken, newRefreshToken } from "./refresh-token";

type RefreshOutcome =
  | { kind: "refreshed"; account: Account; sessionId: string; refreshToken: string }
  | { kind: "refused" };

/**
 * Exchanges a refresh token for the next one (RFC 9700, 4.14.2). A token that was already exchanged ends the
 * whole family, with one exception: while its child has not been used, the parent may be exchanged again
 * (the reply was lost), which makes the first child worthless. So there is never more than one live branch.
 *
 * @throws {DatabaseUnavailable}
 */
export async function refreshSession(token: string): Promise<RefreshOutcome> {
  const presented = sha256(token);
  const next = newRefreshToken();
  const exchanged =
    (await exchangeLive(presented, next.digest)) ??
    (await transaction((tx) => exchangeAgainOrEnd(tx, presented, next.digest)));
  return exchanged === null
    ? { kind: "refused" }
    : { kind: "refreshed", ...exchanged, refreshToken: next.token };
}

type Exchanged = { account: Account; sessionId: string };

/**
 * The usual case, in one statement. Locks the session first: those of one family come one after another, and each
 * sees the token as the one before has left it.
 */
async function exchangeLive(presented: string, next: string): Promise<Exchanged | null> {
  const exchange = Prisma.sql`
    WITH "locked" AS (
      SELECT "sessions"."id", "sessions"."user_id"
      FROM "refresh_tokens" JOIN "sessions" ON "sessions"."id" = "refresh_tokens"."session_id"
      WHERE "refresh_tokens"."digest" = ${presented} AND ${aliveSql()}
      FOR UPDATE OF "sessions"
    ), "exchanged" AS (
      UPDATE "refresh_tokens" SET "state" = 'used' FROM "locked"
      WHERE "digest" = ${presented} AND "state" = 'live'
        AND EXISTS (SELECT 1 FROM "users" WHERE "id" = "locked"."user_id" AND "status" = 'active')
      RETURNING "locked"."id", "locked"."user_id"
    ), "seen" AS (
      UPDATE "sessions" SET "last_seen_at" = now() FROM "exchanged" WHERE "sessions"."id" = "exchanged"."id"
    ), "added" AS (
      ${insertRefreshToken(next, Prisma.sql`"exchanged" AS "session"`, presented)}
    )
    SELECT "account".*, "exchanged"."id" AS "sessionId"
    FROM "exchanged", LATERAL (${selectAccounts(Prisma.sql`"users"."id" = "exchanged"."user_id"`)}) AS "account"`;
  const [row] = await statement(exchange, ExchangedRow.parse);
  return row === undefined ? null : { account: toAccount(row), sessionId: row.sessionId };
}
const ExchangedRow = AccountRow.extend({ sessionId: z.string() });

/** A token that was exchanged before: the reply got lost, or somebody else has it as well. */
async function exchangeAgainOrEnd(
  tx: Tx,
  presented: string,
  next: string,
): Promise<Exchanged | null> {
  const known = await tx.refreshToken.findUnique({
    where: { digest: presented },
    select: { sessionId: true },
  });
  if (known === null) return null;
  const { sessionId } = known;
  // One at a time in a family; what follows reads what the one before has committed.
  await lockRows(tx, "sessions", [sessionId]);
  const token = await tx.refreshToken.findUnique({
    where: { digest: presented },
    select: {
      state: true,
      session: {
        select: {
          endedAt: true,
          expiresAt: true,
          lastSeenAt: true,
          user: { select: { id: true, email: true, status: true } },
        },
      },
    },
  });
  if (token === null) return null;
  const { state, session } = token;
  const { user } = session;
  if (state === "LIVE" || !isAlive(session) || user.status !== "ACTIVE") return null;

  // Only an exchanged token whose child is still unused may be exchanged again.
  const { count } =
    state === "USED"
      ? await tx.refreshToken.updateMany({
          where: { parentDigest: presented, state: "LIVE" },
          data: { state: "SUPERSEDED" },
        })
      : { count: 0 };
  if (count === 0) {
    await tx.session.updateMany({ where: { id: sessionId }, data: { endedAt: databaseNow() } });
    await record(
      tx,
      { userId: user.id, email: user.email },
      {
        action: "session.refreshReused",
        target: { type: "session", id: sessionId, label: user.email },
      },
    );
    return null;
  }
  await tx.session.updateMany({ where: { id: sessionId }, data: { lastSeenAt: databaseNow() } });
  const family = Prisma.sql`(SELECT ${sessionId}::uuid AS "id") AS "session"`;
  await tx.$executeRaw(insertRefreshToken(next, family, presented));
  const [row] = await tx.$queryRaw<unknown[]>(
    selectAccounts(Prisma.sql`"users"."id" = ${user.id}::uuid`),
  );
  return row === undefined ? null : { account: toAccount(AccountRow.parse(row)), sessionId };
}
