import type { Actor } from "@/lib/access/actor";
import type { Refusal } from "@/lib/access/refusal";
import { record } from "@/lib/audit/record";
import { transaction } from "@/lib/platform/db";
import type { MailedState } from "@/lib/platform/mail";
import type { Locale } from "@/lib/platform/messages";
import { reachUser } from "@/lib/users/reach-user";
import { findInvitation, type InvitationView } from "./invitation-view";
import { mailLink } from "./mail-link";
import { mintLink } from "./user-link";

type ResendInvitationOutcome =
  | { kind: "resent"; invitation: InvitationView; link: string; mail: MailedState }
  | Refusal<"forbidden" | "unconfirmed" | "notFound">
  /** Has joined, or is disabled. */
  | { kind: "notInvited" };

/** Makes a new link for somebody who has not joined yet; the one before stops working. @throws {DatabaseUnavailable} */
export async function resendInvitation(
  actor: Actor,
  userId: string,
  locale: Locale = "en",
): Promise<ResendInvitationOutcome> {
  const outcome = await transaction(async (tx) => {
    const reached = await reachUser(tx, actor, "create", userId);
    if (reached.kind !== "reached") return reached;
    if (reached.row.status !== "INVITED") return { kind: "notInvited" } as const;
    const { id, email, role } = reached.row;
    const fresh = await mintLink(tx, actor, id, "invitation", locale);
    await record(tx, actor, {
      action: "user.invited",
      target: { type: "user", id, label: email },
      details: { role: role.slug, again: true, expiresAt: fresh.expiresAt.toISOString() },
    });
    return { kind: "minted", fresh, invitation: await findInvitation(tx, id) } as const;
  });
  if (outcome.kind !== "minted") return outcome;
  const { fresh, invitation } = outcome;
  const mail = await mailLink(actor, invitation, "invitation", fresh, locale);
  return { kind: "resent", invitation, link: fresh.link, mail };
}
