import type { Reply } from "@/lib/platform/http/endpoint";
import { problem } from "@/lib/platform/http/problem";
import { settings } from "@/lib/settings/settings";
import { describeIssues } from "@/lib/users/describe-issue";
import type { Issue } from "@/lib/users/schema";
import type { UserView } from "@/lib/users/user-view";
import { type PlainRefusal, refused } from "./refused";

/** A user in the native API, with its entity tag. */
export function userReply(status: 200 | 201, user: UserView, etag: string): Reply {
  const location = status === 201 ? { Location: `/v1/users/${user.id}` } : {};
  return { status, body: user, headers: { ETag: etag, ...location } };
}

/** The problem that answers a refusal of an operation on users, or of what is done to them by link. */
export function userRefused(refusal: PlainRefusal | { kind: "invalid"; issues: Issue[] }): Reply {
  if (refusal.kind !== "invalid") return refused("user", refusal);
  // Nothing is wrong but that somebody else has it: a conflict, not a mistake.
  if (refusal.issues.every((issue) => issue.rule === "emailTaken")) return problem("EMAIL_TAKEN");
  const errors = describeIssues(refusal.issues, settings().passwordMinLength);
  return problem("VALIDATION_FAILED", undefined, { errors });
}
