import { z } from "zod";

/** The most that an `integer` column takes. */
const INT_MAX = 2_147_483_647;

/** What both we and PostgreSQL can write: years of four digits, without a year 0. */
const EARLIEST = Date.parse("0001-01-01T00:00:00Z");
const LATEST = Date.parse("9999-12-31T23:59:59.999Z");

/** Longer than any spelling of a moment that means anything. */
const LONGEST = 40;

const within = (text: string) => {
  const at = Date.parse(text);
  return at >= EARLIEST && at <= LATEST;
};

/** A moment as clients may send it, in a query, a body or a cursor: ISO 8601 with its offset, years 1 to 9999. */
export const Instant = z.iso.datetime({ offset: true }).max(LONGEST).refine(within);

/** A day as clients may send it: "2026-11-21", years 1 to 9999. */
export const Day = z.iso.date().refine(within);

/** A moment that was reckoned from another one, as near as it can be written. */
export function writable(at: number): Date {
  return new Date(Math.min(Math.max(at, EARLIEST), LATEST));
}

/** A position or an id in an `integer` column. */
export const DatabaseInt = z.int().min(0).max(INT_MAX);
