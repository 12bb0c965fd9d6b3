import type { Reply } from "@/lib/platform/http/endpoint";
import { problem } from "@/lib/platform/http/problem";
import { describeRoleIssues } from "@/lib/roles/describe-role-issue";
import type { RoleView } from "@/lib/roles/role-view";
import type { RoleIssue } from "@/lib/roles/schema";
import { type PlainRefusal, refused } from "./refused";

/** A role in the native API, with its entity tag. */
export function roleReply(status: 200 | 201, role: RoleView, etag: string): Reply {
  const location = status === 201 ? { Location: `/v1/roles/${role.slug}` } : {};
  return { status, body: role, headers: { ETag: etag, ...location } };
}

export type RoleRefusal =
  | PlainRefusal
  | { kind: "inUse"; holders: number }
  | { kind: "invalid"; issues: RoleIssue[] };

/** The problem (RFC 9457) that answers a refusal of an operation on roles. */
export function roleRefused(refusal: RoleRefusal): Reply {
  switch (refusal.kind) {
    case "inUse":
      return problem("ROLE_IN_USE", undefined, { holders: refusal.holders });
    case "invalid": {
      // Nothing is wrong but that there is one already, or no room: a conflict, not a mistake.
      const only = refusal.issues.length === 1 ? refusal.issues[0]?.rule : undefined;
      const errors = describeRoleIssues(refusal.issues);
      if (only === "nameTaken") return problem("NAME_TAKEN", undefined, { errors });
      if (only === "tooManyRoles") return problem("TOO_MANY_ROLES", undefined, { errors });
      return problem("VALIDATION_FAILED", undefined, { errors });
    }
    default:
      return refused("role", refusal);
  }
}
