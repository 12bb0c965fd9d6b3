import type { Policy } from "./schema";

/**
 * Who acts. Cookie, access token and API token all end here; role and status were read from the row for this
 * request, so a demotion or a disabled account works at once.
 */
export type Actor = {
  readonly userId: string;
  readonly email: string;
  readonly name: string | null;
  readonly role: {
    readonly slug: string;
    readonly name: string;
    readonly policies: readonly Policy[];
  };
  /** What an API token that was made for less than everything allows at most; null for no such bound. */
  readonly limits: readonly Policy[] | null;
  /**
   * The second factor that the role asks for, and whether it is `missing`; null when the role asks for none, and for
   * an API token, which is no person at a keyboard.
   */
  readonly factorDuty: { readonly due: Date; readonly missing: boolean } | null;
  /**
   * It is missing and was due: this person may set one up and nothing else. `role.policies` and `limits` are empty
   * then, so that whoever forgets to ask for this allows nothing.
   */
  readonly mustEnrol: boolean;
  /** What let the actor in: a session (browser or access token) or an API token. */
  readonly via:
    | {
        kind: "session";
        id: string;
        /** When the person last proved, in this session, to be still the one who signed in. */
        confirmedAt: Date;
        /** The time when that was read, by the same clock. */
        asOf: Date;
      }
    | { kind: "apiToken"; id: number };
};
