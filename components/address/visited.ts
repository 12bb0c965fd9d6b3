/** Stands in the words for the address that only the browser knows for sure. */
export const VISITED = "%visited%";

/** Where the browser seems to be, what is configured, and the words for when these are not the same. */
export type Address = {
  configured: string;
  /** As the server sees it; a browser with a script knows better. */
  seen: {
    origin: string;
    host: string;
    /** Whether `origin` is where the browser is, and not only where a proxy says to be. */
    certain: boolean;
    proxied: boolean;
    wrong: boolean;
  };
  words: Record<
    | "title"
    | "text"
    | "refused"
    | "notSent"
    | "open"
    | "operator"
    | "operatorUnsure"
    | "host"
    | "passkey",
    string
  >;
};
