import { CONFIRMATION_REQUIRED } from "@/lib/access/recently-confirmed";
import type { Reply } from "@/lib/platform/http/endpoint";
import { problem, problemWith } from "@/lib/platform/http/problem";
import { describeRoleIssues } from "@/lib/roles/describe-role-issue";
import type { RoleView } from "@/lib/roles/role-view";
import type { RoleIssue } from "@/lib/roles/schema";

/** A role in the native API, with its entity tag. */
export function roleReply(status: 200 | 201, role: RoleView, etag: string): Reply {
  const location = status === 201 ? { Location: `/v1/roles/${role.slug}` } : {};
  return { status, body: role, headers: { ETag: etag, ...location } };
}

/** Every expected way in which an operation on roles says no. */
export type RoleRefusal =
  | { kind: "forbidden" }
  | { kind: "unconfirmed" }
  | { kind: "beyondOwn" }
  | { kind: "notFound" }
  | { kind: "userNotFound" }
  | { kind: "fixed" }
  | { kind: "stale" }
  | { kind: "inUse"; holders: number }
  | { kind: "invalid"; issues: RoleIssue[] };

/** The problem (RFC 9457) that answers a refusal; the one place where its status and code are chosen. */
export function roleRefused(refusal: RoleRefusal): Reply {
  switch (refusal.kind) {
    case "forbidden":
      return problem(403, "FORBIDDEN", "Your role does not allow this.");
    case "unconfirmed":
      return problem(...CONFIRMATION_REQUIRED);
    case "beyondOwn":
      return problem(
        403,
        "BEYOND_OWN_RIGHTS",
        "Nobody makes, changes or deletes a role that allows more than they may themselves.",
      );
    case "notFound":
      return problem(404, "NOT_FOUND", "There is no such role.");
    case "userNotFound":
      return problem(404, "USER_NOT_FOUND", "There is no such user.");
    case "fixed":
      return problem(
        409,
        "ROLE_FIXED",
        "A predefined role is fixed, but for its second factor. Create a role of your own.",
      );
    case "stale":
      return problem(412, "STALE", "The role was changed since you read it. Read it again.");
    case "inUse": {
      const { holders } = refusal;
      const detail = "Users have this role. Give them another one first.";
      return problemWith(409, "ROLE_IN_USE", detail, { holders });
    }
    case "invalid": {
      // Nothing is wrong but that there is one already, or no room: a conflict, not a mistake.
      const only = refusal.issues.length === 1 ? refusal.issues[0]?.rule : undefined;
      const errors = describeRoleIssues(refusal.issues);
      if (only === "nameTaken") {
        return problemWith(409, "NAME_TAKEN", "Another role has this name.", { errors });
      }
      if (only === "tooManyRoles") {
        return problemWith(409, "TOO_MANY_ROLES", "There are too many roles.", { errors });
      }
      return problemWith(400, "VALIDATION_FAILED", "Some fields are not valid.", { errors });
    }
  }
}
