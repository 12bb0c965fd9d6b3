/**
 * Who may do what: every route x method, every page and every server action there is, with what each kind of caller
 * hears. Data only; matrix.test.ts makes the tests of it, and fails for what has no row here.
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
  /** May everything, but the role requires a second factor, there is none, and the time for it is over. */
  "owing",
  "admin",
] as const;
export type Who = (typeof WHO)[number];

/** A status, or for a redirect where it leads to, in plain letters. */
export type Answer = number | string;

/** Something there has to be for a request to be about; world.ts makes a new one for each request. */
export type Thing =
  | "person"
  | "disabledPerson"
  /** Has a second factor. */
  | "protectedPerson"
  | "invitedPerson"
  | "deletedPerson"
  | "session"
  | "token"
  /** The token of an invitation's link. */
  | "link"
  /** For several people. */
  | "joinLink"
  /** Somebody who came by such a link, and waits. */
  | "joinRequest"
  /** Named by its slug. */
  | "role"
  /** In the audit trail, of the system. */
  | "event"
  // The caller's own:
  | "ownToken"
  /** From where the caller had not been before. */
  | "unfamiliarSession"
  /** An import of one user that has not begun. */
  | "draft"
  /** A job that is over. */
  | "job"
  | "view"
  | "passkey"
  | "authenticatorApp";

export type Row = {
  /** Method and path as in the documentation: `/v1/users/{id}`. */
  at: string;
  hears: Record<Who, Answer>;
  /** What `{id}` or `{slug}` names. */
  id?: Thing;
  /** May hold `{person}` and the like for the id of such a thing, `{personEmail}`, `{callerEmail}` and `{newEmail}`. */
  body?: unknown;
  /** Of the body; default: JSON. */
  type?: "text/csv";
  /** Reading leaves a trace in the audit trail, by intention. */
  leavesTrace?: true;
  /** Asks without changing anything, and is no GET because of its body. */
  changesNothing?: true;
};

export type ActionRow = {
  /** The file it is exported from, and its name. */
  action: string;
  /** A page that offers it; with placeholders as in a body. */
  page: string;
  /** Whose call changes the database; everybody else's leaves it as it was. */
  for: readonly Who[];
  /**
   * Arguments of a valid call, with placeholders as in a body. The last one, if it is an object, is sent as a form; a field
   * of it that is `{ base64 }` as a file.
   */
  with: unknown[];
  /** Not so: the last one is sent as it is. */
  noForm?: true;
};

/** A password that every person in the tests has. */
export const PASSWORD = "a long enough passphrase";

const all = (answer: Answer) => Object.fromEntries(WHO.map((who) => [who, answer])) as Row["hears"];

/** For everybody alike, signed in or not. */
const open = all;

/**
 * For the signed-in: what a plain user, a limited token, an auditor and an administrator hear. Nothing of the API is
 * open to who owes a second factor.
 */
const api = (user: Answer, limited: Answer, auditor: Answer, admin: Answer): Row["hears"] => ({
  ...all(401),
  ...{ user, limited, auditor, owing: 403, admin },
});

const ENROL = "/account/second-factor";

/**
 * A page for the signed-in; others are led to sign in and back, and who owes a second factor to where it is set up.
 * Pages know cookies only, so a token is a stranger.
 */
const page = (
  path: string,
  user: Answer,
  auditor: Answer,
  admin: Answer,
  owing: Answer = ENROL,
): Row => ({
  at: `GET ${path}`,
  hears: { ...all(`/login?next=${path}`), user, auditor, owing, admin },
});

/** A PNG of 16 pixels a side. */
const IMAGE =
  "iVBORw0KGgoAAAANSUhEUgAAABAAAAAQAQAAAAA3iMLMAAAADElEQVR42mNgIA0AAAAwAAEodEl9AAAAAElFTkSuQmCC";

