import type { Rule } from "@/lib/users/schema";

/** Where somebody who brought a link has got to; every text is ready to be shown. */
export type JoinState =
  | { kind: "idle" }
  /** What was brought cannot be looked at yet. */
  | { kind: "wait"; message: string; token: string }
  | { kind: "dead" }
  /** Somebody has to let them in. */
  | { kind: "waiting" }
  | {
      kind: "open";
      token: string;
      /** "many": a link for several people, who enter an address of their own. */
      purpose: "invitation" | "passwordReset" | "many";
      email: string;
      /** Which addresses the link is for, where it is not for all. */
      emailHint: string | null;
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
