import { z } from "zod";
import type { SendTestMailOutcome } from "@/lib/links/send-test-mail";
import { MailedState, MailFault } from "@/lib/platform/mail";

/** What came of a test mail. */
export const TestMailView = z
  .object({
    mail: MailedState,
    fault: MailFault.nullable().meta({ description: "Why it failed; null where it did not." }),
    detail: z.string().meta({ description: "The same in words." }),
  })
  .meta({ id: "TestMail" });
type TestMailView = z.output<typeof TestMailView>;

const FAULTS: Record<MailFault, string> = {
  unreachable: "The mail server cannot be reached.",
  late: "The mail server did not answer in time.",
  encryption: "No encrypted connection to the mail server came about.",
  login: "The mail server does not accept the user name and password in SMTP_URL.",
  refused: "The mail server refused the message; the log of the server has its code.",
};

export function toTestMailView(
  outcome: Extract<SendTestMailOutcome, { kind: MailedState }>,
): TestMailView {
  switch (outcome.kind) {
    case "sent":
      return { mail: "sent", fault: null, detail: "The mail server took the message." };
    case "off":
      return { mail: "off", fault: null, detail: "No mail server is configured." };
    case "failed":
      return { mail: "failed", fault: outcome.fault, detail: FAULTS[outcome.fault] };
  }
}
