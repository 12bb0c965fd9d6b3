/** Every `code` an error can carry, and what it means. Clients branch on these; sentences may change. */
export const CODES = {
  ADMIN_EXISTS: "There is an account already.",
  ADMIN_USER_EXISTS: "There is an administrator with this e-mail address.",
  ALREADY_SET_UP: "The installation has its first administrator.",
  BODY_TOO_LARGE: "The body is larger than allowed.",
  BOOTSTRAP_DISABLED: "The operator has not opened this door (ALLOW_BOOTSTRAP).",
  CROSS_SITE: "A browser sent this from a page of another origin.",
  DATABASE_UNAVAILABLE: "The database cannot be reached.",
  EMAIL_TAKEN: "Somebody has this e-mail address.",
  FORBIDDEN: "The caller's role, or the bounds of the token, do not allow this.",
  IDEMPOTENCY_KEY_IN_PROGRESS:
    "The first request with this key is still running; nothing was done.",
  IDEMPOTENCY_KEY_INVALID: "The key is not 8 to 128 printable ASCII characters.",
  IDEMPOTENCY_KEY_REUSED: "The key was sent with another body, or to another address.",
  IDEMPOTENCY_REPLY_LOST: "The first request was carried out, but its reply is lost.",
  INVALID_CREDENTIALS: "Unknown user, wrong password, or an account that may not sign in.",
  INVALID_REFRESH_TOKEN: "The refresh token is missing, used up or ended.",
  INVALID_SECRET_KEY: "The secret is wrong, or the operator has set none.",
  LAST_ADMIN: "An installation keeps at least one active administrator.",
  MALFORMED_JSON: "The body is not JSON in UTF-8.",
  NOT_FOUND: "There is no such thing, or the caller may not know of it.",
  OVERLOADED: "Too many passwords are being hashed.",
  RATE_LIMITED: "Too many attempts.",
  SETUP_TOKEN_INVALID: "The setup token is wrong.",
  SETUP_TOKEN_REQUIRED: "Send the setup token.",
  STALE: "It was changed since the caller read it (If-Match).",
  UNAUTHENTICATED: "No valid bearer token and no session.",
  UNSUPPORTED_MEDIA_TYPE: "The body is not application/json in UTF-8.",
  VALIDATION_FAILED: "Something in the body or the query is not valid; see `errors` or the text.",
  WRONG_PASSWORD: "The current password is not right.",
} as const satisfies Record<string, string>;

export type Code = keyof typeof CODES;
/** The codes of each status. */
export type Codes = { readonly [status: number]: readonly Code[] };

/** Several tables as one: every code of a status once. */
export function joined(...tables: Codes[]): Codes {
  const all: Record<number, Code[]> = {};
  for (const table of tables) {
    for (const [status, codes] of Object.entries(table)) {
      const known = all[Number(status)] ?? [];
      all[Number(status)] = [...new Set([...known, ...codes])];
    }
  }
  return all;
}
