"use server";

import { refresh } from "next/cache";
import { getLocale } from "next-intl/server";
import type { InvitationChanges } from "@/components/links/invitation-list";
import type { InviteState } from "@/components/links/invite-form";
import { inviteUser } from "@/lib/links/invite-user";
import { resendInvitation } from "@/lib/links/resend-invitation";
import { revokeInvitation } from "@/lib/links/revoke-invitation";
import { orLater } from "@/lib/platform/or-later";
import { getActor } from "@/lib/sessions/auth";
import { formFields } from "../../../form-fields";
import { textArgument } from "../../../text-argument";
import { confirmFirst } from "../../confirm-first";

const SIGNED_OUT = { kind: "signedOut" } as const;

export async function invite(_before: InviteState, form: FormData): Promise<InviteState> {
  const typed = formFields(form, "email", "name", "role");
  const outcome = await orLater(async () => {
    const actor = await getActor();
    return actor === null ? SIGNED_OUT : inviteUser(actor, typed, await getLocale());
  });
  switch (outcome.kind) {
    case "invited": {
      refresh();
      const { user, link, invitation, mail } = outcome;
      const expiresAt = invitation.expiresAt ?? "";
      return { kind: "invited", receipt: { link, email: user.email, expiresAt, mail } };
    }
    case "invalid":
      return { kind: "problems", problems: outcome.issues, typed };
    case "unavailable":
    case "overloaded":
      return { kind: "wait", reason: outcome.kind, retryAfter: outcome.retryAfter, typed };
    case "signedOut":
    case "unconfirmed":
    case "forbidden":
      return { kind: "refused", reason: outcome.kind, typed };
  }
}

export async function resend(userId: string): ReturnType<InvitationChanges["resend"]> {
  const target = textArgument(userId);
  return orLater(async () => {
    const actor = await getActor();
    if (actor === null) return SIGNED_OUT;
    const outcome = await resendInvitation(actor, target, await getLocale());
    if (outcome.kind === "unconfirmed") return confirmFirst();
    refresh();
    if (outcome.kind !== "resent") return outcome;
    const { link, invitation, mail } = outcome;
    const { email, expiresAt } = invitation;
    return { kind: "resent", receipt: { link, email, expiresAt: expiresAt ?? "", mail } };
  });
}

export async function revoke(userId: string): ReturnType<InvitationChanges["revoke"]> {
  const target = textArgument(userId);
  return orLater(async () => {
    const actor = await getActor();
    if (actor === null) return SIGNED_OUT;
    const outcome = await revokeInvitation(actor, target);
    if (outcome.kind === "unconfirmed") return confirmFirst();
    refresh();
    return outcome;
  });
}
