import { z } from "zod";
import type { Actor } from "@/lib/access/actor";
import { may } from "@/lib/access/policy";
import type { Refusal } from "@/lib/access/refusal";
import { record } from "@/lib/audit/record";
import type { MailedState } from "@/lib/platform/mail";
import type { Locale } from "@/lib/platform/messages";
import { addUser } from "@/lib/users/add-user";
import {
  Email,
  type Issue,
  issuesOf,
  NewRole,
  OptionalPersonName,
  USER_ROLE,
} from "@/lib/users/schema";
import { toUserView, type UserView, userEtag } from "@/lib/users/user-view";
import { findInvitation, type InvitationView } from "./invitation-view";
import { mailLink } from "./mail-link";
import { mintLink } from "./user-link";

type InviteUserOutcome =
  | {
      kind: "invited";
      user: UserView;
      etag: string;
      invitation: InvitationView;
      /** Told this once; the database has only its digest. */
      link: string;
      mail: MailedState;
    }
  | Refusal<"forbidden" | "unconfirmed">
  | { kind: "invalid"; issues: Issue[] };

export const InviteUser = z.object({
  email: Email,
  name: OptionalPersonName,
  role: NewRole.default(USER_ROLE),
});

/**
 * Makes a user without a password and the link by which they choose one. Mailed too where mail is configured,
 * after the commit: mail that fails loses nothing.
 *
 * @param input `{ email, name?, role?: slug }`; unknown fields are ignored
 * @param locale of the mail
 * @throws {DatabaseUnavailable}
 */
export async function inviteUser(
  actor: Actor,
  input: unknown,
  locale: Locale = "en",
): Promise<InviteUserOutcome> {
  if (!may(actor, "create", "User")) return { kind: "forbidden" };
  const parsed = InviteUser.safeParse(input);
  if (!parsed.success) return { kind: "invalid", issues: issuesOf(parsed.error) };
  const person = { ...parsed.data, password: null };
  const outcome = await addUser(actor, person, async (tx, { id, email }) => {
    const fresh = await mintLink(tx, actor, id, "invitation", locale);
    await record(tx, actor, {
      action: "user.invited",
      target: { type: "user", id, label: email },
      details: { role: person.role, expiresAt: fresh.expiresAt.toISOString() },
    });
    return { fresh, invitation: await findInvitation(tx, id) };
  });
  if (outcome.kind !== "added") return outcome;
  const { fresh, invitation } = outcome.result;
  return {
    kind: "invited",
    user: toUserView(outcome.row),
    etag: userEtag(outcome.row),
    invitation,
    link: fresh.link,
    mail: await mailLink(actor, outcome.row, "invitation", fresh, locale),
  };
}
