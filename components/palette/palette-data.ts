/** What is offered: a way to somewhere, or something that is done where one stands. */
export type PaletteEntry = {
  /** The same on each day, by which it is remembered. */
  id: string;
  group: "people" | "pages" | "actions" | "settings";
  label: string;
  /** Other words by which it is found. */
  also?: string;
  /** What tells it from another with the same label. */
  beside?: string;
  /** Whose initials stand before it. */
  person?: string;
  does: EntryDoes;
};

type EntryDoes =
  | { kind: "page"; href: string }
  /** Not a page of the administration: a new document, or a file. */
  | { kind: "document"; href: string }
  | { kind: "theme" | "locale"; value: string }
  | { kind: "keys" }
  | { kind: "signOut" };

export type PaletteWords = {
  group: Record<PaletteEntry["group"] | "recent" | "search", string>;
  close: string;
  hint: string;
  searching: string;
  nothing: string;
  nothingWhy: string;
  failed: string;
  /** How many people are found, by how many. */
  found: readonly string[];
  /** Each with `{query}` where the words stand that are looked for. */
  inUsers: string;
  inAudit: string;
  keys: {
    title: string;
    back: string;
    on: string;
    onHint: string;
    groups: readonly {
      title: string;
      keys: readonly { label: string; keys: readonly string[] }[];
    }[];
  };
};

/** Everything that the palette offers to who asks. */
export type PaletteData = {
  /** Whose it is. */
  person: string;
  words: PaletteWords;
  entries: readonly PaletteEntry[];
  /** Of those that were asked for, who is still there to be seen. */
  people: readonly PaletteEntry[];
  may: { searchUsers: boolean; searchAudit: boolean };
};

export type ReadPalette =
  | { kind: "reading" }
  | { kind: "failed" }
  | ({ kind: "read" } & PaletteData);

export type PaletteActions = {
  /** @param people ids of those that were chosen lately; another kind when the database is away or nobody is signed in */
  read: (
    people: readonly string[],
  ) => Promise<({ kind: "read" } & PaletteData) | { kind: Exclude<string, "read"> }>;
  chooseTheme: (form: FormData) => Promise<void>;
  chooseLocale: (form: FormData) => Promise<void>;
  signOut: () => Promise<void>;
};

/** How the palette opens: to look for something, or at the keys. */
export type PaletteView = "find" | "keys";

/** How many people a search shows. */
export const PEOPLE_SHOWN = 6;

/** What the id of an entry begins with that is made of what was typed, and not remembered. */
export const SEARCH = "search:";
