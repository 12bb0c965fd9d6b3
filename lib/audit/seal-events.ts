import { ask } from "@/lib/platform/ask";
import { Prisma } from "@/lib/platform/db";

/**
 * - `sealed`: every event that had been appended is in the chain
 * - `more`: there are more at once
 * - `waiting`: a transaction is still running that may have appended, or another process is sealing
 */
export type Sealing = "sealed" | "more" | "waiting";

/** Events sealed in one transaction: some 50 ms. */
const BATCH = 2_000;

/**
 * Chains what has been committed to the audit trail since the last time. One process at a time, whichever it is.
 *
 * @throws {DatabaseUnavailable} and nothing was sealed
 */
export async function sealEvents(): Promise<Sealing> {
  const [sealing] = await ask(
    Prisma.sql`SELECT seal_audit_events(${BATCH}::int) AS "sealing"`,
    (row) => (row as { sealing: Sealing }).sealing,
  );
  return sealing ?? "waiting";
}
