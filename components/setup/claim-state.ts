import type { Rule } from "@/lib/users/schema";

export type SetupField = "setupToken" | "name" | "email" | "password";
export type SetupRule = Rule | "setupTokenMissing" | "setupTokenInvalid";
type Typed = { name: string; email: string };

/** What the server said to the last attempt; `typed` gives back what may be given back. */
export type ClaimState =
  | { kind: "idle" }
  | { kind: "problems"; problems: { field: SetupField; rule: SetupRule }[]; typed: Typed }
  /** Not even looked at; `message` says why, in the reader's language. */
  | { kind: "refused"; message: string; typed: Typed }
  | { kind: "alreadySetUp"; typed: Typed };

export type ClaimAction = (before: ClaimState, form: FormData) => Promise<ClaimState>;
