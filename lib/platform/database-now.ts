import { processWide } from "./process-wide";

/** What the database's clock said, and this process's steady one at that moment; null before they were compared. */
function comparison(): { last: { database: number; steady: number } | null } {
  return processWide("database-clock", () => ({ last: null }));
}

/**
 * The time by which everything lives that is kept or signed: the database's, so that all replicas agree, and one whose
 * clock is wrong, or is set while it runs, neither forgets nor refuses anything. Told without asking, from the last
 * comparison (compare-clocks.ts, decision 29); before the first it is the machine's.
 */
export function databaseNow(): Date {
  const { last } = comparison();
  return new Date(last ? last.database + performance.now() - last.steady : Date.now());
}

/** Whole seconds by which this machine's clock is ahead of the database's; negative when it is behind. */
export function secondsAhead(): number {
  return Math.round((Date.now() - databaseNow().getTime()) / 1000);
}

/** Called with what the database's clock said, in milliseconds, when `performance.now()` was `steady`. */
export function rememberComparison(database: number, steady: number): void {
  comparison().last = { database, steady };
}
