import type { UserChange } from "@/components/people/user-change";

/** What came of a change of role or status; `version` is the user's entity tag after it. */
export type AccessChange =
  | { kind: "changed"; version: string }
  | Exclude<UserChange, { kind: "changed" }>;

/** Each takes the version that the page shows, so that nobody overrules what they have not seen. */
export type AccessChanges = {
  changeRole: (userId: string, role: string, version: string) => Promise<AccessChange>;
  disable: (userId: string, reason: string, version: string) => Promise<AccessChange>;
  enable: (userId: string, version: string) => Promise<AccessChange>;
};
