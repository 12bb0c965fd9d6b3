import type { Actor } from "@/lib/access/actor";
import { may } from "@/lib/access/policy";

/** Whoever may change the settings sees them as well. */
export function mayReadSettings(actor: Actor): boolean {
  return may(actor, "read", "Installation") || may(actor, "update", "Installation");
}
