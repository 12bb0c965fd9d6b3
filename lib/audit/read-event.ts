import { db } from "@/lib/platform/db";
import { type EventView, eventColumns, toEventView } from "./event-view";

/** The event of a number as it stands in an address, or null where there is none. @throws {DatabaseUnavailable} */
export async function readEvent(number: string): Promise<EventView | null> {
  // A number of 15 digits is exact in JavaScript and small enough for the column.
  if (!/^\d{1,15}$/.test(number)) return null;
  const id = BigInt(number);
  const [event, seal] = await Promise.all([
    db().auditEvent.findUnique({ where: { id }, select: eventColumns }),
    db().auditSeal.findUnique({ where: { eventId: id } }),
  ]);
  return event && toEventView(event, seal?.hash ?? null);
}
