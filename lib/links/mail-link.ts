import type { createTranslator } from "next-intl";
import type { Actor } from "@/lib/access/actor";
import { type MailedState, sendMail } from "@/lib/platform/mail";
import { type Locale, MESSAGES } from "@/lib/platform/messages";
import { letter } from "./letter";
import { placeIn } from "./place-in";
import type { FreshLink, LinkPurpose } from "./user-link";

/** A mail server takes a few at a time. */
export const MAILS_AT_ONCE = 4;

/** What a mail says of its link. A reminder is of an invitation. */
type Occasion = LinkPurpose | "reminder";

/**
 * Mails a link to the person it is for, after the transaction that made it; tells how that went.
 *
 * @param actor who made it for them; null when they have asked for it themselves
 */
export async function mailLink(
  actor: Pick<Actor, "name" | "email"> | null,
  person: { email: string; name: string | null },
  occasion: Occasion,
  { mailLink: link, expiresAt }: Pick<FreshLink, "mailLink" | "expiresAt">,
  locale: Locale,
): Promise<MailedState> {
  if (link === null) return "off";
  return sendMail({
    to: person.email,
    ...(await linkMail(actor, person, occasion, link, expiresAt, locale)),
  });
}

async function linkMail(
  actor: Pick<Actor, "name" | "email"> | null,
  person: { email: string; name: string | null },
  occasion: Occasion,
  link: string,
  expiresAt: Date,
  locale: Locale,
): Promise<{ subject: string; text: string; html: string }> {
  // The command line reaches this module as well, and writes to nobody.
  const { createTranslator } = await import("next-intl");
  const t = createTranslator({
    locale,
    messages: MESSAGES[locale],
    namespace: "join",
    timeZone: "UTC",
  });
  const values = {
    by: actor?.name ?? actor?.email ?? "",
    host: placeIn(t),
    name: person.name ?? person.email,
    email: person.email,
    expires: expiresAt,
  };
  const [subject, before, after] = wordsOf(t, occasion, actor === null, values);
  return letter(locale, {
    subject,
    before: [t("mailGreeting", values), before],
    link,
    after: [t("mailUntil", values), after],
  });
}

type Words = ReturnType<typeof createTranslator<(typeof MESSAGES)[Locale], "join">>;

/** The subject, and what stands before and after the link. */
function wordsOf(
  t: Words,
  occasion: Occasion,
  byThemselves: boolean,
  values: { by: string; host: string; expires: Date },
): [string, string, string] {
  switch (occasion) {
    case "invitation":
      return [
        t("mailInvitationSubject", values),
        t("mailInvitation", values),
        t("mailInvitationAfter"),
      ];
    case "reminder":
      return [
        t("mailReminderSubject", values),
        t("mailReminder", values),
        t("mailInvitationAfter"),
      ];
    case "passwordReset": {
      const subject = t("mailResetSubject", values);
      return byThemselves
        ? [subject, t("mailForgotten", values), t("mailForgottenAfter")]
        : [subject, t("mailReset", values), t("mailResetAfter")];
    }
  }
}
