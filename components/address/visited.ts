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

export type AddressView = ReturnType<typeof viewAddress>;

/**
 * @param here where a script says that the browser is, null without one
 * @returns `refused` says that forms from here cannot be accepted, `hostChanged` that a proxy names another host
 */
export function viewAddress({ configured, seen, words }: Address, here: string | null) {
  const visited = here ?? seen.origin;
  const wrong = here === null ? seen.wrong : here !== configured;
  const hostChanged = here === null ? seen.proxied : new URL(here).host !== seen.host;
  const cookieLost = configured.startsWith("https:") && here !== null && !window.isSecureContext;
  return {
    configured,
    visited,
    certain: here !== null || seen.certain,
    wrong,
    hostChanged,
    refused: wrong && ((here !== null && hostChanged) || cookieLost),
    say: (key: keyof Address["words"]) => words[key].replaceAll(VISITED, visited),
  };
}
