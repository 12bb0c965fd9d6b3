/** How many a link for several people lets in at most, and for how many days it works. */
export const JOIN_LINK_USES_MAX = 1_000;
export const JOIN_LINK_DAYS_MAX = 90;
export const JOIN_LINK_DAYS = 7;
