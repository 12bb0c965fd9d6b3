/** What an operation answers that says no, and no more than that: the kinds that mean the same in all of them. */
type Kind =
  /** The role, or the token that the actor came with, does not allow it. */
  | "forbidden"
  /** The person has to prove first who they are (recently-confirmed.ts). */
  | "unconfirmed"
  /** There is none, or none that the actor may know of. */
  | "notFound"
  /** It would leave the installation without an active administrator; nothing was changed. */
  | "lastAdmin";

export type Refusal<Some extends Kind> = Some extends Kind ? { kind: Some } : never;
