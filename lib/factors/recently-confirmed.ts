import type { Actor } from "@/lib/access/actor";
import { query } from "@/lib/platform/db";

/** Minutes for which a person who has just proved who they are need not do it again. */
export const CONFIRMED_MINUTES = 15;

/**
 * Whether the actor sits at a session that was signed in or confirmed within the last minutes: what changes how
 * somebody signs in asks for that (OWASP Authentication Cheat Sheet, "re-authentication"). An API token is never
 * a person at a keyboard.
 *
 * @throws {DatabaseUnavailable}
 */
export async function recentlyConfirmed(actor: Actor): Promise<boolean> {
  const { via } = actor;
  if (via.kind !== "session") return false;
  const session = await query((db) =>
    db.session.findUnique({ where: { id: via.id }, select: { confirmedAt: true } }),
  );
  const since = Date.now() - CONFIRMED_MINUTES * 60_000;
  return session !== null && session.confirmedAt.getTime() > since;
}
