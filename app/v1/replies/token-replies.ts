import type { Reply } from "@/lib/platform/http/endpoint";
import { problem } from "@/lib/platform/http/problem";
import {
  TOKEN_MAX_YEARS,
  TOKEN_NAME_MAX,
  type TokenIssue,
  type TokenRule,
} from "@/lib/tokens/schema";
import { type PlainRefusal, parameterRefused, refused } from "./refused";

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

type TokenRefusal =
  | PlainRefusal
  | { kind: "tooMany" }
  | { kind: "invalid"; issues: TokenIssue[] }
  | { kind: "invalid"; field: string };

/** The problem (RFC 9457) that answers a refusal of an operation on tokens. */
export function tokenRefused(refusal: TokenRefusal): Reply {
  switch (refusal.kind) {
    case "forbidden":
      return problem("FORBIDDEN", "Your role, or the token you came with, does not allow it.");
    case "tooMany":
      return problem("TOO_MANY_TOKENS");
    case "invalid": {
      if ("field" in refusal) return parameterRefused(refusal.field);
      const errors: Record<string, string[]> = {};
      for (const { field, rule } of refusal.issues) {
        errors[field] = [...(errors[field] ?? []), ENGLISH[rule]];
      }
      return problem("VALIDATION_FAILED", undefined, { errors });
    }
    default:
      return refused("token or user", refusal);
  }
}
