import { z } from "zod";
import type { Actor } from "@/lib/access/actor";
import { isUnlimited } from "@/lib/access/policy";
import { type InvalidQuery, pageFields, readPage } from "@/lib/platform/keyset-page";
import { asTold } from "./as-told";
import { EventFilter } from "./event-filter";
import type { EventView } from "./event-view";
import { Position, readEvents } from "./read-events";

type ListOwnEventsOutcome =
  | { kind: "listed"; events: EventView[]; nextCursor: string | null }
  /** The caller acts by a bounded token, not as the whole person. */
  | { kind: "forbidden" }
  | InvalidQuery;

export const OwnEventQuery = z.object(pageFields(200));

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
  const page = readPage(OwnEventQuery, Position, input);
  if (page.kind === "invalid") return page;

  const found = await readOwnEvents(actor.userId, page.after, page.take);
  const { shown, nextCursor } = page.cut(found, ({ at, id }) => ({ at, id }));
  return { kind: "listed", events: shown, nextCursor };
}

/**
 * The next `take` events behind `after` that a person did or that were done to their account, newest first, as the
 * person is told them.
 *
 * @throws {DatabaseUnavailable}
 */
export async function readOwnEvents(
  userId: string,
  after: Position | undefined,
  take: number,
): Promise<EventView[]> {
  // Two pages, each along its own index, made into one: an "or" over both would have to sort all there are.
  const [by, to] = await Promise.all([
    readOwn({ actorId: userId }, after, take),
    readOwn({ targetId: userId }, after, take),
  ]);
  const known = new Set(by.map(({ id }) => id));
  const found = [...by, ...to.filter(({ id }) => !known.has(id))].sort(newestFirst);
  return found.slice(0, take).map((event) => asTold(event, userId));
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
