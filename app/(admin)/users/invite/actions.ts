"use server";

import { refresh } from "next/cache";
import { getLocale } from "next-intl/server";
import type { InvitationChanges } from "@/components/links/invitation-list";
import type { InviteState } from "@/components/links/invite-form";
import { inviteUser } from "@/lib/links/invite-user";
import { resendInvitation } from "@/lib/links/resend-invitation";
import { revokeInvitation } from "@/lib/links/revoke-invitation";
import { formFields } from "../../../form-fields";
import { textArgument } from "../../../text-argument";
import { act, actAndShow } from "../../act";

export async function invite(_before: InviteState, form: FormData): Promise<InviteState> {
  const typed = formFields(form, "email", "name", "role");
  const locale = await getLocale();
  const outcome = await act((actor) => inviteUser(actor, typed, locale));
  switch (outcome.kind) {
    case "invited": {
      refresh();
      const { user, link, invitation, mail } = outcome;
      const expiresAt = invitation.expiresAt ?? "";
      return { kind: "invited", receipt: { link, email: user.email, expiresAt, mail } };
    }
    case "invalid":
      return { kind: "problems", problems: outcome.issues, typed };
    default:
      return { kind: "refused", why: outcome, typed };
  }
}

export async function resend(userId: string): ReturnType<InvitationChanges["resend"]> {
  const target = textArgument(userId);
  const locale = await getLocale();
  const outcome = await actAndShow((actor) => resendInvitation(actor, target, locale));
  if (outcome.kind !== "resent") return outcome;
  const { link, invitation, mail } = outcome;
  const { email, expiresAt } = invitation;
  return { kind: "resent", receipt: { link, email, expiresAt: expiresAt ?? "", mail } };
}

export async function revoke(userId: string): ReturnType<InvitationChanges["revoke"]> {
  const target = textArgument(userId);
  return actAndShow((actor) => revokeInvitation(actor, target));
}
