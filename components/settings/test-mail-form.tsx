"use client";

import { useActionState } from "react";
import type { SendTestMailOutcome } from "@/lib/links/send-test-mail";
import type { MailFault } from "@/lib/platform/mail";
import { FormRefusal } from "../form/form-refusal";
import type { Refused } from "../form/form-state";
import { Notice } from "../ui/notice";
import { SubmitButton } from "../ui/submit-button";

export type TestMailState =
  | { kind: "idle" }
  | Extract<SendTestMailOutcome, { kind: "sent" | "off" | "failed" }>
  | Refused<"signedOut" | "forbidden">;

/** Has a mail sent to whoever looks at the page, and says what came of it. */
export function TestMailForm({
  send,
  words,
}: {
  send: (before: TestMailState, form: FormData) => Promise<TestMailState>;
  words: {
    send: string;
    sending: string;
    sent: string;
    off: string;
    faults: Record<MailFault, string>;
    refused: Record<"signedOut" | "forbidden", string>;
  };
}) {
  const [state, action] = useActionState<TestMailState, FormData>(send, { kind: "idle" });
  return (
    <form action={action} className="max-w-md space-y-6">
      <input type="hidden" name="testMail" value="me" />
      <FormRefusal state={state} words={(reason) => words.refused[reason]} />
      {state.kind === "sent" && (
        <Notice tone="ok" role="status">
          {words.sent}
        </Notice>
      )}
      {(state.kind === "off" || state.kind === "failed") && (
        <Notice tone="danger" role="alert">
          {state.kind === "off" ? words.off : words.faults[state.fault]}
        </Notice>
      )}
      <SubmitButton look="secondary" working={words.sending}>
        {words.send}
      </SubmitButton>
    </form>
  );
}
