import type { Wait } from "@/components/wait-text";

/** What came of a change to a user; each kind has its sentence in the messages. */
export type UserChange =
  | { kind: "changed" }
  | { kind: "lastAdmin" | "forbidden" | "notFound" | "stale" | "signedOut" | "failed" }
  | Wait;

/** The changes that a row offers. */
export type UserChanges = {
  changeRole: (userId: string, role: string) => Promise<UserChange>;
  disable: (userId: string, reason: string) => Promise<UserChange>;
  enable: (userId: string) => Promise<UserChange>;
};
