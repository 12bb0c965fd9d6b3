import { z } from "zod";
import type { Actor } from "@/lib/access/actor";
import { mustConfirmFor } from "@/lib/access/recently-confirmed";
import type { Refusal } from "@/lib/access/refusal";
import { record } from "@/lib/audit/record";
import { isUniqueViolation, transaction } from "@/lib/platform/db";
import type { MailedState } from "@/lib/platform/mail";
import { LOCALES } from "@/lib/platform/messages";
import { readPolicies } from "@/lib/roles/read-policies";
import { insertUser } from "@/lib/users/insert-user";
import { toUserView, type UserView, userEtag } from "@/lib/users/user-view";
import { takeJoinRequest } from "./join-request";
import { mailApproval } from "./mail-approval";

type ApproveJoinRequestOutcome =
  | { kind: "approved"; user: UserView; etag: string; mail: MailedState }
  | Refusal<"forbidden" | "unconfirmed" | "notFound">
  /** Somebody else has the address by now. The request stays, to be refused. */
  | { kind: "emailTaken" };

/**
 * Lets in somebody who waits: an active account with the password that they chose. What counts is the link's role as it
 * is now, and that the actor may give it. They are told by mail where mail is configured, after the commit.
 *
 * @throws {DatabaseUnavailable}
 */
export async function approveJoinRequest(
  actor: Actor,
  id: string,
): Promise<ApproveJoinRequestOutcome> {
  class Undone extends Error {}
  try {
    const outcome = await transaction(async (tx) => {
      const taken = await takeJoinRequest(tx, actor, id);
      if (taken.kind !== "taken") return taken;
      const { email, name, link } = taken.request;
      if (mustConfirmFor(actor, readPolicies(link.role))) throw new Undone();
      const { passwordHash } = taken;
      const row = await insertUser(tx, { email, name, passwordHash, roleId: link.role.id });
      await record(tx, actor, {
        action: "user.approved",
        target: { type: "user", id: row.id, label: email },
        details: { role: link.role.slug, joinLink: link.id },
      });
      return {
        kind: "made",
        row,
        locale: z.enum(LOCALES).catch("en").parse(taken.request.locale),
      } as const;
    });
    if (outcome.kind !== "made") return outcome;
    const { row, locale } = outcome;
    const mail = await mailApproval(actor, row, locale);
    return { kind: "approved", user: toUserView(row), etag: userEtag(row), mail };
  } catch (error) {
    if (error instanceof Undone) return { kind: "unconfirmed" };
    if (isUniqueViolation(error)) return { kind: "emailTaken" };
    throw error;
  }
}
