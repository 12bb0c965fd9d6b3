import { z } from "zod";
import type { Actor } from "@/lib/access/actor";
import { isUnlimited } from "@/lib/access/policy";
import { query } from "@/lib/platform/db";
import { type InvalidQuery, latestFirst, pageFields, readPage } from "@/lib/platform/keyset-page";
import { userInReach } from "@/lib/users/reach-user";
import { alive } from "./lifetime";

/** A living session: one sign-in on one device. Times are ISO 8601 in UTC. */
export const SessionView = z
  .object({
    id: z.guid(),
    userId: z.guid(),
    /** What it came in by: "browser", "api", or the door of the claim. */
    door: z.string(),
    address: z.string().nullable(),
    userAgent: z.string().nullable(),
    createdAt: z.iso.datetime(),
    /** To the minute. */
    lastSeenAt: z.iso.datetime(),
    expiresAt: z.iso.datetime(),
    /** Whether it is the one that asks. */
    current: z.boolean(),
  })
  .meta({ id: "Session" });
export type SessionView = z.output<typeof SessionView>;

export type ListSessionsOutcome =
  | { kind: "listed"; sessions: SessionView[]; nextCursor: string | null }
  | { kind: "forbidden" }
  | { kind: "notFound" }
  | InvalidQuery;

export const SessionPageQuery = z.object(pageFields(300));

const order = latestFirst("lastSeenAt");

/**
 * One page of the living sessions of a user, last seen first: one's own as the whole person, or those of users
 * one may update. One that is used while the pages are walked moves to the first page.
 *
 * @param input `{ limit?, cursor? }`, see SessionPageQuery
 * @throws {DatabaseUnavailable}
 */
export async function listSessions(
  actor: Actor,
  userId: string,
  input: unknown = {},
): Promise<ListSessionsOutcome> {
  const page = readPage(SessionPageQuery, order.Position, input);
  if (page.kind === "invalid") return page;
  const allowed = await mayHandleSessionsOf(actor, userId);
  if (allowed !== "allowed") return { kind: allowed };
  const rows = await query((db) =>
    db.session.findMany({
      where: { userId, ...alive(), ...order.behind(page.after) },
      orderBy: order.orderBy,
      take: page.take,
    }),
  );
  const { shown, nextCursor } = page.cut(rows, order.positionOf);
  const sessions = shown.map(
    (row): SessionView => ({
      id: row.id,
      userId: row.userId,
      door: row.door,
      address: row.address,
      userAgent: row.userAgent,
      createdAt: row.createdAt.toISOString(),
      lastSeenAt: row.lastSeenAt.toISOString(),
      expiresAt: row.expiresAt.toISOString(),
      current: actor.via.kind === "session" && actor.via.id === row.id,
    }),
  );
  return { kind: "listed", sessions, nextCursor };
}

/**
 * Whether `actor` may see and end the sessions of a user. One's own only as the whole person: a bounded token
 * must not sign its owner out.
 *
 * @throws {DatabaseUnavailable}
 */
export async function mayHandleSessionsOf(
  actor: Actor,
  userId: string,
): Promise<"allowed" | "forbidden" | "notFound"> {
  if (userId === actor.userId) return isUnlimited(actor) ? "allowed" : "forbidden";
  const reached = await query((db) => userInReach(db, actor, "endSessions", userId));
  return reached.kind === "reached" ? "allowed" : reached.kind;
}
