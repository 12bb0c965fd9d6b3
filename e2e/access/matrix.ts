/**
 * Who may do what: every route x method, every page and every server action there is, with what each kind of caller
 * hears. Data only; hold-matrix.ts makes the tests of it, and fails for what has no row here.
 */

export const WHO = [
  /** No credentials at all. */
  "anonymous",
  /** The cookie of a session whose time is over. */
  "expired",
  /** A bearer token, for pages a cookie, that nobody ever issued. */
  "garbage",
  /** An administrator's cookie after the account was disabled, its session row as good as new. */
  "disabled",
  /** A plain user. */
  "user",
  /** An administrator's API token that was made for `users:read`. */
  "limited",
  /** A role that may read the audit trail and nothing else. */
  "auditor",
  "admin",
] as const;
export type Who = (typeof WHO)[number];

/** A status, or for a redirect where it leads to, in plain letters. */
export type Answer = number | string;

/** Something there has to be for a request to be about; world.ts makes a new one for each request. */
export type Thing = "person" | "disabledPerson" | "session";

export type Row = {
  /** Method and path as in the documentation: `/v1/users/{id}`. */
  at: string;
  hears: Record<Who, Answer>;
  /** What `{id}` is the id of. */
  id?: Thing;
  /** May hold `{person}` and the like for the id of such a thing, `{personEmail}` and `{newEmail}`. */
  body?: unknown;
  /** Reading leaves a trace in the audit trail, by intention. */
  leavesTrace?: true;
};

export type ActionRow = {
  /** The file it is exported from, and its name. */
  action: string;
  /** A page that offers it. */
  page: string;
  /** Whose call changes the database; everybody else's leaves it as it was. */
  for: readonly Who[];
  /** Arguments of a valid call, with placeholders as in a body. The last one, if it is an object, is sent as a form. */
  with: unknown[];
};

/** A password that every person in the tests has. */
export const PASSWORD = "a long enough passphrase";

const all = (answer: Answer) => Object.fromEntries(WHO.map((who) => [who, answer])) as Row["hears"];

/** For everybody alike, signed in or not. */
const open = all;

/** For the signed-in: what a plain user, a limited token, an auditor and an administrator hear. */
const api = (user: Answer, limited: Answer, auditor: Answer, admin: Answer): Row["hears"] => ({
  ...all(401),
  ...{ user, limited, auditor, admin },
});

/** A page for the signed-in; others are led to sign in and back. Pages know cookies only, so a token is a stranger. */
const page = (path: string, user: Answer, auditor: Answer, admin: Answer): Row => ({
  at: `GET ${path}`,
  hears: { ...all(`/login?next=${path}`), user, auditor, admin },
});

const NEW_PERSON = { email: "{newEmail}", name: "New Person", role: "predefined_user" };
const CREDENTIALS = { email: "{personEmail}", password: PASSWORD };
const CLAIM = {
  ...CREDENTIALS,
  email: "x@example.com",
  name: "X",
  first_name: "X",
  last_name: "X",
};

