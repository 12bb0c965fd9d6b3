import type { EventView } from "./event-view";

/** What somebody is told of a change that another person made to their account. */
const TOLD = ["name", "email", "role", "status", "sessions"];

/** An event as the person is told it who did it or to whom it was done. */
export function asTold(event: EventView, userId: string): EventView {
  const { actor, details } = event;
  if (actor.id === null || actor.id === userId) return event;
  return {
    ...event,
    address: null,
    requestId: null,
    details: Object.fromEntries(Object.entries(details).filter(([name]) => TOLD.includes(name))),
  };
}
