import { transaction } from "@/lib/platform/db";
import { log } from "@/lib/platform/log";
import { hashPassword, isOutdatedHash, Overloaded } from "@/lib/platform/password";

/**
 * The user's hash, made anew from the password that was just typed when the configured algorithm or cost is
 * another one by now. Nobody is signed out by it. A server that is too busy leaves it for the next sign-in.
 *
 * @returns the hash that is stored afterwards
 * @throws {DatabaseUnavailable}
 */
export async function renewHash(
  user: { id: string; passwordHash: string },
  password: string,
): Promise<string> {
  const { id, passwordHash: old } = user;
  if (!isOutdatedHash(old)) return old;
  const passwordHash = await hashPassword(password).catch((error) => {
    if (error instanceof Overloaded) return null;
    throw error;
  });
  if (passwordHash === null) return old;
  const count = await transaction(async (tx) => {
    await tx.$executeRaw`SELECT set_config('latchkey.renew_hash', 'on', true)`;
    // Not through the model: it is no edit. Not over a password that was changed meanwhile.
    return tx.$executeRaw`
      UPDATE "users" SET "password_hash" = ${passwordHash}
      WHERE "id" = ${id}::uuid AND "password_hash" = ${old}`;
  });
  if (count === 0) return old;
  log().info({ userId: id }, "password hash renewed");
  return passwordHash;
}
