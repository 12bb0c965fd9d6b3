import type { Actor } from "@/lib/access/actor";
import { query } from "@/lib/platform/db";
import { verifyPassword } from "@/lib/platform/password";
import { countAttempt, giveBackAttempt, type Limit } from "@/lib/platform/rate-limit";

/**
 * Whether this is the actor's password: counted before it is hashed, and given back when it was right.
 *
 * @throws {Overloaded} {DatabaseUnavailable}
 */
export async function verifyOwnPassword(
  { userId }: Actor,
  password: string,
  guesses: Limit,
): Promise<
  { kind: "right" } | { kind: "wrongPassword" } | { kind: "rateLimited"; retryAfter: number }
> {
  const wait = await countAttempt(guesses, userId);
  if (wait !== null) return { kind: "rateLimited", retryAfter: wait };
  const user = await query((db) =>
    db.user.findUnique({ where: { id: userId }, select: { passwordHash: true } }),
  );
  if (!(await verifyPassword(password, user?.passwordHash ?? null))) {
    return { kind: "wrongPassword" };
  }
  await giveBackAttempt(guesses, userId);
  return { kind: "right" };
}
