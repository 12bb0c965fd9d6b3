import type { Rule } from "@/lib/users/schema";

/** Where somebody who brought a link has got to; every text is ready to be shown. */
export type JoinState =
  | { kind: "idle" }
  /** What was brought cannot be looked at yet. */
  | { kind: "wait"; message: string; token: string }
  | { kind: "dead" }
  | {
      kind: "open";
      token: string;
      purpose: "invitation" | "passwordReset";
      email: string;
      name: string;
      title: string;
      intro: string;
      until: string;
      /** Said to somebody who is signed in as another person. */
      otherAccount: string | null;
      problems: { field: string; rule: Rule }[];
      /** Why the password was not even looked at. */
      message: string | null;
    };

export type JoinAction = (before: JoinState, form: FormData) => Promise<JoinState>;
