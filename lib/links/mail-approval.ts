import { createTranslator } from "next-intl";
import type { Actor } from "@/lib/access/actor";
import { env } from "@/lib/platform/env";
import { type MailedState, sendMail } from "@/lib/platform/mail";
import { type Locale, MESSAGES } from "@/lib/platform/messages";
import { letter } from "./letter";
import { placeIn } from "./place-in";

/** Tells somebody who waited that they are let in, after the transaction that did it; tells how that went. */
export async function mailApproval(
  actor: Pick<Actor, "name" | "email">,
  { email, name }: { email: string; name: string | null },
  locale: Locale,
): Promise<MailedState> {
  const { baseUrl, mail } = env();
  if (mail === undefined) return "off";
  const t = createTranslator({ locale, messages: MESSAGES[locale], namespace: "join" });
  const host = placeIn(t);
  return sendMail({
    to: email,
    ...letter(locale, {
      subject: t("mailApprovedSubject", { host }),
      before: [
        t("mailGreeting", { name: name ?? email }),
        t("mailApproved", { by: actor.name ?? actor.email, host, email }),
      ],
      link: `${baseUrl}/login`,
      after: [t("mailApprovedAfter")],
    }),
  });
}
