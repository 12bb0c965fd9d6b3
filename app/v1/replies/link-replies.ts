import { z } from "zod";
import { InvitationView } from "@/lib/links/invitation-view";
import type { Reply } from "@/lib/platform/http/endpoint";
import { problem } from "@/lib/platform/http/problem";
import { MailedState } from "@/lib/platform/mail";
import { type Refusal, refused } from "./user-replies";

/** An invitation with its link, in the one reply that tells it. */
export const NewInvitationView = z.object({
  invitation: InvitationView,
  link: z.url(),
  mail: MailedState,
});
export type NewInvitationView = z.output<typeof NewInvitationView>;

/** A link to a new password, in the one reply that tells it. */
export const PasswordResetView = z.object({
  link: z.url(),
  expiresAt: z.iso.datetime(),
  mail: MailedState,
});
export type PasswordResetView = z.output<typeof PasswordResetView>;

/** The problem that answers a refusal of what is done by link, or to deleted users. */
export function linkRefused(
  refusal: Refusal | { kind: "notInvited" | "notActive" | "self" | "emailTaken" },
): Reply {
  switch (refusal.kind) {
    case "notInvited":
      return problem(409, "NOT_INVITED", "The user has joined already, or is disabled.");
    case "notActive":
      return problem(409, "NOT_ACTIVE", "The user is disabled, or has not joined yet.");
    case "self":
      return problem(409, "OWN_PASSWORD", "Change your own password with PUT /v1/auth/password.");
    case "emailTaken":
      return problem(409, "EMAIL_TAKEN", "Somebody else has this e-mail address now.");
    default:
      return refused(refusal);
  }
}
