import { randomUUID } from "node:crypto";
import type { DoorName } from "@/lib/audit/schema";
import { databaseNow } from "@/lib/platform/database-now";
import { Prisma, type Tx } from "@/lib/platform/db";
import { getRequestContext } from "@/lib/platform/request-context";
import { randomSecret, sha256 } from "@/lib/platform/secrets/digest";
import { sessionSeconds } from "./lifetime";

/** Opens a session for the client of the current request; `door` is what it came in by. */
export async function startSession(tx: Tx, userId: string, door: DoorName): Promise<string> {
  const session = newSession(door);
  const user = Prisma.sql`(SELECT ${userId}::uuid AS "id") AS "user"`;
  await tx.$executeRaw(insertSession(session, user));
  return session.id;
}

/** A session that is not stored yet. */
export function newSession(door: DoorName) {
  const request = getRequestContext();
  return {
    id: randomUUID(),
    door,
    address: request?.address ?? null,
    userAgent: request?.userAgent ?? null,
    expiresAt: new Date(databaseNow().getTime() + sessionSeconds() * 1000),
  };
}

/**
 * Stores a session for each row of `user` (column "id"). It is marked as unfamiliar when the account was signed in
 * to before, and never from this address nor by this browser.
 */
export function insertSession(
  { id, door, address, userAgent, expiresAt }: ReturnType<typeof newSession>,
  user: Prisma.Sql,
): Prisma.Sql {
  return Prisma.sql`
    INSERT INTO "sessions" ("id", "user_id", "door", "address", "user_agent", "expires_at", "unfamiliar")
    SELECT
      ${id}::uuid, "user"."id", ${door}, ${address}, ${userAgent}, ${expiresAt}::timestamptz,
      EXISTS (SELECT 1 FROM "sessions" WHERE "user_id" = "user"."id") AND NOT EXISTS (
        SELECT 1 FROM "sessions" WHERE "user_id" = "user"."id" AND (
          "address" IS NOT DISTINCT FROM ${address} OR "user_agent" IS NOT DISTINCT FROM ${userAgent}
        )
      )
    FROM ${user}`;
}

/** A refresh token that is not stored yet. */
export function newRefreshToken(): { token: string; digest: string } {
  const token = randomSecret();
  return { token, digest: sha256(token) };
}

/** Stores a refresh token for each row of `session` (column "id"), whose family it joins. */
export function insertRefreshToken(
  digest: string,
  session: Prisma.Sql,
  parentDigest: string | null = null,
): Prisma.Sql {
  return Prisma.sql`
    INSERT INTO "refresh_tokens" ("digest", "session_id", "parent_digest")
    SELECT ${digest}, "session"."id", ${parentDigest} FROM ${session}`;
}
