import { z } from "zod";
import type { Actor } from "@/lib/access/actor";
import { FACTOR_DUTY_SQL, FactorDutyRow, factorDuty } from "@/lib/factors/factor-duty";
import { ask, tell } from "@/lib/platform/ask";
import { databaseNow } from "@/lib/platform/database-now";
import { Prisma, type Tx, touch } from "@/lib/platform/db";
import { readPolicies } from "@/lib/roles/read-policies";
import { limitsOf } from "@/lib/tokens/abilities";
import { verifyAccessToken } from "@/lib/tokens/access-token";
import { API_TOKEN_SQL, ApiTokenRow, isGoodToken, readApiToken } from "@/lib/tokens/api-token";
import { isUserId } from "@/lib/users/schema";
import { USER_SQL, UserRow } from "@/lib/users/user-view";
import { isAlive } from "./lifetime";

/** Who is signed in, with the row as it was read: whoever asks for themselves need not be looked up twice. */
export type SignedIn = Actor & { readonly row: UserRow };

// Asked by every request of somebody who is signed in: each of the two ways is one statement, so that no part of the
// answer is of another moment than the rest.
const ACTOR_SQL = Prisma.sql`${USER_SQL}, "roles"."policies", ${FACTOR_DUTY_SQL}`;
const PoliciesRow = z.object({ policies: z.unknown() });
const readActor = (row: unknown) => ({
  user: UserRow.parse(row),
  policies: PoliciesRow.parse(row).policies,
  duty: FactorDutyRow.parse(row),
});
type ActorRow = ReturnType<typeof readActor>;

const SESSION_SQL = Prisma.sql`
  "sessions"."ended_at" AS "endedAt", "sessions"."expires_at" AS "expiresAt",
  "sessions"."last_seen_at" AS "lastSeenAt", "sessions"."confirmed_at" AS "confirmedAt"`;
const SessionRow = z.object({
  endedAt: z.date().nullable(),
  expiresAt: z.date(),
  lastSeenAt: z.date(),
  confirmedAt: z.date(),
});

type Found = Omit<SignedIn, "via">;

function toActor({ user, policies }: ActorRow, limits: Actor["limits"]): Found {
  const { slug, name } = user.role;
  return {
    userId: user.id,
    email: user.email,
    name: user.name,
    role: { slug, name, policies: readPolicies({ slug, policies }) ?? [] },
    limits,
    factorDuty: null,
    mustEnrol: false,
    row: user,
  };
}

/** Somebody at a keyboard. The one place where a role's requirement of a second factor takes effect. */
function toPerson(row: ActorRow): Found {
  const actor = { ...toActor(row, null), ...factorDuty(row.user, row.duty) };
  if (!actor.mustEnrol) return actor;
  return { ...actor, role: { ...actor.role, policies: [] }, limits: [] };
}

/** How stale `lastSeenAt` and `lastUsedAt` may be; writing it on every request would make each read a write. */
const SEEN_EVERY_MS = 60_000;

const isStale = (at: Date) => databaseNow().getTime() - at.getTime() > SEEN_EVERY_MS;

/** The active user behind a living session. @throws {DatabaseUnavailable} */
export async function findActorBySession(sessionId: string): Promise<SignedIn | null> {
  if (!isUserId(sessionId)) return null;
  const [found] = await ask(
    Prisma.sql`
      SELECT ${ACTOR_SQL}, ${SESSION_SQL}
      FROM "sessions"
        JOIN "users" ON "users"."id" = "sessions"."user_id" JOIN "roles" ON "roles"."id" = "users"."role_id"
      WHERE "sessions"."id" = ${sessionId}::uuid`,
    (row) => ({ actor: readActor(row), session: SessionRow.parse(row) }),
  );
  if (found === undefined) return null;
  const { actor, session } = found;
  if (!isAlive(session) || actor.user.status !== "ACTIVE") return null;
  if (isStale(session.lastSeenAt)) {
    await touch(() =>
      tell(Prisma.sql`
        UPDATE "sessions" SET "last_seen_at" = ${databaseNow()} WHERE "id" = ${sessionId}::uuid`),
    );
  }
  const { confirmedAt } = session;
  const via = { kind: "session", id: sessionId, confirmedAt, asOf: databaseNow() } as const;
  return { ...toPerson(actor), via };
}

/**
 * The active user behind a bearer token of either kind: a JWT access token, or an API token.
 *
 * @throws {DatabaseUnavailable}
 */
export async function findActorByBearer(token: string): Promise<SignedIn | null> {
  const sent = readApiToken(token);
  if (sent === null) {
    const named = verifyAccessToken(token);
    const actor = named && (await findActorBySession(named.sessionId));
    return actor?.userId === named?.userId ? actor : null;
  }
  const [found] = await ask(
    Prisma.sql`
      SELECT ${ACTOR_SQL}, ${API_TOKEN_SQL}
      FROM "api_tokens"
        JOIN "users" ON "users"."id" = "api_tokens"."user_id" JOIN "roles" ON "roles"."id" = "users"."role_id"
      WHERE "api_tokens"."id" = ${sent.id}::int`,
    (row) => ({ actor: readActor(row), stored: ApiTokenRow.parse(row) }),
  );
  if (found === undefined || !isGoodToken(found.stored, sent.secret)) return null;
  const { actor, stored } = found;
  const { tokenId: id, lastUsedAt } = stored;
  if (actor.user.status !== "ACTIVE") return null;
  if (lastUsedAt === null || isStale(lastUsedAt)) {
    await touch(() =>
      tell(Prisma.sql`
        UPDATE "api_tokens" SET "last_used_at" = ${databaseNow()} WHERE "id" = ${id}::int`),
    );
  }
  return { ...toActor(actor, limitsOf(stored.abilities)), via: { kind: "apiToken", id } };
}

/**
 * An active user as actor of work that outlives the request that asked for it, as of now.
 *
 * @param tokenId the API token it was asked for with: its bounds hold still, and with its end there is no actor
 */
export async function findActorById(
  tx: Tx,
  userId: string,
  tokenId: number | null,
): Promise<Omit<Actor, "via"> | null> {
  const [found] = await tx.$queryRaw<unknown[]>`
    SELECT ${ACTOR_SQL} FROM "users" JOIN "roles" ON "roles"."id" = "users"."role_id"
    WHERE "users"."id" = ${userId}::uuid`;
  const row = found === undefined ? null : readActor(found);
  if (row?.user.status !== "ACTIVE") return null;
  if (tokenId === null) return toPerson(row);
  const token = await tx.apiToken.findFirst({
    where: {
      id: tokenId,
      userId,
      revokedAt: null,
      OR: [{ expiresAt: null }, { expiresAt: { gt: databaseNow() } }],
    },
    select: { abilities: true },
  });
  return token && toActor(row, limitsOf(token.abilities));
}
