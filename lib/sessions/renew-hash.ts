import { query, transaction } from "@/lib/platform/db";
import { log } from "@/lib/platform/log";
import { processWide } from "@/lib/platform/process-wide";
import {
  hashPassword,
  isOutdatedHash,
  Overloaded,
  verifyPassword,
} from "@/lib/platform/secrets/password";
import { KEPT } from "@/product";

/**
 * One renewal for all who sign in to one account at once with the same hash; each then has the hash that is stored.
 */
const renewals = () => processWide("hash-renewals", () => new Map<string, Promise<string>>());

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
  const { passwordHash: old } = user;
  if (!isOutdatedHash(old)) return old;
  const running = renewals().get(old);
  if (running) return running;
  const renewal = renew(user, password).finally(() => renewals().delete(old));
  renewals().set(old, renewal);
  return renewal;
}

async function renew(
  { id, passwordHash: old }: { id: string; passwordHash: string },
  password: string,
): Promise<string> {
  const passwordHash = await hashPassword(password).catch((error) => {
    if (error instanceof Overloaded) return null;
    throw error;
  });
  if (passwordHash === null) return old;
  const count = await transaction(async (tx) => {
    await tx.$executeRaw`SELECT set_config(${KEPT.renewHashSetting}, 'on', true)`;
    // Not through the model: it is no edit. Not over a password that was changed meanwhile.
    return tx.$executeRaw`
      UPDATE "users" SET "password_hash" = ${passwordHash}
      WHERE "id" = ${id}::uuid AND "password_hash" = ${old}`;
  });
  if (count === 0) return storedBehind(id, old, password);
  log().info({ userId: id }, "password hash renewed");
  return passwordHash;
}

/** What another replica has stored meanwhile, if it is of the same password; else the old hash, which opens nothing. */
async function storedBehind(id: string, old: string, password: string): Promise<string> {
  const user = await query((db) =>
    db.user.findUnique({ where: { id }, select: { passwordHash: true } }),
  );
  const stored = user?.passwordHash ?? null;
  return stored !== null && (await verifyPassword(password, stored)) ? stored : old;
}
