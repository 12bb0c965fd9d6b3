import type { Actor } from "@/lib/access/actor";
import { may } from "@/lib/access/policy";
import type { EventView } from "./event-view";
import { readEvent } from "./read-event";

type GetEventOutcome =
  | { kind: "found"; event: EventView }
  | { kind: "forbidden" }
  | { kind: "notFound" };

/** One event of the trail by its number, for who may read all of it. @throws {DatabaseUnavailable} */
export async function getEvent(actor: Actor, number: string): Promise<GetEventOutcome> {
  if (!may(actor, "read", "AuditEvent")) return { kind: "forbidden" };
  const event = await readEvent(number);
  return event ? { kind: "found", event } : { kind: "notFound" };
}
