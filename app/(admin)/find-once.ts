import { cache } from "react";
import type { Actor } from "@/lib/access/actor";
import { getActor } from "@/lib/sessions/auth";

/** Finds what a page is about once for the page and its title; nothing for who is not signed in. */
export const findOnce = <Found>(get: (actor: Actor, id: string) => Promise<Found>) =>
  cache(async (id: string) => {
    const actor = await getActor();
    return actor === null ? ({ kind: "forbidden" } as const) : get(actor, id);
  });
