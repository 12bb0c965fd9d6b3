import type { Actor } from "@/lib/access/actor";
import { findFactorDuty, requirementColumns } from "@/lib/factors/factor-duty";
import { databaseNow } from "@/lib/platform/database-now";
import { type Prisma, query, type Tx, touch } from "@/lib/platform/db";
import { readPolicies } from "@/lib/roles/read-policies";
import { limitsOf } from "@/lib/tokens/abilities";
import { verifyAccessToken } from "@/lib/tokens/access-token";
import { findApiToken } from "@/lib/tokens/api-token";
import { isUserId } from "@/lib/users/schema";
import { isAlive } from "./lifetime";

const actorColumns = {
  id: true,
  email: true,
  name: true,
  status: true,
  createdAt: true,
  role: { select: { slug: true, name: true, policies: true, ...requirementColumns } },
} satisfies Prisma.UserSelect;

type ActorRow = Prisma.UserGetPayload<{ select: typeof actorColumns }>;

function toActor(user: ActorRow, limits: Actor["limits"]): Omit<Actor, "via"> {
  const { slug, name } = user.role;
  return {
    userId: user.id,
    email: user.email,
    name: user.name,
    role: { slug, name, policies: readPolicies(user.role) ?? [] },
    limits,
    factorDuty: null,
    mustEnrol: false,
  };
}

/** Somebody at a keyboard. The one place where a role's requirement of a second factor takes effect. */
async function toPerson(client: Tx, user: ActorRow): Promise<Omit<Actor, "via">> {
  const actor = { ...toActor(user, null), ...(await findFactorDuty(client, user)) };
  if (!actor.mustEnrol) return actor;
  return { ...actor, role: { ...actor.role, policies: [] }, limits: [] };
}

/** How stale `lastSeenAt` and `lastUsedAt` may be; writing it on every request would make each read a write. */
const SEEN_EVERY_MS = 60_000;

const isStale = (at: Date) => databaseNow().getTime() - at.getTime() > SEEN_EVERY_MS;

/** The active user behind a living session. @throws {DatabaseUnavailable} */
export async function findActorBySession(sessionId: string): Promise<Actor | null> {
  if (!isUserId(sessionId)) return null;
  return query(async (db) => {
    const session = await db.session.findUnique({
      where: { id: sessionId },
      select: {
        endedAt: true,
        expiresAt: true,
        lastSeenAt: true,
        confirmedAt: true,
        user: { select: actorColumns },
      },
    });
    if (session === null || !isAlive(session)) return null;
    if (session.user.status !== "ACTIVE") return null;
    if (isStale(session.lastSeenAt)) {
      await touch((client) =>
        client.session.updateMany({
          where: { id: sessionId },
          data: { lastSeenAt: databaseNow() },
        }),
      );
    }
    const { confirmedAt } = session;
    const person = await toPerson(db, session.user);
    return { ...person, via: { kind: "session", id: sessionId, confirmedAt, asOf: databaseNow() } };
  });
}

/**
 * The active user behind a bearer token of either kind: a JWT access token, or `<id>|<secret>`.
 *
 * @throws {DatabaseUnavailable}
 */
export async function findActorByBearer(token: string): Promise<Actor | null> {
  if (!token.includes("|")) {
    const named = await verifyAccessToken(token);
    const actor = named && (await findActorBySession(named.sessionId));
    return actor?.userId === named?.userId ? actor : null;
  }
  return query(async (db) => {
    const found = await findApiToken(db, token);
    if (found === null) return null;
    const user = await db.user.findUnique({ where: { id: found.userId }, select: actorColumns });
    if (user === null || user.status !== "ACTIVE") return null;
    const stale = found.lastUsedAt === null || isStale(found.lastUsedAt);
    if (stale) {
      await touch((client) =>
        client.apiToken.updateMany({
          where: { id: found.id },
          data: { lastUsedAt: databaseNow() },
        }),
      );
    }
    const actor = toActor(user, limitsOf(found.abilities));
    return { ...actor, via: { kind: "apiToken", id: found.id } };
  });
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
  const user = await tx.user.findUnique({ where: { id: userId }, select: actorColumns });
  if (user === null || user.status !== "ACTIVE") return null;
  if (tokenId === null) return toPerson(tx, user);
  const token = await tx.apiToken.findFirst({
    where: {
      id: tokenId,
      userId,
      revokedAt: null,
      OR: [{ expiresAt: null }, { expiresAt: { gt: databaseNow() } }],
    },
    select: { abilities: true },
  });
  return token && toActor(user, limitsOf(token.abilities));
}
