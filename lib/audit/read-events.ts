import { z } from "zod";
import { Instant } from "@/lib/platform/bounds";
import { type Prisma, query, type Tx, transaction } from "@/lib/platform/db";
import { statementTime, wasCut } from "@/lib/platform/statement-time";
import { eventFilterWhere, type MeantEvents } from "./event-filter";
import { type EventView, eventColumns, toEventView } from "./event-view";

/** Where the events that have been read end. By time first, so that every index serves a period as one range. */
export const Position = z.object({ at: Instant, id: z.int() });
export type Position = z.output<typeof Position>;

class TooBroad extends Error {}

/**
 * The next `take` events behind `after`, newest first: as quick far down as at the top. "tooBroad" when a search
 * for a part of a name has not found them within `patience` milliseconds.
 *
 * @throws {DatabaseUnavailable}
 */
export async function readEvents(
  filter: MeantEvents,
  after: Position | undefined,
  take: number,
  patience: number,
): Promise<EventView[] | "tooBroad"> {
  const read = async (client: Tx) => {
    const events = await client.auditEvent.findMany({
      where: { AND: [eventFilterWhere(filter), behind(after)] },
      select: eventColumns,
      orderBy: [{ at: "desc" }, { id: "desc" }],
      take,
    });
    const eventId = { in: events.map(({ id }) => id) };
    const seals = await client.auditSeal.findMany({ where: { eventId } });
    const hashes = new Map(seals.map((seal) => [seal.eventId, seal.hash]));
    return events.map((event) => toEventView(event, hashes.get(event.id) ?? null));
  };
  if (!filter.search) return query(read);
  try {
    return await transaction(async (tx) => {
      await tx.$queryRaw`SELECT ${statementTime(patience)}`;
      return read(tx).catch((error) => {
        throw wasCut(error) ? new TooBroad() : error;
      });
    });
  } catch (error) {
    if (error instanceof TooBroad) return "tooBroad";
    throw error;
  }
}

function behind(position: Position | undefined): Prisma.AuditEventWhereInput {
  if (position === undefined) return {};
  const { at, id } = position;
  // The first condition adds nothing to the second; it is the one at which an index can begin.
  return { AND: [{ at: { lte: at } }, { OR: [{ at: { lt: at } }, { id: { lt: id } }] }] };
}
