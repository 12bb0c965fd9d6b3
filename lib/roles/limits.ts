/** Days to set up a second factor that a page offers for a start. */
export const GRACE_DAYS_USUAL = 14;
