import { record } from "@/lib/audit/record";
import { query, transaction } from "@/lib/platform/db";
import { env } from "@/lib/platform/env";
import { clientKey } from "@/lib/platform/http/client-key";
import { countUse, type Limit } from "@/lib/platform/limits/rate-limit";
import { lockRows } from "@/lib/platform/lock-rows";
import { log } from "@/lib/platform/log";
import type { Locale } from "@/lib/platform/messages";
import { getRequestContext } from "@/lib/platform/request-context";
import { sha256 } from "@/lib/platform/secrets/digest";
import { Email } from "@/lib/users/schema";
import { mailLink } from "./mail-link";
import { mintLink } from "./user-link";

type ForgottenPasswordOutcome =
  /** If there is such an account, its owner gets a mail. */
  | { kind: "asked" }
  /** No mail is configured. */
  | { kind: "mailOff" }
  | { kind: "rateLimited"; retryAfter: number };

/** One client for any address, and one address from anywhere: nobody's mailbox is filled, and no limit tells who is there. */
const CLIENT: Limit = { name: "forgotten.client", points: 10, seconds: 900 };
const ADDRESS: Limit = { name: "forgotten.address", points: 3, seconds: 3_600 };

export const canBeMailed = (): boolean => env().mail !== undefined;

/**
 * Mails a link to a new password to whoever has forgotten theirs. What is answered, and how long that takes, is the same
 * for every address (OWASP Forgot Password Cheat Sheet): what hangs on the account is done afterwards. The password of
 * before works until the link is used, and a second factor is asked for after it.
 *
 * @param typed an e-mail address in any spelling
 * @param locale of the mail
 * @throws {DatabaseUnavailable}
 */
export async function forgottenPassword(
  typed: string,
  locale: Locale,
): Promise<ForgottenPasswordOutcome> {
  if (!canBeMailed()) return { kind: "mailOff" };
  const wait = await countUse(CLIENT, clientKey(getRequestContext()?.address));
  if (wait !== null) return { kind: "rateLimited", retryAfter: wait };
  const email = Email.safeParse(typed).data;
  if (email !== undefined) void send(email, locale);
  return { kind: "asked" };
}

/** Never rejects: nobody waits for it. */
async function send(email: string, locale: Locale): Promise<void> {
  try {
    if ((await countUse(ADDRESS, sha256(email))) !== null) return;
    const user = await query((db) =>
      db.user.findUnique({ where: { email }, select: { id: true } }),
    );
    if (user === null) return;
    const made = await transaction(async (tx) => {
      await lockRows(tx, "users", [user.id]);
      const owner = await tx.user.findUnique({
        where: { id: user.id, status: "ACTIVE" },
        select: { id: true, email: true, name: true },
      });
      if (owner === null) return null;
      // Made by its owner, so that it lives as long as they are let in.
      const fresh = await mintLink(
        tx,
        { userId: owner.id, email: owner.email },
        owner.id,
        "passwordReset",
        locale,
      );
      await record(
        tx,
        { system: "password request" },
        {
          action: "user.passwordResetStarted",
          target: { type: "user", id: owner.id, label: owner.email },
          details: { expiresAt: fresh.expiresAt.toISOString() },
        },
      );
      return { owner, fresh };
    });
    if (made) await mailLink(null, made.owner, "passwordReset", made.fresh, locale);
  } catch (error) {
    log().warn({ err: error }, "a link to a new password was not sent");
  }
}
