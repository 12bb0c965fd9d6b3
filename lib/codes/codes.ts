import { PRODUCT } from "@/product";

/** What a `code` stands for. */
type CodeRow = {
  /** The status that it is answered with. */
  status: number;
  /** The status where the code tells more than it usually does. */
  otherStatus?: number;
  /** What it means, in the description of the API. */
  means: string;
  /** What its receiver is told, unless a reply knows better; what it means by default. */
  says?: string;
};

const TABLE = {
  ADMIN_EXISTS: {
    status: 409,
    means: "There is an account already.",
    says: "Admin already exists",
  },
  ADMIN_USER_EXISTS: {
    status: 409,
    means: "There is an administrator with this e-mail address.",
    says: "An admin user already exists.",
  },
  ALREADY_SET_UP: {
    status: 403,
    means: "The installation has its first administrator.",
    says: "The system is already set up.",
  },
  BAD_FILE: {
    status: 400,
    means: "The file cannot be read as a CSV file of users; see `problem`, `line` and `column`.",
  },
  BAD_HOST: { status: 400, means: "The Host is malformed." },
  BAD_REQUEST: { status: 400, means: "This is not HTTP as it should be." },
  BEYOND_OWN_RIGHTS: {
    status: 403,
    means: "The role allows more than the caller may.",
    says: "Nobody makes, changes or deletes a role that allows more than they may themselves.",
  },
  BODY_TOO_LARGE: {
    status: 413,
    means: "The body is larger than allowed. JSON may have 16 KiB.",
  },
  BOOTSTRAP_DISABLED: {
    status: 403,
    means: "The operator has not opened this door (ALLOW_BOOTSTRAP).",
    says: "Bootstrap is disabled",
  },
  CONFIRMATION_REQUIRED: {
    status: 403,
    means: "The session was not confirmed for 15 minutes: POST /v1/auth/confirm, then repeat.",
    says: "Confirm first that it is you, with POST /v1/auth/confirm, then repeat this within 15 minutes. Only a session can; an API token cannot.",
  },
  CROSS_SITE: { status: 403, means: "A browser sent this from a page of another origin." },
  DATABASE_UNAVAILABLE: {
    status: 503,
    means: "The database cannot be reached, or takes no changes at the moment.",
    says: "The database cannot be reached. Try again shortly.",
  },
  DOOR_SHUT: { status: 403, means: "This way to set up is shut." },
  EMAIL_TAKEN: {
    status: 409,
    means: "Somebody has this e-mail address.",
    says: "This e-mail address is already taken.",
  },
  FORBIDDEN: {
    status: 403,
    means: "The caller's role, or the bounds of the token, do not allow this.",
    says: "Your role does not allow this.",
  },
  HEADERS_TOO_LARGE: { status: 431, means: "The headers may have at most 16 KiB." },
  IDEMPOTENCY_KEY_IN_PROGRESS: {
    status: 409,
    means: "The first request with this key is still running; nothing was done.",
    says: "A request with this Idempotency-Key is still running. Try again shortly.",
  },
  IDEMPOTENCY_KEY_INVALID: {
    status: 400,
    means: "The key is not 8 to 128 printable ASCII characters.",
    says: "Idempotency-Key takes 8 to 128 printable characters.",
  },
  IDEMPOTENCY_KEY_REUSED: {
    status: 422,
    means: "The key was sent with another body, or to another address.",
  },
  IDEMPOTENCY_REPLY_LOST: {
    status: 409,
    means: "The first request was carried out, but its reply is lost.",
    says: "The request with this Idempotency-Key was carried out, but its reply is lost. Look at what it made.",
  },
  INTERNAL_ERROR: { status: 500, means: "An unexpected error occurred." },
  INVALID_CREDENTIALS: {
    status: 401,
    means: "Unknown user, wrong password, or an account that may not sign in.",
    says: "Invalid credentials",
  },
  INVALID_REFRESH_TOKEN: {
    status: 401,
    means: "The refresh token is missing, used up or ended.",
    says: "Sign in again.",
  },
  INVALID_SECOND_FACTOR: {
    status: 401,
    means: "The code is not right, or was used before.",
    says: "This code is not right, or was used before.",
  },
  INVALID_SECRET_KEY: {
    status: 401,
    means: "The secret is wrong, or the operator has set none.",
    says: "The secret key is not valid.",
  },
  JOB_OVER: {
    status: 409,
    means: "The job was cancelled.",
    says: "This job was cancelled. Send the file again.",
  },
  LAST_ADMIN: {
    status: 409,
    means: "An installation keeps at least one active administrator.",
    says: "An installation keeps at least one active administrator. Appoint another first.",
  },
  LENGTH_REQUIRED: { status: 411, means: "Send a Content-Length." },
  MALFORMED_JSON: {
    status: 400,
    means: "The body is not JSON in UTF-8.",
    says: "The body is not valid JSON in UTF-8.",
  },
  METHOD_NOT_ALLOWED: { status: 405, means: "Allow has the methods that are." },
  MOVED: { status: 308, means: "Location has the one spelling of this path." },
  NAME_TAKEN: {
    status: 409,
    means: "Another one has this name.",
    says: "Another role has this name.",
  },
  NOT_ACTIVE: { status: 409, means: "The user is disabled, or has not joined yet." },
  NOT_FOUND: {
    status: 404,
    means: "There is no such thing, or the caller may not know of it.",
    says: "There is nothing at this path.",
  },
  NOT_INVITED: { status: 409, means: "The user has joined already, or is disabled." },
  OVERLOADED: {
    status: 503,
    means: "Too many passwords are being hashed.",
    says: "The server is busy. Try again shortly.",
  },
  OWN_PASSWORD: {
    status: 409,
    means: "One changes one's own password with PUT /v1/auth/password.",
    says: "Change your own password with PUT /v1/auth/password.",
  },
  MAIL_OFF: {
    status: 409,
    means: "No mail server is configured.",
    says: "No mail server is configured here. Ask an administrator for a link to a new password.",
  },
  RATE_LIMITED: {
    status: 429,
    means: "Too many attempts.",
    says: "Too many attempts. Wait a while.",
  },
  REQUEST_TIMEOUT: { status: 408, means: "The request took too long to arrive." },
  ROLE_FIXED: {
    status: 409,
    means: "A predefined role is fixed, but for its second factor.",
    says: "A predefined role is fixed, but for its second factor. Create a role of your own.",
  },
  ROLE_IN_USE: {
    status: 409,
    means: "Somebody has this role.",
    says: "Users have this role. Give them another one first.",
  },
  ROLE_UNKNOWN: { status: 400, means: "There is no such role." },
  SEARCH_TOO_BROAD: {
    status: 400,
    means: "The search would take too long; add a period.",
    says: "This search takes too long here. Add a period with from and to.",
  },
  SECOND_FACTOR_REQUIRED: {
    status: 401,
    means: "The account has a second factor; send its `code` too.",
    says: "This account has a second factor. Send the code of the authenticator app, or a recovery code, as code.",
  },
  SECOND_FACTOR_SETUP_REQUIRED: {
    status: 403,
    means:
      "The caller's role requires a second factor, and the time to set one up is over. API tokens are not concerned.",
    says: "Your role requires a second factor. Sign in with a browser and set one up first.",
  },
  SECOND_FACTOR_UNCHECKABLE: {
    status: 401,
    means:
      "The code may be right, but the server has lost the secret to check it with. A recovery code works; the operator can help.",
    says: "This code cannot be checked: the server's secret is not the one that the authenticator app was added with. Use a recovery code, or ask your operator.",
  },
  SELECTION_CHANGED: {
    status: 409,
    means: "The selection has changed since it was previewed.",
    says: "The selection has changed since it was previewed. Nothing was started.",
  },
  SETTING_FIXED: {
    status: 409,
    means: "The environment of the server fixes this setting.",
  },
  SETUP_TOKEN_INVALID: {
    status: 403,
    means: "The setup token is wrong.",
    says: "The setup token is not valid.",
  },
  SETUP_TOKEN_REQUIRED: {
    status: 401,
    means: "Send the setup token.",
    says: `Send the setup token in the X-Setup-Token header. It is in the link that the server printed when it started, in the file setup-token in its data folder, and npx ${PRODUCT.command} setup-token prints it.`,
  },
  STALE: { status: 412, means: "It was changed since the caller read it (If-Match)." },
  STOPPING: {
    status: 503,
    means: "The server is about to stop; others, or the next one, serve.",
    says: "The server is about to stop.",
  },
  TOO_MANY_ROLES: {
    status: 409,
    means: "There are as many roles as there can be.",
    says: "There are too many roles.",
  },
  TOO_MANY_TOKENS: {
    status: 409,
    means: "The caller has as many tokens as one can have.",
    says: "You have as many tokens as one can. Revoke one.",
  },
  TOO_MANY_VIEWS: {
    status: 409,
    means: "The caller has as many saved views as one can have.",
    says: "You have as many views as one can. Delete one.",
  },
  TOO_MANY_USERS: { status: 400, means: "A bulk action takes no more than so many users." },
  UNAUTHENTICATED: {
    status: 401,
    means: "No valid bearer token and no session.",
    says: "Sign in, or send a valid bearer token.",
  },
  UNSUPPORTED_MEDIA_TYPE: {
    status: 415,
    means: "The body is not application/json in UTF-8.",
    says: "Send application/json in UTF-8.",
  },
  UPLOAD_BROKEN: { status: 400, means: "The file did not come in whole." },
  USER_NOT_FOUND: { status: 404, means: "There is no such user." },
  VALIDATION_FAILED: {
    status: 400,
    means: "Something in the body or the query is not valid; see `errors` or the text.",
    says: "Some fields are not valid.",
  },
  WRONG_PASSWORD: {
    status: 403,
    otherStatus: 401,
    means: "This is not the caller's password.",
    says: "The current password is not right.",
  },
} as const satisfies Record<string, CodeRow>;

/** Every `code` that an error can carry. Clients branch on these; sentences may change. */
export type Code = keyof typeof TABLE;

/** The statuses that are the second one of some code. */
export type OtherStatus = Extract<(typeof TABLE)[Code], { otherStatus: number }>["otherStatus"];

/** The one place where a code has its status and its words. */
export const CODES: Readonly<Record<Code, CodeRow>> = TABLE;
