/**
 * What this product is called. Whatever a person reads takes it from here: pages, mails, the API document, the command
 * line. Imports nothing; everybody but components/ui and lib/access may import it. docs/fork.md has the recipe.
 */
export const PRODUCT = {
  /** Stands in sentences of either language, so without braces, angle brackets and apostrophes. */
  name: "Latchkey",
  /** What is typed: lower-case letters, digits and _. package.json says it too, in `name`, `bin` and `scripts`. */
  command: "latchkey",
  tagline: "The first key to a self-hosted app.",
  /** Paths on a square of 24, one colour. app/icon.svg is the same in brass. */
  mark: {
    tile: "M6 0h12a6 6 0 0 1 6 6v12a6 6 0 0 1-6 6H6a6 6 0 0 1-6-6V6a6 6 0 0 1 6-6Z",
    /** Cut out of the tile while the installation waits for its owner. */
    waiting: "M12 5.25a3.75 3.75 0 0 1 1.72 7.08l1.4 6.42H8.88l1.4-6.42A3.75 3.75 0 0 1 12 5.25Z",
    /** Cut out of it once it has one. */
    claimed:
      "M12 4a4 4 0 0 1 1.25 7.8v1.95h2.5v2h-2.5v1h1.75v2h-1.75V20h-2.5v-8.2A4 4 0 0 1 12 4Zm0 2.4a1.6 1.6 0 1 0 0 3.2 1.6 1.6 0 0 0 0-3.2Z",
  },
} as const;

/**
 * Names that no person reads and that a living installation has in its data, its tokens or its people's browsers. A
 * fork changes them before its first installation or never, and then here: it need not change them at all.
 */
export const KEPT = {
  /** Another name signs everybody out. */
  sessionCookie: "latchkey.session",
  /**
   * Another name forgets what everybody chose: the language, the appearance, the columns of the list of users, that
   * letters are no shortcuts, and that the steps after the setup were put away.
   */
  localeCookie: "latchkey.locale",
  themeCookie: "latchkey.theme",
  listCookie: "latchkey.users",
  keysCookie: "latchkey.keys",
  nextStepsCookie: "latchkey.next-steps",
  /** Where a browser keeps what was typed while it loads the page of a new release; another name loses that. */
  typedStorage: "latchkey.typed",
  /** Where it keeps what somebody went to lately; another name forgets that. */
  recentStorage: "latchkey.recent",
  /** Access tokens that others signed are refused; replicas of two releases would refuse each other's. */
  tokenIssuer: "latchkey",
  tokenAudience: "latchkey:api",
  /** API tokens that were made with another prefix are refused. Scanners for leaked secrets know them by it. */
  apiTokenPrefix: "lk",
  /** Goes into every key that is derived from AUTH_SECRET. Another label loses all authenticator apps. */
  keyLabel: "latchkey",
  /** Role and database in the embedded PostgreSQL. Another name starts with an empty database beside the old one. */
  database: "latchkey",
  /** Settings that triggers in prisma/migrations ask for. */
  reopenSetting: "latchkey.reopen",
  renewHashSetting: "latchkey.renew_hash",
  /** Replicas of two releases wait for each other at this lock. */
  rolesLock: "latchkey.roles",
  /** Replicas of two releases hear of each other's changes a few seconds later. */
  settingsChannel: "latchkey.settings",
} as const;
