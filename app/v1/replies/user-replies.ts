import { CONFIRMATION_REQUIRED } from "@/lib/access/recently-confirmed";
import { env } from "@/lib/platform/env";
import type { Reply } from "@/lib/platform/http/endpoint";
import { problem, problemWith } from "@/lib/platform/http/problem";
import { describeIssues } from "@/lib/users/describe-issue";
import type { Issue } from "@/lib/users/schema";
import type { UserView } from "@/lib/users/user-view";

/** A user in the native API, with its entity tag. */
export function userReply(status: 200 | 201, user: UserView, etag: string): Reply {
  const location = status === 201 ? { Location: `/v1/users/${user.id}` } : {};
  return { status, body: user, headers: { ETag: etag, ...location } };
}

/** Every expected way in which an operation on users says no. */
export type Refusal =
  | { kind: "forbidden" }
  | { kind: "unconfirmed" }
  | { kind: "notFound" }
  | { kind: "lastAdmin" }
  | { kind: "stale" }
  | { kind: "invalid"; issues: Issue[] };

/** The problem (RFC 9457) that answers a refusal; the one place where its status and code are chosen. */
export function refused(refusal: Refusal): Reply {
  switch (refusal.kind) {
    case "forbidden":
      return problem(403, "FORBIDDEN", "Your role does not allow this.");
    case "unconfirmed":
      return problem(...CONFIRMATION_REQUIRED);
    case "notFound":
      return problem(404, "NOT_FOUND", "There is no such user.");
    case "lastAdmin": {
      const detail =
        "An installation keeps at least one active administrator. Appoint another first.";
      return problem(409, "LAST_ADMIN", detail);
    }
    case "stale":
      return problem(412, "STALE", "The user was changed since you read it. Read it again.");
    case "invalid": {
      // Nothing is wrong but that somebody else has it: a conflict, not a mistake.
      if (refusal.issues.every((issue) => issue.rule === "emailTaken")) {
        return problem(409, "EMAIL_TAKEN", "This e-mail address is already taken.");
      }
      const errors = describeIssues(refusal.issues, env().passwordMinLength);
      return problemWith(400, "VALIDATION_FAILED", "Some fields are not valid.", { errors });
    }
  }
}
