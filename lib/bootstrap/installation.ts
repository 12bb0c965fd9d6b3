import { DatabaseUnavailable, query } from "@/lib/platform/db";
import { processWide } from "@/lib/platform/process-wide";

/**
 * For how long "claimed" is believed without asking again. Only `latchkey admin reopen` makes it untrue, and until a
 * server has noticed that it stays shut. "Open" is never believed.
 */
const BELIEVED_MS = 5_000;

/** What this process has seen: since when, by its own clock, it knows that the installation is claimed. */
function memory(): { claimedAt: number | null } {
  return processWide("installation", () => ({ claimedAt: null }));
}

/** Whether this process knows that the installation is claimed; false means "not known", never "open". */
export function isKnownClaimed(): boolean {
  const { claimedAt } = memory();
  return claimedAt !== null && performance.now() - claimedAt < BELIEVED_MS;
}

/** Called by whoever has seen the installation row, or has committed it. */
export function rememberClaimed(): void {
  memory().claimedAt = performance.now();
}

/**
 * Whether the installation waits for its first administrator. Asks the database unless it has said no a moment ago.
 * An installation row or any account at all means it is not open (fail closed); and so does a database that is away
 * when it has once said so.
 *
 * @throws {DatabaseUnavailable} when it cannot be known; never a guess
 */
export async function needsSetup(): Promise<boolean> {
  if (isKnownClaimed()) return false;
  const found = await query((db) =>
    Promise.all([
      db.installation.findUnique({ where: { id: 1 }, select: { id: true } }),
      db.user.findFirst({ select: { id: true } }),
    ]),
  ).catch((error) => {
    if (error instanceof DatabaseUnavailable && memory().claimedAt !== null) return null;
    throw error;
  });
  if (found === null) return false;
  if (found.every((row) => row === null)) {
    memory().claimedAt = null;
    return true;
  }
  rememberClaimed();
  return false;
}
