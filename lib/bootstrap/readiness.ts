import { UNSEALED } from "@/lib/audit/find-unsealed";
import { ask } from "@/lib/platform/ask";
import { DatabaseUnavailable, Prisma, shutToRequests } from "@/lib/platform/db";
import { processWide } from "@/lib/platform/process-wide";

/** How many of the last questions are remembered: several balancers may ask, each in its own rhythm. */
const REMEMBERED = 8;
/** Balancers take a server for gone after so many bad answers, by default (HAProxy `fall`, nginx, Kubernetes). */
const BAD_ANSWERS = 3;
/** Whoever has not asked twice within this time does not watch this process. */
const WATCHED_MS = 30_000;
/** For what comes between an answer and what a balancer does about it. */
const MARGIN_MS = 300;

/** Times by this process's clock. */
type Readiness = { prepared: boolean; leaving: boolean; asked: number[] };

function state(): Readiness {
  return processWide("readiness", () => ({ prepared: false, leaving: false, asked: [] }));
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
 * From now on this process is not ready, though it still serves: whoever asks will send requests elsewhere.
 *
 * @returns milliseconds after which those who have been asking know; 0 when nobody asks any more
 */
export function startLeaving(): number {
  const now = performance.now();
  const asked = state().asked.filter((time) => now - time < WATCHED_MS);
  state().leaving = true;
  const gaps = asked.slice(1).map((time, index) => time - (asked[index] ?? time));
  const interval = Math.max(...gaps);
  const silence = now - (asked.at(-1) ?? 0);
  const watched = gaps.length > 0 && silence <= 2 * interval + MARGIN_MS;
  return watched ? BAD_ANSWERS * interval + MARGIN_MS : 0;
}

/** Whether this process is about to end. */
export function isLeaving(): boolean {
  return state().leaving;
}

/** Called for every question after readiness. @returns false when this process is about to end */
export function stillHere(): boolean {
  const { asked, leaving } = state();
  asked.push(performance.now());
  if (asked.length > REMEMBERED) asked.shift();
  return !leaving;
}

/**
 * Everything works; or the database takes no writes: what is asked for is shown, and nothing can be changed; or events of
 * the audit trail have waited for their seals for more than a minute.
 */
export type Ready = "ok" | "readOnly" | "unsealed";

/** What cannot be sealed is looked for only where it could be. Fails where the tables are missing. */
const HOW_READY = Prisma.sql`
  SELECT CASE
    WHEN current_setting('transaction_read_only') = 'on' THEN 'readOnly'
    WHEN (SELECT "late" FROM (${UNSEALED}) AS unsealed) THEN 'unsealed'
    ELSE 'ok' END AS "ready"`;

/**
 * How requests can be served: the start has finished its preparations and the database answers now.
 *
 * @throws {DatabaseUnavailable} when they cannot
 */
export async function requireReady(): Promise<Ready> {
  if (!state().prepared) throw new DatabaseUnavailable("The start has not finished yet.");
  const [ready] = await ask(HOW_READY, (row) => (row as { ready: Ready }).ready);
  return ready ?? "ok";
}
