import { z } from "zod";
import type { Actor, Policy } from "@/lib/access/actor";
import { may, mayGovern } from "@/lib/access/policy";
import { query } from "@/lib/platform/db";
import { isUserId } from "@/lib/users/schema";

/** A living session: one sign-in on one device. Times are ISO 8601 in UTC. */
export const SessionView = z
  .object({
    id: z.guid(),
    userId: z.guid(),
    door: z.string(),
    address: z.string().nullable(),
    userAgent: z.string().nullable(),
    createdAt: z.iso.datetime(),
    lastSeenAt: z.iso.datetime(),
    expiresAt: z.iso.datetime(),
    current: z.boolean().meta({ description: "Whether it is the one that asks." }),
  })
  .meta({ id: "Session" });
export type SessionView = z.output<typeof SessionView>;

export type ListSessionsOutcome =
  | { kind: "listed"; sessions: SessionView[] }
  | { kind: "forbidden" }
  | { kind: "notFound" };

/** More than anybody has; a bound all the same. */
const MOST = 200;

/** The living sessions of a user, last seen first: one's own, or those of users one may update. */
export async function listSessions(actor: Actor, userId: string): Promise<ListSessionsOutcome> {
  const allowed = await mayHandleSessionsOf(actor, userId);
  if (allowed !== "allowed") return { kind: allowed };
  const rows = await query((db) =>
    db.session.findMany({
      where: { userId, endedAt: null, expiresAt: { gt: new Date() } },
      orderBy: { lastSeenAt: "desc" },
      take: MOST,
    }),
  );
  return {
    kind: "listed",
    sessions: rows.map((row) => ({
      id: row.id,
      userId: row.userId,
      door: row.door,
      address: row.address,
      userAgent: row.userAgent,
      createdAt: row.createdAt.toISOString(),
      lastSeenAt: row.lastSeenAt.toISOString(),
      expiresAt: row.expiresAt.toISOString(),
      current: actor.via.kind === "session" && actor.via.id === row.id,
    })),
  };
}

/** Whether `actor` may see and end the sessions of the user. @throws {DatabaseUnavailable} */
export async function mayHandleSessionsOf(
  actor: Actor,
  userId: string,
): Promise<"allowed" | "forbidden" | "notFound"> {
  if (userId === actor.userId) return "allowed";
  if (!may(actor, "update", "User")) return "forbidden";
  if (!isUserId(userId)) return "notFound";
  const user = await query((db) =>
    db.user.findUnique({ where: { id: userId }, select: { role: { select: { policies: true } } } }),
  );
  if (user === null) return "notFound";
  return mayGovern(actor, user.role.policies as Policy[]) ? "allowed" : "forbidden";
}
