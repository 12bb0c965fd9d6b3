import type { Actor } from "@/lib/access/actor";
import { query } from "@/lib/platform/db";
import { verifyPassword } from "@/lib/platform/password";
import { countAttempt, giveBackAttempt, type Limit } from "@/lib/platform/rate-limit";

export type ConfirmSessionOutcome =
  | { kind: "confirmed" }
  | { kind: "wrongPassword" }
  | { kind: "rateLimited"; retryAfter: number };

const GUESSES: Limit = { name: "confirm-session", points: 10, seconds: 300 };

/**
 * Proves again, by the password, that the person at this session is the one who signed in. Good for
 * CONFIRMED_MINUTES (lib/factors/recently-confirmed.ts).
 *
 * @throws {Overloaded} {DatabaseUnavailable}
 */
export async function confirmSession(
  actor: Actor,
  password: string,
): Promise<ConfirmSessionOutcome> {
  const { via, userId } = actor;
  if (via.kind !== "session") return { kind: "wrongPassword" };
  const wait = await countAttempt(GUESSES, userId);
  if (wait !== null) return { kind: "rateLimited", retryAfter: wait };
  const user = await query((db) =>
    db.user.findUnique({ where: { id: userId }, select: { passwordHash: true } }),
  );
  if (!(await verifyPassword(password, user?.passwordHash ?? null))) {
    return { kind: "wrongPassword" };
  }
  await giveBackAttempt(GUESSES, userId);
  await query((db) =>
    db.session.updateMany({ where: { id: via.id }, data: { confirmedAt: new Date() } }),
  );
  return { kind: "confirmed" };
}
