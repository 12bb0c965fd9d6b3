import { z } from "zod";
import type { Actor } from "@/lib/access/actor";
import { may } from "@/lib/access/policy";
import { decodeCursor, encodeCursor, PageLimit } from "@/lib/platform/page";
import { EventFilter } from "./event-filter";
import type { EventView } from "./event-view";
import { Position, readEvents } from "./read-events";

export type ListEventsOutcome =
  | { kind: "listed"; events: EventView[]; nextCursor: string | null }
  | { kind: "forbidden" }
  | { kind: "invalid"; field: string }
  /** A search for a part of a name took too long; with a period or another filter it will not. */
  | { kind: "tooBroad" };

/** Milliseconds for a search that no index helps; somebody waits for it, and so does a connection. */
const SEARCH_PATIENCE = 3_000;

export const EventQuery = EventFilter.extend({
  limit: PageLimit,
  cursor: z.string().max(200).optional(),
});

/** One page of the audit trail, newest first. @throws {DatabaseUnavailable} */
export async function listEvents(actor: Actor, input: unknown): Promise<ListEventsOutcome> {
  if (!may(actor, "read", "AuditEvent")) return { kind: "forbidden" };
  const parsed = EventQuery.safeParse(input);
  if (!parsed.success) {
    return { kind: "invalid", field: String(parsed.error.issues[0]?.path[0] ?? "query") };
  }
  const { limit, cursor, ...filter } = parsed.data;
  const after = cursor === undefined ? undefined : decodeCursor(Position, cursor);
  if (after === null) return { kind: "invalid", field: "cursor" };

  const found = await readEvents(filter, after, limit + 1, SEARCH_PATIENCE);
  if (found === "tooBroad") return { kind: "tooBroad" };
  const events = found.slice(0, limit);
  const last = events.at(-1);
  const more = found.length > limit && last !== undefined;
  const nextCursor = more ? encodeCursor({ at: last.at, id: last.id }) : null;
  return { kind: "listed", events, nextCursor };
}
