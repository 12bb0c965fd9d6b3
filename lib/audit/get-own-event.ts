import type { Actor } from "@/lib/access/actor";
import { isUnlimited } from "@/lib/access/policy";
import { asTold } from "./as-told";
import type { EventView } from "./event-view";
import { readEvent } from "./read-event";

type GetOwnEventOutcome =
  | { kind: "found"; event: EventView }
  /** The caller acts by a bounded token, not as the whole person. */
  | { kind: "forbidden" }
  /** Also one of somebody else: that there is one is not told. */
  | { kind: "notFound" };

/** One of the events of listOwnEvents by its number, told as there. @throws {DatabaseUnavailable} */
export async function getOwnEvent(actor: Actor, number: string): Promise<GetOwnEventOutcome> {
  if (!isUnlimited(actor)) return { kind: "forbidden" };
  const event = await readEvent(number);
  const { userId } = actor;
  const isOwn = event && (event.actor.id === userId || event.target?.id === userId);
  return isOwn ? { kind: "found", event: asTold(event, userId) } : { kind: "notFound" };
}
