import { z } from "zod";
import { env } from "./env";
import { log } from "./log";
import { getRequestContext } from "./request-context";

/** One message to one person; `html` is already escaped. */
type Mail = { to: string; subject: string; text: string; html: string };

/** "off": no mail server is configured. "failed": it did not take the message; the log says why. */
export const MailedState = z.enum(["sent", "failed", "off"]);
export type MailedState = z.output<typeof MailedState>;

/** Why the mail server did not take a message, as far as it may be told: its own words may hold anything. */
export const MailFault = z.enum(["unreachable", "late", "encryption", "login", "refused"]);
export type MailFault = z.output<typeof MailFault>;

type Mailed = { kind: "sent" | "off" } | { kind: "failed"; fault: MailFault };

/** The codes of nodemailer, and LATE; another one comes of a connection that is none. */
const FAULTS: Record<string, MailFault> = {
  LATE: "late",
  ETIMEDOUT: "late",
  ETLS: "encryption",
  EREQUIRETLS: "encryption",
  EAUTH: "login",
  ENOAUTH: "login",
  EENVELOPE: "refused",
  EMESSAGE: "refused",
  EPROTOCOL: "refused",
};

/** A mail server that is slower than this is as good as away: somebody waits for the page. */
const CONNECT_MS = 4_000;
const ANSWER_MS = 8_000;
const WHOLE_MS = 10_000;

/** Gives a message to the mail server, on a connection of its own. Never throws: mail is a convenience. */
export async function sendMail(mail: Mail): Promise<MailedState> {
  return (await tryMail(mail)).kind;
}

/** The same, and tells why it failed. */
export async function tryMail(mail: Mail): Promise<Mailed> {
  const setting = env().mail;
  if (setting === undefined) return { kind: "off" };
  // Not above: neither a start nor a server without mail loads it.
  const [{ createTransport }, { parseConnectionUrl }] = await Promise.all([
    import("nodemailer"),
    import("nodemailer/lib/shared/index.js"),
  ]);
  const transport = createTransport({
    // Given an address it would listen to nothing else.
    ...parseConnectionUrl(setting.smtpUrl),
    connectionTimeout: CONNECT_MS,
    dnsTimeout: CONNECT_MS,
    greetingTimeout: CONNECT_MS,
    socketTimeout: ANSWER_MS,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  let timer: NodeJS.Timeout | undefined;
  try {
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(
        () => reject(Object.assign(new Error("late"), { code: "LATE" })),
        WHOLE_MS,
      );
    });
    await Promise.race([
      transport.sendMail({
        from: setting.from,
        // As an object: an address is one address, whatever it holds.
        to: { name: "", address: mail.to },
        subject: mail.subject,
        text: mail.text,
        html: mail.html,
        headers: { "Auto-Submitted": "auto-generated" },
      }),
      late,
    ]);
    return { kind: "sent" };
  } catch (error) {
    // Not the error itself: it may quote the message, and the message has a link in it.
    const { code, responseCode, command } = error as Record<string, unknown>;
    log().warn(
      { code, responseCode, command, requestId: getRequestContext()?.id },
      "mail not sent",
    );
    return { kind: "failed", fault: FAULTS[String(code)] ?? "unreachable" };
  } finally {
    clearTimeout(timer);
    transport.close();
  }
}

/** Text for HTML, in an element or a quoted attribute. */
export function escapeHtml(text: string): string {
  const entities: Record<string, string> = {
    "&": "&amp;",
    "<": "&lt;",
    ">": "&gt;",
    '"': "&quot;",
    "'": "&#39;",
  };
  return text.replace(/[&<>"']/g, (character) => entities[character] ?? character);
}
