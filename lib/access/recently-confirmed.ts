import type { Actor } from "./actor";
import { allowsEverything } from "./policy";
import type { Policy } from "./schema";

/** Minutes for which a person who has just proved who they are need not do it again. */
export const CONFIRMED_MINUTES = 15;

/**
 * Whether the actor sits at a session that was signed in or confirmed within the last minutes: what changes how
 * somebody signs in asks for that (OWASP Authentication Cheat Sheet, "re-authentication"). An API token is never
 * a person at a keyboard.
 */
export function recentlyConfirmed({ via }: Pick<Actor, "via">): boolean {
  if (via.kind !== "session") return false;
  return via.confirmedAt.getTime() > via.asOf.getTime() - CONFIRMED_MINUTES * 60_000;
}

/**
 * Whether the actor has to confirm first for what a script may do as well. An API token need not: it was made by
 * somebody who had confirmed.
 */
export function mustConfirm(actor: Pick<Actor, "via">): boolean {
  return actor.via.kind === "session" && !recentlyConfirmed(actor);
}

/**
 * Whether the actor has to confirm before giving, taking or handing out a key to one of these roles: asked for those
 * that allow everything.
 */
export function mustConfirmFor(
  actor: Pick<Actor, "via">,
  ...roles: (readonly Policy[] | null)[]
): boolean {
  return mustConfirm(actor) && roles.some((policies) => allowsEverything(policies ?? []));
}
