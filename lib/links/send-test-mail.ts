import { createTranslator } from "next-intl";
import type { Actor } from "@/lib/access/actor";
import { may } from "@/lib/access/policy";
import type { Refusal } from "@/lib/access/refusal";
import { record } from "@/lib/audit/record";
import { transaction } from "@/lib/platform/db";
import { env } from "@/lib/platform/env";
import { countUse, type Limit } from "@/lib/platform/limits/rate-limit";
import { type MailFault, tryMail } from "@/lib/platform/mail";
import { type Locale, MESSAGES } from "@/lib/platform/messages";
import { letter } from "./letter";
import { placeIn } from "./place-in";

export type SendTestMailOutcome =
  | { kind: "sent" }
  /** No mail server is configured. */
  | { kind: "off" }
  | { kind: "failed"; fault: MailFault }
  | { kind: "rateLimited"; retryAfter: number }
  | Refusal<"forbidden">;

const PERSON: Limit = { name: "test-mail", points: 5, seconds: 300 };

/**
 * Sends a mail to whoever asks for it and nobody else, and tells what the mail server said to it. The trail tells it, too.
 *
 * @throws {DatabaseUnavailable}
 */
export async function sendTestMail(actor: Actor, locale: Locale): Promise<SendTestMailOutcome> {
  if (!may(actor, "update", "Installation")) return { kind: "forbidden" };
  const { baseUrl, mail } = env();
  if (mail === undefined) return { kind: "off" };
  const wait = await countUse(PERSON, actor.userId);
  if (wait !== null) return { kind: "rateLimited", retryAfter: wait };
  const t = createTranslator({ locale, messages: MESSAGES[locale], namespace: "join" });
  const host = placeIn(t);
  const mailed = await tryMail({
    to: actor.email,
    ...letter(locale, {
      subject: t("mailTestSubject", { host }),
      before: [t("mailGreeting", { name: actor.name ?? actor.email }), t("mailTest", { host })],
      link: `${baseUrl}/settings#mail`,
      after: [t("mailTestAfter")],
    }),
  });
  await transaction((tx) =>
    record(tx, actor, {
      action: "settings.mailTested",
      target: { type: "settings", id: "1", label: "settings" },
      details: { mail: mailed.kind, ...("fault" in mailed && { fault: mailed.fault }) },
    }),
  );
  return mailed;
}