const NEW_PERSON = { email: "{newEmail}", name: "New Person", role: "predefined_user" };
const DISABLE = { action: "disable", ids: ["{person}"] };
const READ_USERS = { action: "read", subject: "User" };
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
  { at: "GET /.well-known/change-password", hears: open("/account/security#change-password") },

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
  { at: "PATCH /v1/auth/me", hears: api(200, 403, 200, 200), body: { name: "Y" } },
  { at: "DELETE /v1/auth/me", hears: api(204, 403, 204, 204) },
  { at: "GET /v1/auth/me/activity", hears: api(200, 403, 200, 200) },
  { at: "GET /v1/auth/me/export", hears: api(200, 403, 200, 200), leavesTrace: true },
  {
    at: "POST /v1/auth/confirm",
    hears: api(204, 403, 204, 204),
    body: { password: PASSWORD },
  },
  {
    at: "PUT /v1/auth/password",
    hears: api(204, 403, 204, 204),
    body: { current: PASSWORD, next: "another long passphrase" },
  },
  // No mail is configured here; with it the answer is 202, for whoever asks (links.test.ts).
  { at: "POST /v1/auth/password/forgotten", hears: open(409), body: { email: "x@example.com" } },
  { at: "GET /v1/auth/forward", hears: api(200, 403, 200, 200) },

  { at: "GET /v1/users", hears: api(403, 200, 403, 200) },
  { at: "POST /v1/users", hears: api(403, 403, 403, 201), body: NEW_PERSON },
  { at: "GET /v1/users/{id}", id: "person", hears: api(403, 200, 403, 200) },
  { at: "PATCH /v1/users/{id}", id: "person", hears: api(403, 403, 403, 200), body: { name: "Y" } },
  { at: "DELETE /v1/users/{id}", id: "person", hears: api(403, 403, 403, 204) },
  { at: "GET /v1/users/{id}/neighbours", id: "person", hears: api(403, 200, 403, 200) },
  { at: "GET /v1/users/{id}/sign-ins", id: "person", hears: api(403, 403, 200, 200) },
  { at: "GET /v1/users/{id}/sessions", id: "person", hears: api(403, 403, 403, 200) },
  { at: "DELETE /v1/users/{id}/sessions", id: "person", hears: api(403, 403, 403, 204) },
  { at: "POST /v1/users/{id}/password-reset", id: "person", hears: api(403, 403, 403, 201) },
  { at: "GET /v1/views", hears: api(403, 200, 403, 200) },
  { at: "POST /v1/views", hears: api(403, 403, 403, 201), body: { name: "Mine", query: "" } },
  {
    at: "PATCH /v1/views/{id}",
    id: "view",
    hears: api(403, 403, 403, 200),
    body: { shared: true },
  },
  { at: "DELETE /v1/views/{id}", id: "view", hears: api(403, 403, 403, 204) },
  { at: "GET /v1/sessions", hears: api(200, 403, 200, 200) },
  { at: "DELETE /v1/sessions/{id}", id: "session", hears: api(404, 404, 404, 204) },
  {
    at: "POST /api/v1/auth/create-user",
    hears: api(403, 403, 403, 201),
    body: { ...NEW_PERSON, password: "SecurePass123" },
  },

  { at: "GET /v1/invitations", hears: api(403, 200, 403, 200) },
  { at: "POST /v1/invitations", hears: api(403, 403, 403, 201), body: NEW_PERSON },
  {
    at: "POST /v1/invitations/links",
    hears: api(403, 403, 403, 200),
    body: { ids: ["{invitedPerson}"] },
  },
  { at: "GET /v1/join-links", hears: api(403, 403, 403, 200) },
  {
    at: "POST /v1/join-links",
    hears: api(403, 403, 403, 201),
    body: { name: "All", maxUses: 2 },
  },
  { at: "DELETE /v1/join-links/{id}", id: "joinLink", hears: api(403, 403, 403, 204) },
  { at: "GET /v1/join-requests", hears: api(403, 403, 403, 200) },
  { at: "DELETE /v1/join-requests/{id}", id: "joinRequest", hears: api(403, 403, 403, 204) },
  {
    at: "POST /v1/join-requests/{id}/approve",
    id: "joinRequest",
    hears: api(403, 403, 403, 201),
  },
  { at: "DELETE /v1/invitations/{id}", id: "invitedPerson", hears: api(403, 403, 403, 204) },
  { at: "POST /v1/invitations/{id}/resend", id: "invitedPerson", hears: api(403, 403, 403, 200) },
  {
    at: "DELETE /v1/users/{id}/second-factor",
    id: "protectedPerson",
    hears: api(403, 403, 403, 204),
  },
  { at: "GET /v1/deleted-users", hears: api(403, 403, 403, 200) },
  {
    at: "POST /v1/deleted-users/{id}/restore",
    id: "deletedPerson",
    hears: api(403, 403, 403, 200),
  },

  { at: "GET /v1/tokens", hears: api(200, 403, 200, 200) },
  {
    at: "POST /v1/tokens",
    hears: api(201, 403, 201, 201),
    body: { name: "script", abilities: ["*"] },
  },
  { at: "DELETE /v1/tokens/{id}", id: "token", hears: api(404, 404, 404, 204) },
  { at: "DELETE /v1/tokens/{id}", id: "ownToken", hears: api(204, 403, 204, 204) },

  { at: "GET /v1/roles", hears: api(403, 403, 403, 200) },
  { at: "POST /v1/roles", hears: api(403, 403, 403, 201), body: { name: "{newEmail}" } },
  { at: "GET /v1/roles/{slug}", id: "role", hears: api(403, 403, 403, 200) },
  {
    at: "PATCH /v1/roles/{slug}",
    id: "role",
    hears: api(403, 403, 403, 200),
    body: { policies: [READ_USERS] },
  },
  {
    at: "POST /v1/roles/{slug}/preview",
    id: "role",
    hears: api(403, 403, 403, 200),
    body: { policies: [READ_USERS] },
    changesNothing: true,
  },
  { at: "DELETE /v1/roles/{slug}", id: "role", hears: api(403, 403, 403, 204) },
  { at: "GET /v1/access/matrix", hears: api(403, 403, 403, 200) },
  { at: "GET /v1/access/who?action=read&subject=User", hears: api(403, 403, 403, 200) },
  {
    at: "POST /v1/access/explain",
    hears: api(403, 403, 403, 200),
    body: { role: "auditor", ...READ_USERS },
    changesNothing: true,
  },

  { at: "GET /v1/users/export?format=csv", hears: api(403, 200, 403, 200), leavesTrace: true },
  {
    at: "POST /v1/users/import",
    hears: api(403, 403, 403, 201),
    body: "email\n{newEmail}\n",
    type: "text/csv",
  },
  {
    at: "POST /v1/users/import/columns",
    hears: api(403, 403, 403, 200),
    body: "email\n{newEmail}\n",
    type: "text/csv",
    changesNothing: true,
  },
  { at: "POST /v1/users/bulk", hears: api(403, 403, 403, 202), body: DISABLE },
  {
    at: "POST /v1/users/bulk",
    hears: api(403, 403, 403, 200),
    body: { ...DISABLE, dryRun: true },
    changesNothing: true,
  },
  { at: "GET /v1/jobs", hears: api(403, 200, 403, 200) },
  { at: "GET /v1/jobs/{id}", id: "job", hears: api(403, 200, 403, 200) },
  { at: "GET /v1/jobs/{id}/items", id: "job", hears: api(403, 200, 403, 200) },
  { at: "GET /v1/jobs/{id}/items.csv", id: "job", hears: api(403, 200, 403, 200) },
  { at: "POST /v1/jobs/{id}/start", id: "draft", hears: api(403, 403, 403, 202) },
  { at: "POST /v1/jobs/{id}/cancel", id: "draft", hears: api(403, 403, 403, 200) },

  { at: "GET /v1/openapi.json", hears: open(200) },
  { at: "GET /docs/api/scalar.js", hears: open(200) },

  { at: "GET /v1/statistics", hears: api(403, 200, 403, 200) },

  { at: "GET /v1/settings", hears: api(403, 403, 403, 200) },
  { at: "PATCH /v1/settings", hears: api(403, 403, 403, 200), body: { name: "{newEmail}" } },
  { at: "GET /v1/settings/health", hears: api(403, 403, 403, 200) },
  // No mail server is configured; with one, settings.test.ts.
  {
    at: "POST /v1/settings/mail/test",
    hears: api(403, 403, 403, 200),
    changesNothing: true,
  },
  { at: "PUT /v1/settings/mark", hears: api(403, 403, 403, 400), body: "no image" },
  { at: "DELETE /v1/settings/mark", hears: api(403, 403, 403, 200) },
  // There is none; with one the answer is 200, for whoever asks (settings.test.ts).
  { at: "GET /v1/settings/mark", hears: open(404) },

  { at: "GET /v1/audit/days", hears: api(403, 403, 200, 200) },
  { at: "GET /v1/audit", hears: api(403, 403, 200, 200) },
  { at: "GET /v1/audit/export?format=csv", hears: api(403, 403, 200, 200), leavesTrace: true },
];

