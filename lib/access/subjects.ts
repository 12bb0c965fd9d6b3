/** What may be allowed on anything. */
export const ACTIONS = ["manage", "create", "read", "update", "delete"] as const;

/**
 * The parts of changing a user, for roles that fit a job: who may "update" may all of them. Status is to disable and
 * enable; a reset is a link to a new password; sessions are ended with the API tokens; a second factor is taken off.
 */
export const USER_CHANGES = [
  "updateProfile",
  "updateEmail",
  "updateRole",
  "updateStatus",
  "resetPassword",
  "endSessions",
  "removeFactor",
] as const;
export type UserChange = (typeof USER_CHANGES)[number];

export const ALL_ACTIONS = [...ACTIONS, ...USER_CHANGES] as const;
export type Action = (typeof ALL_ACTIONS)[number];

export const USER_STATUSES = ["active", "disabled", "invited"] as const;

/**
 * What the values of a field are. A list is an enum of prisma/schema.prisma, whose names are the same words in upper
 * case; "role" is the slug of one; "metadata" is for a column of JSON, and any value below any key of it.
 */
export type FieldKind =
  | readonly string[]
  | "text"
  | "integer"
  | "boolean"
  | "uuid"
  | "userId"
  | "email"
  | "role"
  | "metadata";

export type SubjectEntry = {
  /** What may be allowed on it. Each is asked for somewhere; one that nothing asks for would be a false promise. */
  actions: readonly Action[];
  /** What a condition may ask of it. */
  fields: Readonly<Record<string, FieldKind>>;
  /** The table behind a field like `role.slug`, by what stands before the dot. */
  relations?: Readonly<Record<string, string>>;
};

/**
 * What policies are about. An entity of one's own is one more line, called as its model in prisma/schema.prisma:
 *
 *     Project: { actions: ACTIONS, fields: { id: "uuid", title: "text", state: ["open", "closed"] } },
 *
 * - Ask before every verb: `may(actor, "update", "Project", view)`; and for lists `scopeOf(actor, "read", "Project")`
 *   (lib/rows/scope-of.ts) in the `where` of the query.
 * - A field is called as in the model and in the view that `may` is asked with; `owner.email` goes by the relation
 *   `owner`, named with its table, where the field is unique: `relations: { owner: "users" }`. Without fields a subject
 *   has no conditions. A condition asks for one value or one of several; there is no kind for times and fractions.
 * - Words, in each file of messages, below `rolesPage`: `subjects.Project`, `may.Project`, `may.ProjectManage`; with
 *   fields `may.ProjectWhere`, `may.ProjectManageWhere`, `which.Project`, `unconditional.Project`,
 *   `answer.forSome.Project`, and `field.<name>`, `clause.<name>`, `value.<option>` for those that are new. The types
 *   tell which are missing. Editor, explanations, OpenAPI and SQL need nothing more.
 */
export const SUBJECTS = {
  all: { actions: ACTIONS, fields: {} },
  User: {
    actions: ALL_ACTIONS,
    fields: {
      status: USER_STATUSES,
      "role.slug": "role",
      email: "email",
      id: "userId",
      metadata: "metadata",
    },
    relations: { role: "roles" },
  },
  Role: { actions: ACTIONS, fields: {} },
  AuditEvent: { actions: ["read"], fields: {} },
  Installation: { actions: ["read", "update"], fields: {} },
} as const satisfies Record<string, SubjectEntry>;

export type Subject = keyof typeof SUBJECTS;

/** Those of which everything can be allowed in one word. */
export type ManagedSubject = {
  [S in Subject]: "manage" extends (typeof SUBJECTS)[S]["actions"][number] ? S : never;
}[Subject];

/** Those that have fields, so that conditions can be asked of them. */
export type ConditionedSubject = {
  [S in Subject]: keyof (typeof SUBJECTS)[S]["fields"] extends never ? never : S;
}[Subject];

/** The fields that a condition may ask for of some subject. */
export type FieldName = {
  [S in ConditionedSubject]: Extract<keyof (typeof SUBJECTS)[S]["fields"], string>;
}[ConditionedSubject];

/** The values of which a field may have to have one. */
export type Option = {
  [S in ConditionedSubject]: Extract<
    (typeof SUBJECTS)[S]["fields"][keyof (typeof SUBJECTS)[S]["fields"]],
    readonly string[]
  >[number];
}[ConditionedSubject];
