import type { Code } from "@/lib/codes/codes";
import type { Reply } from "@/lib/platform/http/endpoint";
import { problem } from "@/lib/platform/http/problem";

/** The code of each refusal that says no more than its kind. */
const CODE_OF = {
  forbidden: "FORBIDDEN",
  unconfirmed: "CONFIRMATION_REQUIRED",
  notFound: "NOT_FOUND",
  stale: "STALE",
  lastAdmin: "LAST_ADMIN",
  emailTaken: "EMAIL_TAKEN",
  notInvited: "NOT_INVITED",
  notActive: "NOT_ACTIVE",
  self: "OWN_PASSWORD",
  beyondOwn: "BEYOND_OWN_RIGHTS",
  userNotFound: "USER_NOT_FOUND",
  fixed: "ROLE_FIXED",
  roleUnknown: "ROLE_UNKNOWN",
  over: "JOB_OVER",
  broken: "UPLOAD_BROKEN",
  tooBroad: "SEARCH_TOO_BROAD",
} as const satisfies Record<string, Code>;

export type PlainRefusal = { kind: keyof typeof CODE_OF };

/**
 * The problem (RFC 9457) that answers a refusal.
 *
 * @param what it is that was asked for, such as "role"
 */
export function refused(what: string, { kind }: PlainRefusal): Reply {
  const sentences: Partial<Record<typeof kind, string>> = {
    notFound: `There is no such ${what}.`,
    emailTaken: "Somebody else has this e-mail address now.",
    stale: `The ${what} was changed since you read it. Read it again.`,
  };
  return problem(CODE_OF[kind], sentences[kind]);
}

/** The problem that answers a query with a parameter that cannot be understood. */
export function parameterRefused(field: string): Reply {
  return problem("VALIDATION_FAILED", `The query parameter ${field} is not valid.`);
}
