/** What happened, in the past tense of the thing it happened to. */
export const AUDIT_ACTIONS = [
  "installation.claimed",
  "installation.reopened",
  "session.started",
  "session.ended",
  "session.refreshReused",
  "session.blocked",
  "session.recognized",
  "session.disowned",
  "user.created",
  "user.claimReplayed",
  "user.updated",
  "user.deleted",
  "user.recovered",
  "user.passwordChanged",
  "user.invited",
  "user.joined",
  "user.approved",
  "user.invitationRevoked",
  "user.invitationReminded",
  "user.passwordResetStarted",
  "user.passwordReset",
  "user.restored",
  "user.imported",
  "user.dataExported",
  "users.invited",
  "joinLink.created",
  "joinLink.revoked",
  "joinRequest.created",
  "joinRequest.refused",
  "users.exported",
  "role.created",
  "role.updated",
  "role.deleted",
  "token.created",
  "token.revoked",
  "job.started",
  "job.finished",
  "audit.exported",
  "settings.updated",
  "settings.mailTested",
  "factor.added",
  "factor.replaced",
  "factor.removed",
  "factor.recoveryCodeUsed",
  "factor.recoveryCodesRenewed",
  "view.shared",
  "view.unshared",
] as const;
export type AuditAction = (typeof AUDIT_ACTIONS)[number];

/** What people look for by a name of its own, and what is recorded of it: the new status of a user, or that of a role. */
export const CHANGES_OF_USERS = {
  "user.disabled": { path: ["status", "to"], value: "disabled" },
  "user.enabled": { path: ["status", "from"], value: "disabled" },
  "user.roleChanged": { path: ["role", "to"], value: null },
} as const;
export type ChangeOfUser = keyof typeof CHANGES_OF_USERS;

/** What a list can be asked for: an action, or a kind of change that "user.updated" records. */
export const ASKED_ACTIONS = [
  ...AUDIT_ACTIONS,
  ...(Object.keys(CHANGES_OF_USERS) as ChangeOfUser[]),
] as const;
export type AskedAction = (typeof ASKED_ACTIONS)[number];
/** What an action is about: what stands before the dot. */
export type AuditSubject = AuditAction extends `${infer Subject}.${string}` ? Subject : never;

/**
 * Every door there is, as the trail, the sessions and the receipt of the claim name it: one by which people sign in, one
 * by which an installation is claimed, or one that is only recorded. What came by a door that has been removed since
 * keeps its name, so whoever reads or filters takes any other name as well.
 */
export const DOORS = [
  { name: "browser", does: "signsIn" },
  { name: "api", does: "signsIn" },
  { name: "link", does: "records" },
  { name: "wizard", does: "claims" },
  { name: "bootstrap", does: "claims" },
  { name: "setup", does: "claims" },
  { name: "initialize", does: "claims" },
  { name: "signup", does: "claims" },
  { name: "environment", does: "claims" },
  { name: "command line", does: "claims" },
] as const satisfies readonly { name: string; does: "signsIn" | "claims" | "records" }[];

type Doors = (typeof DOORS)[number];
export type DoorName = Doors["name"];
export type ClaimDoor = Extract<Doors, { does: "claims" }>["name"];
export type SignInDoor = Extract<Doors, { does: "signsIn" }>["name"];
