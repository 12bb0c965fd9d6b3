import { z } from "zod";
import type { Actor } from "@/lib/access/actor";
import { isUnlimited } from "@/lib/access/policy";
import { decodeCursor, encodeCursor, PageLimit } from "@/lib/platform/page";
import { EventFilter } from "./event-filter";
import type { EventView } from "./event-view";
import { Position, readEvents } from "./read-events";

export type ListOwnEventsOutcome =
  | { kind: "listed"; events: EventView[]; nextCursor: string | null }
  /** The caller acts by a bounded token, not as the whole person. */
  | { kind: "forbidden" }
  | { kind: "invalid"; field: string };

export const OwnEventQuery = z.object({
  limit: PageLimit,
  cursor: z.string().max(200).optional(),
});

/** What somebody is told of a change that another person made to their account. */
const TOLD = ["name", "email", "role", "status", "sessions"];

/**
 * One page of what a person did and of what was done to their account, newest first. It takes no right to read the
 * trail, and shows no event of others: of what somebody else did, neither from where nor why.
 *
 * @param input `{ limit?, cursor? }`, see OwnEventQuery
 * @throws {DatabaseUnavailable}
 */
export async function listOwnEvents(
  actor: Actor,
  input: unknown = {},
): Promise<ListOwnEventsOutcome> {
  if (!isUnlimited(actor)) return { kind: "forbidden" };
  const parsed = OwnEventQuery.safeParse(input);
  if (!parsed.success) {
    return { kind: "invalid", field: String(parsed.error.issues[0]?.path[0] ?? "query") };
  }
  const { limit, cursor } = parsed.data;
  const after = cursor === undefined ? undefined : decodeCursor(Position, cursor);
  if (after === null) return { kind: "invalid", field: "cursor" };

  // Two pages, each along its own index, made into one: an "or" over both would have to sort all there are.
  const { userId } = actor;
  const [by, to] = await Promise.all([
    readOwn({ actorId: userId }, after, limit + 1),
    readOwn({ targetId: userId }, after, limit + 1),
  ]);
  const known = new Set(by.map(({ id }) => id));
  const found = [...by, ...to.filter(({ id }) => !known.has(id))].sort(newestFirst);
  const events = found.slice(0, limit).map((event) => asTold(event, userId));
  const last = events.at(-1);
  const more = found.length > limit && last !== undefined;
  const nextCursor = more ? encodeCursor({ at: last.at, id: last.id }) : null;
  return { kind: "listed", events, nextCursor };
}

async function readOwn(
  whose: { actorId: string } | { targetId: string },
  after: Position | undefined,
  take: number,
): Promise<EventView[]> {
  const found = await readEvents(EventFilter.parse(whose), after, take, 0);
  if (found === "tooBroad") throw new Error("nothing was searched for");
  return found;
}

function newestFirst(one: EventView, other: EventView): number {
  return one.at === other.at ? other.id - one.id : one.at < other.at ? 1 : -1;
}

function asTold(event: EventView, userId: string): EventView {
  const { actor, details } = event;
  if (actor.id === null || actor.id === userId) return event;
  return {
    ...event,
    address: null,
    requestId: null,
    details: Object.fromEntries(Object.entries(details).filter(([name]) => TOLD.includes(name))),
  };
}
