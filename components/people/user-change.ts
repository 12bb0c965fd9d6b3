import type { Wait } from "@/components/wait-text";

/** Why a user was not changed; each kind has its sentence in the messages. */
export type UserRefusal =
  | { kind: "lastAdmin" | "forbidden" | "notFound" | "stale" | "signedOut" | "failed" }
  | Wait;

/** What came of a change to a user. */
export type UserChange = { kind: "changed" } | UserRefusal;

/** What came of a change of role or status; `version` is the user's entity tag after it. */
export type AccessChange = { kind: "changed"; version: string } | UserRefusal;

/** With the version that a page shows, nobody overrules what they have not seen. */
export type AccessChanges = {
  changeRole: (userId: string, role: string, version?: string) => Promise<AccessChange>;
  disable: (userId: string, reason: string, version?: string) => Promise<AccessChange>;
  enable: (userId: string, version?: string) => Promise<AccessChange>;
};
