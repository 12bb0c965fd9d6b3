import { insertEvents } from "@/lib/audit/record";
import type { SignInDoor } from "@/lib/audit/schema";
import { PREPARED, Prisma, type Tx } from "@/lib/platform/db";
import { insertRefreshToken, insertSession, newRefreshToken, newSession } from "./start-session";

/** Who has proven to be themselves; `passwordHash` is the one that must not change until they are in. */
export type Proven = { id: string; email: string; passwordHash: string };

type OpenedSession = { sessionId: string; refreshToken: string | null };

/**
 * Signs somebody in, in one statement: dates it at the account, opens a session for the client of the current request
 * and records it. Locks the row: who is disabled or gets another password meanwhile does not come in.
 *
 * @param also what has to hold of the row of `users`, too
 * @returns null for an account that is not active, or whose hash has become another one
 */
export async function openSession(
  tx: Tx,
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
  const rows = await tx.$queryRaw<unknown[]>`
    ${PREPARED} WITH "user" AS (
      UPDATE "users" SET "last_login_at" = now()
      WHERE "id" = ${id}::uuid AND "status" = 'active' AND "password_hash" = ${passwordHash} AND ${also}
      RETURNING "id"
    ), "opened" AS (
      ${insertSession(session, Prisma.sql`"user"`)} RETURNING "id"
    )${refresh ? Prisma.sql`, "added" AS (${insertRefreshToken(refresh.digest, opened)})` : Prisma.empty},
    "recorded" AS (
      ${insertEvents({ userId: id, email }, [event], Prisma.sql`EXISTS (SELECT 1 FROM "opened")`)}
    )
    SELECT "id" FROM "opened"`;
  if (rows.length === 0) return null;
  return { sessionId: session.id, refreshToken: refresh?.token ?? null };
}