export const PAGES: Row[] = [
  {
    at: "GET /",
    hears: {
      ...all("/login"),
      ...{ user: "/account", auditor: "/account", owing: "/account", admin: 200 },
    },
  },
  { at: "GET /login", hears: { ...all(200), user: "/", auditor: "/", owing: "/", admin: "/" } },
  { at: "GET /setup", hears: { ...all(404), user: "/", auditor: "/", owing: "/", admin: "/" } },
  { at: "GET /join", hears: open(200) },
  { at: "GET /forgotten", hears: open(200) },
  { at: "GET /docs/api", hears: open(200) },
  page("/setup/done", "/", "/", 200, "/"),
  page("/account", 200, 200, 200),
  page("/account/security", 200, 200, 200),
  page("/account/sessions", 200, 200, 200),
  page("/account/tokens", 200, 200, 200),
  page("/account/activity", 200, 200, 200),
  page(ENROL, 200, 200, 200, 200),
  // Nobody has an app.
  page(`${ENROL}/replace`, ENROL, ENROL, ENROL),
  {
    at: "GET /account/confirm",
    hears: { ...all("/login?next=/account"), user: 200, auditor: 200, owing: 200, admin: 200 },
  },
  page("/users", 403, 403, 200),
  page("/users/new", 403, 403, 200),
  page("/users/invite", 403, 403, 200),
  page("/users/join-links", 403, 403, 200),
  page("/users/import", 403, 403, 200),
  page("/users/deleted", 403, 403, 200),
  { ...page("/users/{id}", 403, 403, 200), id: "person" },
  { ...page("/jobs/{id}", 403, 403, 200), id: "job" },
  page("/welcome", 200, 200, 200),
  page("/roles", 403, 403, 200),
  page("/roles/new", 403, 403, 200),
  page("/roles/side_by_side", 403, 403, 200),
  page("/roles/who", 403, 403, 200),
  page("/roles/test", 403, 403, 200),
  { ...page("/roles/{slug}", 403, 403, 200), id: "role" },
  page("/settings", 403, 403, 200),
  page("/audit", 403, 200, 200),
  { ...page("/audit/{id}", 403, 200, 200), id: "event" },
  // It is nobody's own.
  { ...page("/account/activity/{id}", 404, 404, 404), id: "event" },
];

