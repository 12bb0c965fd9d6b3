import type { Rule } from "@/lib/users/schema";

export type SetupField = "setupToken" | "name" | "email" | "password";
export type SetupRule = Rule | "setupTokenMissing" | "setupTokenInvalid";

/** What the server said to the last attempt; `typed` gives back what may be given back. */
export type ClaimState =
  | { kind: "idle" }
  | {
      kind: "problems";
      problems: { field: SetupField; rule: SetupRule }[];
      typed: { name: string; email: string };
    }
  | {
      kind: "refused";
      reason: "alreadySetUp" | "rateLimited" | "overloaded" | "unavailable" | "unexpected";
      retryAfter: number;
      typed: { name: string; email: string };
    };

export type ClaimAction = (before: ClaimState, form: FormData) => Promise<ClaimState>;
