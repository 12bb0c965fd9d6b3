import type { Wait } from "../wait-text";

/** A link that was just made, in the one moment that it is known. */
export type LinkReceiptData = {
  link: string;
  email: string;
  /** ISO 8601 in UTC. */
  expiresAt: string;
  /** Whether it was mailed too; "off" where no mail is configured. */
  mail: "sent" | "failed" | "off";
};

/** Why something about an invitation or a deleted user was not done; each has its sentence in the messages. */
export type LinkRefusal =
  | { kind: "forbidden" | "notFound" | "notInvited" | "emailTaken" | "signedOut" }
  | Wait;