export const ROUTES: Row[] = [
  { at: "GET /health/live", hears: open(200) },
  { at: "GET /health/ready", hears: open(200) },
  { at: "GET /.well-known/change-password", hears: open("/account") },

  // The doors of the claim: shut, for everybody and for ever.
  { at: "POST /api/auth/bootstrap", hears: open(403), body: CLAIM },
  { at: "POST /api/auth/initialize", hears: open(400), body: CLAIM },
  { at: "POST /auth/admin/signup", hears: open(401), body: CLAIM },
  { at: "POST /v1/auth/setup", hears: open(403), body: CLAIM },
  { at: "GET /v1/auth/status", hears: open(200) },

  { at: "POST /api/auth/login", hears: open(200), body: CREDENTIALS },
  { at: "POST /v1/auth/login", hears: open(200), body: CREDENTIALS },
  { at: "POST /api/auth/refresh", hears: open(401) },
  { at: "POST /api/auth/logout", hears: open(204) },
  { at: "GET /v1/auth/me", hears: api(200, 200, 200, 200) },
  {
    at: "PUT /v1/auth/password",
    hears: api(204, 403, 204, 204),
    body: { current: PASSWORD, next: "another long passphrase" },
  },

  { at: "GET /v1/users", hears: api(403, 200, 403, 200) },
  { at: "POST /v1/users", hears: api(403, 403, 403, 201), body: NEW_PERSON },
  { at: "GET /v1/users/{id}", id: "person", hears: api(403, 200, 403, 200) },
  { at: "PATCH /v1/users/{id}", id: "person", hears: api(403, 403, 403, 200), body: { name: "Y" } },
  { at: "DELETE /v1/users/{id}", id: "person", hears: api(403, 403, 403, 204) },
  { at: "GET /v1/users/{id}/sessions", id: "person", hears: api(403, 403, 403, 200) },
  { at: "DELETE /v1/users/{id}/sessions", id: "person", hears: api(403, 403, 403, 204) },
  { at: "DELETE /v1/sessions/{id}", id: "session", hears: api(404, 404, 404, 204) },
  {
    at: "POST /api/v1/auth/create-user",
    hears: api(403, 403, 403, 201),
    body: { ...NEW_PERSON, password: "SecurePass123" },
  },

  { at: "GET /v1/audit", hears: api(403, 403, 200, 200) },
  { at: "GET /v1/audit/export?format=csv", hears: api(403, 403, 200, 200), leavesTrace: true },
];

export const PAGES: Row[] = [
  {
    at: "GET /",
    hears: { ...all("/login"), user: "/account", auditor: "/account", admin: "/users" },
  },
  { at: "GET /login", hears: { ...all(200), user: "/", auditor: "/", admin: "/" } },
  { at: "GET /setup", hears: { ...all(404), user: "/", auditor: "/", admin: "/" } },
  page("/setup/done", "/", "/", 200),
  page("/account", 200, 200, 200),
  page("/users", 403, 403, 200),
  page("/users/new", 403, 403, 200),
  page("/audit", 403, 200, 200),
];

const ADMIN: readonly Who[] = ["admin"];
const SIGNED_IN: readonly Who[] = ["user", "auditor", "admin"];
const NOBODY: readonly Who[] = [];
const BEFORE = { kind: "idle" };

const account = (name: string, who: readonly Who[], ...args: unknown[]): ActionRow => ({
  action: `app/(admin)/account/actions.ts ${name}`,
  page: "/account",
  for: who,
  with: args,
});
const users = (name: string, page: string, ...args: unknown[]): ActionRow => ({
  action: `app/(admin)/users/actions.ts ${name}`,
  page,
  for: ADMIN,
  with: args,
});

export const ACTIONS: ActionRow[] = [
  { action: "app/actions.ts chooseLocale", page: "/login", for: NOBODY, with: [{ locale: "es" }] },
  { action: "app/actions.ts chooseTheme", page: "/login", for: NOBODY, with: [{ theme: "dark" }] },
  { action: "app/actions.ts signOut", page: "/account", for: SIGNED_IN, with: [] },
  { action: "app/login/actions.ts signIn", page: "/login", for: WHO, with: [BEFORE, CREDENTIALS] },
  { action: "app/setup/actions.ts claim", page: "/setup", for: NOBODY, with: [BEFORE, CLAIM] },
  account("changePassword", SIGNED_IN, BEFORE, { current: PASSWORD, next: "another passphrase" }),
  account("endOtherSessions", SIGNED_IN),
  account("endSession", ADMIN, { session: "{session}" }),
  users("changeRole", "/users", "{person}", "predefined_super_admin"),
  users("disable", "/users", "{person}", "gone"),
  users("enable", "/users", "{disabledPerson}"),
  users("createUser", "/users/new", BEFORE, { ...NEW_PERSON, password: PASSWORD }),
];
