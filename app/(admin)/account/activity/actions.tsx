"use server";

import { EventDetails } from "@/components/audit/event-details";
import { getOwnEvent } from "@/lib/audit/get-own-event";
import { textArgument } from "../../../text-argument";
import { act } from "../../act";

/** Everything that one is told of an event of one's own, for a list that shows it where it stands. */
export async function openOwnEvent(id: string) {
  const found = await act((actor) => getOwnEvent(actor, textArgument(id)));
  if (found.kind !== "found") return found;
  return { kind: "shown" as const, shown: <EventDetails event={found.event} own /> };
}
