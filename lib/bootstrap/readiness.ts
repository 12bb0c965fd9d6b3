import { DatabaseUnavailable, query, shutToRequests } from "@/lib/platform/db";
import { processWide } from "@/lib/platform/process-wide";

function state(): { prepared: boolean } {
  return processWide("readiness", () => ({ prepared: false }));
}

/** Called before this process listens: until it is prepared no request reaches the database, whatever it asks. */
export function beginPreparing(): void {
  shutToRequests(true);
}

/** Called once this process has migrated and prepared the installation. */
export function markPrepared(): void {
  state().prepared = true;
  shutToRequests(false);
}

/**
 * Returns when requests can be served: the start has finished its preparations and the database answers now.
 *
 * @throws {DatabaseUnavailable} otherwise
 */
export async function requireReady(): Promise<void> {
  if (!state().prepared) throw new DatabaseUnavailable("The start has not finished yet.");
  await query((db) => db.$queryRaw`SELECT 1 FROM "audit_head"`);
}
