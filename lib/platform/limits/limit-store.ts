import { DAY_MS } from "../days";
import type { Prisma } from "../db";

/** So many failures (`points`) within `seconds` for each key. */
export type Limit = {
  readonly name: string;
  readonly points: number;
  readonly seconds: number;
  /** Whether the wait doubles, up to GROWN_MOST times, each time that a key uses its points up within a day. */
  readonly grows?: boolean;
};

export const GROWN_MOST = 16;
export const GROWTH_KEPT_MS = DAY_MS;
/** An attempt that has not ended by then counts as a failure: its process has died. */
export const IN_FLIGHT_MS = 30_000;

/** What happens to one key at once: first attempts end, then new ones ask to be let through. */
export type Change = {
  readonly limit: Limit;
  readonly key: string;
  /** Attempts that were right: as if they had never been. */
  right: number;
  /** Attempts that were wrong: failures from now on. */
  wrong: number;
  /** Attempts that ask. */
  asked: number;
};

/** What is to be said of a key afterwards. */
export type Count = {
  /** How many of those that asked were let through. */
  granted: number;
  points: number;
  /** Of the points: attempts in flight. */
  pending: number;
  /** Whether this very change used the points up. */
  usedUpNow: boolean;
  /** Until the failures are forgotten. */
  milliseconds: number;
};

/** What has been counted, in the order of the changes. */
export type Counted = {
  counts: readonly Count[];
  /** The rows that were to be read beside it; null when nothing was read. */
  beside: readonly unknown[] | null;
};

/**
 * Applies all changes at once, each key by itself. A store that can reads `beside` with it, if every attempt that asks
 * is let through.
 */
export type LimitStore = (changes: readonly Change[], beside?: Prisma.Sql) => Promise<Counted>;
