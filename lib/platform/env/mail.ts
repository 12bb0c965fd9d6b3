import { z } from "zod";
import { secret, text, together, variable } from "./setting";

/** The server that mail is given to, with its password in the address, and who the mail is from. */
type MailSetting = { smtpUrl: string; from: string };

/** An address, or a name and an address in angle brackets; one line. */
const SENDER = /^(?:[^\s<>,]+@[^\s<>,]+|[^<>\p{Cc}]+ <[^\s<>,]+@[^\s<>,]+>)$/u;

function isSmtpUrl(value: string): boolean {
  if (!URL.canParse(value)) return false;
  const { protocol, hostname } = new URL(value);
  return (protocol === "smtp:" || protocol === "smtps:") && hostname !== "";
}

/** A server and a sender, or neither: then no mail is sent, and links are handed over by hand. */
export const mail = together(
  {
    smtpUrl: secret("SMTP_URL", z.string().optional()),
    from: variable("MAIL_FROM", text.optional()),
  },
  ({ smtpUrl, from }, { refuse }): MailSetting | undefined => {
    if (smtpUrl === undefined) {
      if (from) refuse("SMTP_URL", "is missing; MAIL_FROM is set without it");
      return undefined;
    }
    if (!isSmtpUrl(smtpUrl)) {
      refuse("SMTP_URL", "must be such as smtp://user:password@mail.example.com:587");
    }
    if (from === undefined) {
      refuse("MAIL_FROM", "is missing; set the address that mail comes from beside SMTP_URL");
      return undefined;
    }
    if (!SENDER.test(from)) {
      refuse("MAIL_FROM", "must be such as no-reply@example.com or Name <no-reply@example.com>");
    }
    return { smtpUrl, from };
  },
);
