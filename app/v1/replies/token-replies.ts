import { CONFIRMATION_REQUIRED } from "@/lib/access/recently-confirmed";
import type { Reply } from "@/lib/platform/http/endpoint";
import { problem, problemWith } from "@/lib/platform/http/problem";
import {
  TOKEN_MAX_YEARS,
  TOKEN_NAME_MAX,
  type TokenIssue,
  type TokenRule,
} from "@/lib/tokens/schema";

const ENGLISH: Record<TokenRule, string> = {
  required: "This field is required.",
  nameTooLong: `A name has at most ${TOKEN_NAME_MAX} characters.`,
  nameCharacters: "A name has visible characters only.",
  abilityNeeded: "Name at least one ability.",
  abilityUnknown: "There is no such ability.",
  expiryInvalid: "This is no ISO 8601 time with its offset, such as 2030-01-31T12:00:00Z.",
  expiryPast: "This time is past.",
  expiryTooFar: `A token expires within ${TOKEN_MAX_YEARS} years, or never.`,
  invalid: "This value is not allowed.",
};

/** Every expected way in which an operation on tokens says no. */
export type TokenRefusal =
  | { kind: "forbidden" }
  | { kind: "unconfirmed" }
  | { kind: "notFound" }
  | { kind: "tooMany" }
  | { kind: "invalid"; issues: TokenIssue[] }
  | { kind: "invalid"; field: string };

/** The problem (RFC 9457) that answers a refusal. */
export function tokenRefused(refusal: TokenRefusal): Reply {
  switch (refusal.kind) {
    case "forbidden":
      return problem(403, "FORBIDDEN", "Your role, or the token you came with, does not allow it.");
    case "unconfirmed":
      return problem(...CONFIRMATION_REQUIRED);
    case "notFound":
      return problem(404, "NOT_FOUND", "There is no such token or user.");
    case "tooMany":
      return problem(409, "TOO_MANY_TOKENS", "You have as many tokens as one can. Revoke one.");
    case "invalid": {
      if ("field" in refusal) {
        const detail = `The query parameter ${refusal.field} is not valid.`;
        return problem(400, "VALIDATION_FAILED", detail);
      }
      const errors: Record<string, string[]> = {};
      for (const { field, rule } of refusal.issues) {
        errors[field] = [...(errors[field] ?? []), ENGLISH[rule]];
      }
      return problemWith(400, "VALIDATION_FAILED", "Some fields are not valid.", { errors });
    }
  }
}