const ADMIN: readonly Who[] = ["admin"];
const SIGNED_IN: readonly Who[] = ["user", "auditor", "admin"];
/** Those and who has to set up a second factor before anything else. */
const PERSONS: readonly Who[] = [...SIGNED_IN, "owing"];
const NOBODY: readonly Who[] = [];
const BEFORE = { kind: "idle" };

/** An entity tag that fits every version. */
const ANY = "*";
/** What an edit of a user says it began with. */
const READ = JSON.stringify({
  ...{ version: ANY, name: "", email: "", role: { slug: "", name: "" } },
  ...{ status: "active", metadata: "{}" },
});

/** The actions of one file on one page. */
const of =
  (file: string, page: string, who: readonly Who[]) =>
  (name: string, ...args: unknown[]): ActionRow => ({
    action: `app/${file} ${name}`,
    page,
    for: who,
    with: args,
  });
const account = (page = "") => of("(admin)/account/actions.ts", `/account${page}`, SIGNED_IN);
const factor = of("(admin)/account/second-factor/actions.ts", ENROL, PERSONS);
const users = of("(admin)/users/actions.ts", "/users", ADMIN);
const views = of("(admin)/users/view-actions.ts", "/users", ADMIN);
const user = of("(admin)/users/[id]/actions.ts", "/users/{person}", ADMIN);
const invitation = of("(admin)/users/invite/actions.ts", "/users/invite", ADMIN);
const joinLink = of("(admin)/users/join-links/actions.ts", "/users/join-links", ADMIN);
const role = of("(admin)/roles/actions.ts", "/roles/{role}", ADMIN);
const settings = of("(admin)/settings/actions.ts", "/settings", ADMIN);
const login = of("login/actions.ts", "/login", WHO);

