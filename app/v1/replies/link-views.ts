import { z } from "zod";
import { InvitationView } from "@/lib/links/invitation-view";
import { JoinLinkView } from "@/lib/links/join-link";
import { MailedState } from "@/lib/platform/mail";

/** An invitation with its link, in the one reply that tells it. */
export const NewInvitationView = z.object({
  invitation: InvitationView,
  link: z.url(),
  mail: MailedState,
});
export type NewInvitationView = z.output<typeof NewInvitationView>;

/** A link for several people, in the one reply that tells it. */
export const NewJoinLinkView = z.object({ joinLink: JoinLinkView, link: z.url() });
export type NewJoinLinkView = z.output<typeof NewJoinLinkView>;

/** A link to a new password, in the one reply that tells it. */
export const PasswordResetView = z.object({
  link: z.url(),
  expiresAt: z.iso.datetime(),
  mail: MailedState,
});
export type PasswordResetView = z.output<typeof PasswordResetView>;
