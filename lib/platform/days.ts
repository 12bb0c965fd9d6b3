export const DAY_MS = 24 * 60 * 60 * 1000;

/** The moment so many days of 24 hours after another; before it when they are negative. */
export function daysAfter(at: Date, days: number): Date {
  return new Date(at.getTime() + days * DAY_MS);
}
