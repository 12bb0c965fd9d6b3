import { randomUUID } from "node:crypto";
import { insertEvent } from "@/lib/audit/record";
import type { DoorName, SignInDoor } from "@/lib/audit/schema";
import { WITHOUT_FACTOR } from "@/lib/factors/take-second-factor";
import { databaseNow } from "@/lib/platform/database-now";
import { Prisma, type Tx } from "@/lib/platform/db";
import { getRequestContext } from "@/lib/platform/request-context";
import { sessionSeconds } from "./lifetime";
import { insertRefreshToken, newRefreshToken } from "./refresh-token";

/** Who has proven to be themselves; `passwordHash` is the one that must not change until they are in. */
export type Proven = { id: string; email: string; passwordHash: string };

type OpenedSession = { sessionId: string; refreshToken: string | null };

/**
 * Signs somebody in, in one statement: dates it at the account, opens a session for the client of the current request
 * and records it. Locks the row: who is disabled or gets another password meanwhile does not come in.
 *
 * @param run in a transaction, or by itself
 * @param also what has to hold of the row of `users`, too
 * @returns null for an account that is not active, or whose hash has become another one
 */
export async function openSession(
  run: (sql: Prisma.Sql) => Promise<unknown[]>,
  { id, email, passwordHash }: Proven,
  door: SignInDoor,
  also: Prisma.Sql = Prisma.sql`true`,
): Promise<OpenedSession | null> {
  const session = newSession(door);
  // A browser's session lives in its cookie and has nothing to refresh.
  const refresh = door === "api" ? newRefreshToken() : null;
  const opened = Prisma.sql`"opened" AS "session"`;
  const event = {
    action: "session.started",
    target: { type: "session", id: session.id, label: email },
    door,
  } as const;
  // Not through the model: a sign-in is no edit and leaves updatedAt alone.
  const rows = await run(Prisma.sql`
    WITH "user" AS (
      UPDATE "users" SET "last_login_at" = now()
      WHERE "id" = ${id}::uuid AND "status" = 'active' AND "password_hash" = ${passwordHash} AND ${also}
      RETURNING "id"
    ), "opened" AS (
      ${insertSession(session, Prisma.sql`"user"`)} RETURNING "id"
    )${refresh ? Prisma.sql`, "added" AS (${insertRefreshToken(refresh.digest, opened)})` : Prisma.empty},
    "recorded" AS (
      ${insertEvent({ userId: id, email }, event, Prisma.sql`EXISTS (SELECT 1 FROM "opened")`)}
    )
    SELECT "id" FROM "opened"`);
  if (rows.length === 0) return null;
  return { sessionId: session.id, refreshToken: refresh?.token ?? null };
}

/**
 * Opens the session of a browser for somebody who gets a password in this transaction: whoever sets it has proven who
 * they are and need not do so again. Both are committed or neither. `setSessionCookie` (auth.ts) gives it to the browser.
 *
 * @returns its id; null where a second factor stands behind the password, which takes a sign-in
 */
export async function grantSession(tx: Tx, user: Proven): Promise<string | null> {
  const run = (sql: Prisma.Sql) => tx.$queryRaw<unknown[]>(sql);
  const opened = await openSession(run, user, "browser", WITHOUT_FACTOR);
  return opened?.sessionId ?? null;
}

/** Opens a session for the client of the current request; `door` is what it came in by. */
export async function startSession(tx: Tx, userId: string, door: DoorName): Promise<string> {
  const session = newSession(door);
  const user = Prisma.sql`(SELECT ${userId}::uuid AS "id") AS "user"`;
  await tx.$executeRaw(insertSession(session, user));
  return session.id;
}

/** A session that is not stored yet. */
function newSession(door: DoorName) {
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
function insertSession(
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
