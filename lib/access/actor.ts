/** One CASL rule as it is stored and published: what may be done to what, under which conditions. */
export type Policy = {
  action: string | string[];
  subject: string | string[];
  conditions?: Record<string, unknown>;
};

/**
 * Who acts. Cookie, access token and API token all end here; role and status were read from the row for this
 * request, so a demotion or a disabled account works at once.
 */
export type Actor = {
  readonly userId: string;
  readonly email: string;
  readonly name: string | null;
  readonly role: { readonly slug: string; readonly name: string; readonly policies: Policy[] };
  /** What an API token that was made for less than everything allows at most; null for no such bound. */
  readonly limits: Policy[] | null;
  /** What let the actor in: a session (browser or access token) or an API token. */
  readonly via:
    | {
        kind: "session";
        id: string;
        /** When the person last proved, in this session, to be still the one who signed in. */
        confirmedAt: Date;
      }
    | { kind: "apiToken"; id: number };
};
