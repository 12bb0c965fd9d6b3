import { useTranslations } from "next-intl";
import { ConfirmFirst } from "./confirm-first";
import { Notice } from "./ui/notice";
import { type WaitReason, waitText } from "./wait-text";

/** Why the server did nothing with what was sent; `words` for the reasons that are the form's own. */
export function FormRefusal<Reason extends string>({
  state,
  words,
}: {
  state:
    | { kind: "wait"; reason: WaitReason; retryAfter: number }
    | { kind: "refused"; reason: Reason | "unconfirmed" };
  words: (reason: Reason) => string;
}) {
  return (
    <Notice tone="danger" role="alert">
      <RefusalText state={state} words={words} />
    </Notice>
  );
}

/** What FormRefusal says, for a notice that does more. */
export function RefusalText<Reason extends string>({
  state,
  words,
}: Parameters<typeof FormRefusal<Reason>>[0]) {
  const waiting = useTranslations("waiting");
  if (state.kind === "wait") return waitText(waiting, state.reason, state.retryAfter);
  return state.reason === "unconfirmed" ? <ConfirmFirst /> : words(state.reason);
}
