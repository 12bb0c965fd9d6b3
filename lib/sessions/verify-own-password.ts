import type { Actor } from "@/lib/access/actor";
import { query } from "@/lib/platform/db";
import { verifyPassword } from "@/lib/platform/secrets/password";
import { guessPassword } from "./guess-password";

/**
 * Whether this is the actor's password. Counts as a guess at signing in does: whoever has taken over a session must not
 * find out here what the form would not tell.
 *
 * @throws {Overloaded} {DatabaseUnavailable}
 */
export async function verifyOwnPassword(
  { userId, email }: Actor,
  password: string,
): Promise<
  { kind: "right" } | { kind: "wrongPassword" } | { kind: "rateLimited"; retryAfter: number }
> {
  const guess = await guessPassword(email, async () => {
    const user = await query((db) =>
      db.user.findUnique({ where: { id: userId }, select: { passwordHash: true } }),
    );
    return (await verifyPassword(password, user?.passwordHash ?? null)) || null;
  });
  switch (guess.kind) {
    case "right":
      return { kind: "right" };
    case "wrong":
      return { kind: "wrongPassword" };
    case "rateLimited":
      return guess;
  }
}
