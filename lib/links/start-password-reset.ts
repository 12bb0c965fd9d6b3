import type { Actor } from "@/lib/access/actor";
import type { Refusal } from "@/lib/access/refusal";
import { record } from "@/lib/audit/record";
import { transaction } from "@/lib/platform/db";
import type { MailedState } from "@/lib/platform/mail";
import type { Locale } from "@/lib/platform/messages";
import { reachUser } from "@/lib/users/reach-user";
import { mailLink } from "./mail-link";
import { mintLink } from "./user-link";

type StartPasswordResetOutcome =
  /** `link` is told this once; `expiresAt` in ISO 8601. */
  | { kind: "started"; link: string; expiresAt: string; mail: MailedState }
  | Refusal<"forbidden" | "unconfirmed" | "notFound">
  /** Disabled, or invited and not joined yet. */
  | { kind: "notActive" }
  /** One's own password is changed with the current one (change-password.ts), not around it. */
  | { kind: "self" };

/**
 * Makes a link by which a user chooses a new password, so that whoever starts it never learns one. The old password
 * works until then.
 *
 * @param locale of the mail
 * @throws {DatabaseUnavailable}
 */
export async function startPasswordReset(
  actor: Actor,
  userId: string,
  locale: Locale = "en",
): Promise<StartPasswordResetOutcome> {
  const outcome = await transaction(async (tx) => {
    const reached = await reachUser(tx, actor, "resetPassword", userId);
    if (reached.kind !== "reached") return reached;
    const { id, email, name, status } = reached.row;
    if (id === actor.userId) return { kind: "self" } as const;
    if (status !== "ACTIVE") return { kind: "notActive" } as const;
    const fresh = await mintLink(tx, actor, id, "passwordReset", locale);
    await record(tx, actor, {
      action: "user.passwordResetStarted",
      target: { type: "user", id, label: email },
      details: { expiresAt: fresh.expiresAt.toISOString() },
    });
    return { kind: "minted", fresh, person: { email, name } } as const;
  });
  if (outcome.kind !== "minted") return outcome;
  const { fresh, person } = outcome;
  return {
    kind: "started",
    link: fresh.link,
    expiresAt: fresh.expiresAt.toISOString(),
    mail: await mailLink(actor, person, "passwordReset", fresh, locale),
  };
}
