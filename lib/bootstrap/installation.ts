import { ask } from "@/lib/platform/ask";
import { DatabaseUnavailable, Prisma, requireOpenToRequests, type Tx } from "@/lib/platform/db";
import { log } from "@/lib/platform/log";
import { processWide } from "@/lib/platform/process-wide";

/** How soon a server notices that `admin reopen` has taken a claim back; until then it stays shut. */
const LOOK_EVERY_MS = 5_000;

/** What this process has seen. "Claimed" is remembered, "open" never is. */
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
 * Whether the installation waits for its first administrator. Asks the database unless it is known to be claimed.
 *
 * @throws {DatabaseUnavailable} when it cannot be known; never a guess
 */
export async function needsSetup(): Promise<boolean> {
  requireOpenToRequests();
  if (isKnownClaimed()) return false;
  const open = await askIfOpen();
  if (!open) rememberClaimed();
  return open;
}

/** An installation row or any account at all means that it is not open (fail closed). */
const IS_OPEN = Prisma.sql`
  SELECT NOT EXISTS (SELECT FROM "installation") AND NOT EXISTS (SELECT FROM "users") AS "open"`;

/** Whether the installation waits for its first administrator, as the transaction sees it. */
export async function isOpen(tx: Tx): Promise<boolean> {
  const [row] = await tx.$queryRaw<{ open: boolean }[]>(IS_OPEN);
  return row?.open === true;
}

async function askIfOpen(): Promise<boolean> {
  const [open] = await ask(IS_OPEN, (row) => (row as { open: boolean }).open === true);
  return open === true;
}

/** Any constant will do, as long as every process takes the same one. */
const CLAIM_LOCK = 7_264_905;

/**
 * Whoever claims, opens again or says which token opens waits here for the other: what `isOpen` tells afterwards stays
 * true until the end of the transaction.
 */
export async function lockClaim(tx: Tx): Promise<void> {
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(${CLAIM_LOCK})`;
}

/**
 * Looks every few seconds, and never in a request, whether a claim that is remembered has been taken back
 * (docs/contracts/setup.md#status), and whether another process has claimed. A database that is away or fails changes
 * nothing.
 *
 * @param claimed what to do when this process finds the installation claimed
 * @returns stops looking
 */
export function watchInstallation(claimed: () => Promise<void>): () => Promise<void> {
  let wasOpen = !isKnownClaimed();
  const look = async () => {
    const open = await askIfOpen();
    memory().claimed = !open;
    const news = wasOpen && !open;
    wasOpen = open;
    if (news) await claimed();
  };
  const timer = setInterval(() => {
    look().catch((error) => {
      if (!(error instanceof DatabaseUnavailable))
        log().error({ err: error }, "the claim could not be looked up");
    });
  }, LOOK_EVERY_MS);
  return async () => clearInterval(timer);
}
