import type { Actor } from "@/lib/access/actor";
import { may } from "@/lib/access/policy";
import { type InvalidQuery, pageFields, readPage } from "@/lib/platform/keyset-page";
import { EventFilter, type FindPeople, withNamed } from "./event-filter";
import type { EventView } from "./event-view";
import { Position, readEvents } from "./read-events";

type ListEventsOutcome =
  | { kind: "listed"; events: EventView[]; nextCursor: string | null }
  | { kind: "forbidden" }
  | InvalidQuery
  /** A search for a part of a name took too long; with a period or another filter it will not. */
  | { kind: "tooBroad" };

/** Milliseconds for a search that no index helps; somebody waits for it, and so does a connection. */
const SEARCH_PATIENCE = 3_000;

export const EventQuery = EventFilter.extend({
  ...pageFields(200),
});

/**
 * One page of the audit trail, newest first.
 *
 * @param findPeople finds whom a search means by name; without it people are found by their addresses only
 * @param folded without the events about each user of a job or of many links made at once
 * @throws {DatabaseUnavailable}
 */
export async function listEvents(
  actor: Actor,
  input: unknown,
  { findPeople, folded = false }: { findPeople?: FindPeople; folded?: boolean } = {},
): Promise<ListEventsOutcome> {
  if (!may(actor, "read", "AuditEvent")) return { kind: "forbidden" };
  const page = readPage(EventQuery, Position, input);
  if (page.kind === "invalid") return page;
  const { limit, cursor, ...filter } = page.asked;

  const meant = { ...(await withNamed(actor, filter, findPeople)), folded };
  const found = await readEvents(meant, page.after, page.take, SEARCH_PATIENCE);
  if (found === "tooBroad") return { kind: "tooBroad" };
  const { shown, nextCursor } = page.cut(found, ({ at, id }) => ({ at, id }));
  return { kind: "listed", events: shown, nextCursor };
}
