import { record } from "@/lib/audit/record";
import type { ClaimDoor } from "@/lib/audit/schema";
import { databaseNow } from "@/lib/platform/database-now";
import { query, type Tx, transaction } from "@/lib/platform/db";
import { REMEMBERED_SECONDS } from "@/lib/platform/http/idempotency-key";
import { countUse, type Limit, secondsBlocked } from "@/lib/platform/limits/rate-limit";
import { lockRows } from "@/lib/platform/lock-rows";
import { grantedRoleColumns, toGrantedRole } from "@/lib/roles/granted-role";
import { toUserView, userColumns } from "@/lib/users/user-view";
import { grantTo } from "./grant";
import type { IdempotentClaim } from "./idempotency";
import type { ClaimOutcome, Grants } from "./outcome";

/** Other bodies under one key: the right one holds a password, which must not be guessed here either. */
const OTHER_BODIES: Limit = { name: "claim.replay", points: 20, seconds: 3_600 };

/**
 * The earlier success under the same key and body, with a fresh grant in place of the one before; null when there
 * was none within 24 hours. For a lost answer, not a way to sign in: once the account has been signed in to, or its
 * password, factors, role or status has changed, the answer is "already" for good. See docs/decisions/0032.
 *
 * @throws {DatabaseUnavailable}
 */
export async function replayClaim<G extends Grants>(
  door: { name: ClaimDoor; grants: G },
  { digest, bodyMacs }: IdempotentClaim,
): Promise<ClaimOutcome<G> | null> {
  const [known] = await query(
    (db) => db.$queryRaw<{ bodyMac: string; userId: string }[]>`
      SELECT "body_mac" AS "bodyMac", "user_id" AS "userId" FROM "idempotency_keys"
      WHERE "digest" = ${digest}
        AND "created_at" > now() - make_interval(secs => ${REMEMBERED_SECONDS})`,
  );
  if (known === undefined) return null;
  const wait = await secondsBlocked(OTHER_BODIES, digest);
  if (wait !== null) return { kind: "rateLimited", retryAfter: wait };
  if (!bodyMacs.includes(known.bodyMac)) {
    // Of many at once only so many hear that they were wrong.
    const tooMany = await countUse(OTHER_BODIES, digest);
    return tooMany === null
      ? { kind: "idempotencyKeyReused" }
      : { kind: "rateLimited", retryAfter: tooMany };
  }
  const replayed = await transaction((tx) => replayInside(tx, door, digest, known.userId));
  if (replayed === null) return { kind: "alreadySetUp" };
  const { admin, role, grant } = replayed;
  return { kind: "created", admin, role, grant: grant() };
}

/** What the last answer handed out. */
type Before = { sessionId: string | null; apiTokenId: number | null };

async function replayInside<G extends Grants>(
  tx: Tx,
  door: { name: ClaimDoor; grants: G },
  digest: string,
  userId: string,
) {
  // The user first, as everybody who changes one does: who does so now is waited for, or waits and ends the new grant.
  await lockRows(tx, "users", [userId]);
  const [before] = await tx.$queryRaw<Before[]>`
    SELECT "session_id" AS "sessionId", "api_token_id" AS "apiTokenId"
    FROM "idempotency_keys" JOIN "users" ON "users"."id" = "idempotency_keys"."user_id"
    WHERE "digest" = ${digest} AND "ended_at" IS NULL
      AND "users"."status" = 'active' AND "users"."last_login_at" IS NULL
      AND NOT EXISTS (
        SELECT 1 FROM "sessions" WHERE "sessions"."user_id" = "users"."id" AND "door" <> ${door.name}
      )
    FOR UPDATE OF "idempotency_keys"`;
  const row =
    before &&
    (await tx.user.findUnique({
      where: { id: userId },
      select: { ...userColumns, passwordHash: true, role: { select: grantedRoleColumns } },
    }));
  if (!before || !row?.passwordHash) {
    // For good: also when somebody makes the row look untouched again.
    await tx.$executeRaw`
      UPDATE "idempotency_keys" SET "ended_at" = now() WHERE "digest" = ${digest} AND "ended_at" IS NULL`;
    return null;
  }
  await takeBack(tx, before);
  const { sessionId, apiTokenId, grant } = await grantTo(
    tx,
    { ...row, passwordHash: row.passwordHash },
    door.grants,
    door.name,
  );
  await tx.idempotencyKey.update({
    where: { digest },
    data: { sessionId, apiTokenId },
    select: { digest: true },
  });
  await record(
    tx,
    { system: "setup" },
    {
      action: "user.claimReplayed",
      target: { type: "user", id: userId, label: row.email },
      door: door.name,
    },
  );
  const { id, slug, name } = row.role;
  const admin = toUserView({ ...row, role: { id, slug, name } });
  return { admin, role: toGrantedRole(row.role), grant };
}

/** Ends what the answer before handed out: there is never more than one grant of a claim. */
async function takeBack(tx: Tx, { sessionId, apiTokenId }: Before): Promise<void> {
  if (sessionId !== null) {
    await tx.session.updateMany({
      where: { id: sessionId, endedAt: null },
      data: { endedAt: databaseNow() },
    });
  }
  if (apiTokenId !== null) {
    await tx.apiToken.updateMany({
      where: { id: apiTokenId, revokedAt: null },
      data: { revokedAt: databaseNow() },
    });
  }
}
