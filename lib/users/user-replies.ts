import type { Reply } from "@/lib/platform/endpoint";
import { env } from "@/lib/platform/env";
import { problem, problemWith } from "@/lib/platform/problem";
import { describeIssues } from "./describe-issue";
import type { Issue } from "./schema";
import type { UserView } from "./user-view";

/** A user in the native API, with its entity tag. */
export function userReply(status: 200 | 201, user: UserView, etag: string): Reply {
  const location = status === 201 ? { Location: `/v1/users/${user.id}` } : {};
  return { status, body: user, headers: { ETag: etag, ...location } };
}

export function forbidden(): Reply {
  return problem(403, "FORBIDDEN", "Your role does not allow this.");
}

export function notFound(): Reply {
  return problem(404, "NOT_FOUND", "There is no such user.");
}

export function lastAdmin(): Reply {
  const detail = "An installation keeps at least one active administrator. Appoint another first.";
  return problem(409, "LAST_ADMIN", detail);
}

/** 409 when nothing is wrong but that the e-mail is taken; 400 with the messages by field otherwise. */
export function invalid(issues: Issue[]): Reply {
  if (issues.every((issue) => issue.rule === "emailTaken")) {
    return problem(409, "EMAIL_TAKEN", "This e-mail address is already taken.");
  }
  const errors = describeIssues(issues, env().passwordMinLength);
  return problemWith(400, "VALIDATION_FAILED", "Some fields are not valid.", { errors });
}
