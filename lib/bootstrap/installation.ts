import { query } from "@/lib/platform/db";
import { processWide } from "@/lib/platform/process-wide";

/** What this process knows for certain. "Claimed" never becomes untrue, so it may be kept; "open" may not. */
function memory(): { claimed: boolean } {
  return processWide("installation", () => ({ claimed: false }));
}

/** Whether this process knows that the installation is claimed; false means "not known", never "open". */
export function isKnownClaimed(): boolean {
  return memory().claimed;
}

/** Called by whoever has seen the installation row, or has committed it. */
export function rememberClaimed(): void {
  memory().claimed = true;
}

/**
 * Whether the installation waits for its first administrator. Asks the database until the answer is no, then
 * never again. An installation row or any account at all means it is not open (fail closed).
 *
 * @throws {DatabaseUnavailable} when it cannot be known; never a guess
 */
export async function needsSetup(): Promise<boolean> {
  if (isKnownClaimed()) return false;
  const [installation, account] = await query((db) =>
    Promise.all([
      db.installation.findUnique({ where: { id: 1 }, select: { id: true } }),
      db.user.findFirst({ select: { id: true } }),
    ]),
  );
  if (installation === null && account === null) return true;
  rememberClaimed();
  return false;
}