export const ACTIONS: ActionRow[] = [
  { action: "app/actions.ts chooseLocale", page: "/login", for: NOBODY, with: [{ locale: "es" }] },
  { action: "app/actions.ts chooseTheme", page: "/login", for: NOBODY, with: [{ theme: "dark" }] },
  { action: "app/actions.ts putAwayNextSteps", page: "/", for: NOBODY, with: [] },
  { action: "app/actions.ts signOut", page: "/account", for: PERSONS, with: [] },
  login("signIn", BEFORE, { ...CREDENTIALS, by: "password" }),
  { ...login("startPasskey"), for: NOBODY },
  // Nobody without an authenticator.
  {
    ...login("finishPasskey", { ticket: "x", response: "{}", next: "/" }),
    for: NOBODY,
    noForm: true,
  },
  of("setup/actions.ts", "/setup", NOBODY)("claim", BEFORE, CLAIM),
  // Without mail the page has no form.
  {
    ...of("forgotten/actions.ts", "/forgotten", NOBODY)("askForLink", BEFORE, { email: "x" }),
    noForm: true,
  },
  of("join/actions.ts", "/join", WHO)("join", BEFORE, {
    ...{ step: "password", token: "{link}", name: "X", password: "another passphrase" },
  }),

  account("/security")("changePassword", BEFORE, { current: PASSWORD, next: "another passphrase" }),
  account()("saveProfile", BEFORE, { name: "Y", email: "{newEmail}", version: ANY }),
  account()("leave", BEFORE, { email: "{callerEmail}" }),
  account()("recognizeSignIn", { session: "{unfamiliarSession}" }),
  account()("disownSignIn", { session: "{unfamiliarSession}" }),
  account("/sessions")("endOtherSessions"),
  { ...account("/sessions")("endSession", { session: "{session}" }), for: ADMIN },
  account("/tokens")("createToken", BEFORE, { name: "script", expires: "30", abilities: "*" }),
  { ...account("/tokens")("revokeToken", "{token}"), for: ADMIN },
  of("(admin)/account/activity/actions.tsx", "/account/activity", NOBODY)("openOwnEvent", "1"),
  { ...of("(admin)/palette-actions.ts", "/account", NOBODY)("readPalette", []), noForm: true },
  of("(admin)/audit/actions.tsx", "/audit", NOBODY)("openEvent", "1"),
  of("(admin)/account/confirm/actions.ts", "/account/confirm", PERSONS)("confirm", BEFORE, {
    ...{ password: PASSWORD, next: "/account" },
  }),
  factor("addTotp", BEFORE, { code: "" }),
  // Begins with a code that only the app knows.
  of("(admin)/account/second-factor/replace/actions.ts", `${ENROL}/replace`, NOBODY)(
    "replaceTotp",
    BEFORE,
    { proof: "000000", given: "{authenticatorApp}" },
  ),
  factor("renewCodes", BEFORE, { given: "{authenticatorApp}" }),
  factor("turnOffTotp", { given: "{authenticatorApp}" }),
  { ...factor("startPasskey"), for: NOBODY },
  {
    ...factor("addPasskey", { ticket: "x", name: "Key", response: {} }),
    for: NOBODY,
    noForm: true,
  },
  factor("removePasskey", { passkey: "{passkey}" }),

  users("changeRole", "{person}", "predefined_super_admin"),
  users("disable", "{person}", "gone"),
  users("enable", "{disabledPerson}"),
  { ...users("createUser", BEFORE, { ...NEW_PERSON, password: PASSWORD }), page: "/users/new" },
  of("(admin)/users/peek-actions.tsx", "/users", NOBODY)("peekUser", "{person}"),
  views("saveView", "Disabled", "status=disabled"),
  views("shareView", "{view}", true),
  views("deleteView", "{view}"),
  {
    ...of("(admin)/users/bulk-actions.ts", "/users", ADMIN)("runBulk"),
    with: [{ kind: "ids", ids: ["{person}"] }, { action: "disable" }, { expected: 1 }],
    noForm: true,
  },

  user("saveProfile", "{person}", BEFORE, { name: "Y", email: "", read: READ }),
  user("saveMetadata", "{person}", BEFORE, { metadata: '{"team":"y"}', read: READ }),
  user("endSession", { session: "{session}" }),
  user("forceSignOut", "{person}"),
  { ...user("removeFactor", "{protectedPerson}"), page: "/users/{protectedPerson}" },
  user("makeResetLink", "{person}"),
  user("makeInvitation", "{invitedPerson}"),
  user("remove", "{person}"),
  user("restore", "{deletedPerson}"),
  of("(admin)/users/deleted/actions.ts", "/users/deleted", ADMIN)("restore", "{deletedPerson}"),

  invitation("invite", BEFORE, NEW_PERSON),
  invitation("resend", "{invitedPerson}"),
  invitation("revoke", "{invitedPerson}"),
  joinLink("create", BEFORE, { name: "All", role: "predefined_user", maxUses: "2", days: "1" }),
  joinLink("revoke", { id: "{joinLink}" }),
  joinLink("approve", { id: "{joinRequest}" }),
  joinLink("refuse", { id: "{joinRequest}" }),
  of("(admin)/users/import/actions.ts", "/users/import", ADMIN)("start", BEFORE, {
    job: "{draft}",
  }),
  of("(admin)/jobs/actions.ts", "/jobs/{job}", ADMIN)("cancel", { job: "{draft}" }),

  role("saveRole", BEFORE, { slug: "{role}", etag: ANY, name: "{newEmail}", policies: "[]" }),
  role("saveRequirement", BEFORE, {
    ...{ slug: "{role}", etag: ANY, secondFactor: "on", graceDays: "7" },
  }),
  role("deleteRole", "{role}"),

  settings("saveSettings", BEFORE, { etag: ANY, name: "{newEmail}", accent: "" }),
  { ...settings("testMail", BEFORE, { testMail: "me" }), for: NOBODY },
  settings("saveMark", BEFORE, { etag: ANY, remove: "", mark: { base64: IMAGE } }),
];
