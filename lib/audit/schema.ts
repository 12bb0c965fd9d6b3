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
  "user.invitationRevoked",
  "user.passwordResetStarted",
  "user.passwordReset",
  "user.restored",
  "user.imported",
  "users.exported",
  "role.created",
  "role.updated",
  "role.deleted",
  "token.created",
  "token.revoked",
  "job.started",
  "job.finished",
  "audit.exported",
  "factor.added",
  "factor.removed",
  "factor.recoveryCodeUsed",
  "factor.recoveryCodesRenewed",
] as const;
export type AuditAction = (typeof AUDIT_ACTIONS)[number];
/** What an action is about: what stands before the dot. */
export type AuditSubject = AuditAction extends `${infer Subject}.${string}` ? Subject : never;

/** The doors that there are. A filter takes any other name as well. */
export const DOORS = [
  "browser",
  "api",
  "wizard",
  "bootstrap",
  "setup",
  "initialize",
  "signup",
  "environment",
  "command line",
] as const;
