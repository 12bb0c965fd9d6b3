"use server";

import { EventDetails } from "@/components/audit/event-details";
import { getEvent } from "@/lib/audit/get-event";
import { textArgument } from "../../text-argument";
import { act } from "../act";

/** Everything that is known of one event, for a list that shows it where it stands. */
export async function openEvent(id: string) {
  const found = await act((actor) => getEvent(actor, textArgument(id)));
  if (found.kind !== "found") return found;
  return { kind: "shown" as const, shown: <EventDetails event={found.event} own={false} /> };
}
