/** Every `code` an error can carry, and what it means. Clients branch on these; sentences may change. */
export const CODES = {
  ADMIN_EXISTS: "There is an account already.",
  ADMIN_USER_EXISTS: "There is an administrator with this e-mail address.",
  ALREADY_SET_UP: "The installation has its first administrator.",
  BAD_FILE: "The file cannot be read as a CSV file of users; see `problem`, `line` and `column`.",
  BEYOND_OWN_RIGHTS: "The role allows more than the caller may.",
  BODY_TOO_LARGE: "The body is larger than allowed.",
  BOOTSTRAP_DISABLED: "The operator has not opened this door (ALLOW_BOOTSTRAP).",
  CONFIRMATION_REQUIRED:
    "The session was not confirmed for 15 minutes: POST /v1/auth/confirm, then repeat.",
  CROSS_SITE: "A browser sent this from a page of another origin.",
  DATABASE_UNAVAILABLE: "The database cannot be reached, or takes no changes at the moment.",
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
  INVALID_SECOND_FACTOR: "The code is not right, or was used before.",
  SECOND_FACTOR_UNCHECKABLE:
    "The code may be right, but the server has lost the secret to check it with. A recovery code works; the operator can help.",
  JOB_OVER: "The job was cancelled.",
  LAST_ADMIN: "An installation keeps at least one active administrator.",
  MALFORMED_JSON: "The body is not JSON in UTF-8.",
  NAME_TAKEN: "Another one has this name.",
  NOT_ACTIVE: "The user is disabled, or has not joined yet.",
  NOT_FOUND: "There is no such thing, or the caller may not know of it.",
  NOT_INVITED: "The user has joined already, or is disabled.",
  STOPPING: "The server is about to stop; others, or the next one, serve.",
  OVERLOADED: "Too many passwords are being hashed.",
  OWN_PASSWORD: "One changes one's own password with PUT /v1/auth/password.",
  RATE_LIMITED: "Too many attempts.",
  ROLE_FIXED: "A predefined role is fixed, but for its second factor.",
  ROLE_IN_USE: "Somebody has this role.",
  ROLE_UNKNOWN: "There is no such role.",
  SEARCH_TOO_BROAD: "The search would take too long; add a period.",
  SECOND_FACTOR_REQUIRED: "The account has a second factor; send its `code` too.",
  SECOND_FACTOR_SETUP_REQUIRED:
    "The caller's role requires a second factor, and the time to set one up is over. API tokens are not concerned.",
  SELECTION_CHANGED: "The selection has changed since it was previewed.",
  SETUP_TOKEN_INVALID: "The setup token is wrong.",
  SETUP_TOKEN_REQUIRED: "Send the setup token.",
  STALE: "It was changed since the caller read it (If-Match).",
  TOO_MANY_ROLES: "There are as many roles as there can be.",
  TOO_MANY_TOKENS: "The caller has as many tokens as one can have.",
  TOO_MANY_USERS: "A bulk action takes no more than so many users.",
  UNAUTHENTICATED: "No valid bearer token and no session.",
  UNSUPPORTED_MEDIA_TYPE: "The body is not application/json in UTF-8.",
  UPLOAD_BROKEN: "The file did not come in whole.",
  USER_NOT_FOUND: "There is no such user.",
  VALIDATION_FAILED: "Something in the body or the query is not valid; see `errors` or the text.",
  WRONG_PASSWORD: "This is not the caller's password.",
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
