import type { Policy } from "@/lib/access/schema";

/** Roles that many need, to begin a role of one's own with. Support helps people in and takes over nobody's address. */
export const ROLE_PRESETS = {
  support: [
    { action: "read", subject: "User" },
    { action: ["resetPassword", "endSessions", "removeFactor"], subject: "User" },
  ],
  auditor: [{ action: "read", subject: ["User", "Role", "AuditEvent"] }],
  peopleManager: [{ action: "manage", subject: "User" }],
} as const satisfies Record<string, readonly Policy[]>;
export type RolePreset = keyof typeof ROLE_PRESETS;
