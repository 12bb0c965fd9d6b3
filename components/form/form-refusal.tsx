import { ConfirmFirst } from "../confirm-first";
import { Alert } from "../ui/alert";
import { Notice } from "../ui/notice";
import type { Refused } from "./form-state";
import { useRefusalText } from "./use-refusal-text";

type Why<Reason extends string> = Refused<Reason>["why"];

/** Why the server did nothing with what was sent; nothing for any other answer. `words` for the form's own reasons. */
export function FormRefusal<Reason extends string = never>({
  state,
  focus = false,
  words,
}: {
  state: { kind: string; why?: Why<Reason> };
  /** Takes the focus with each answer. */
  focus?: boolean;
  words?: (reason: Reason) => string;
}) {
  if (!state.why) return null;
  const text = <RefusalText why={state.why} {...(words && { words })} />;
  if (focus) return <Alert attempt={state}>{text}</Alert>;
  return (
    <Notice tone="danger" role="alert">
      {text}
    </Notice>
  );
}

/** What FormRefusal says, for a notice that does more. */
export function RefusalText<Reason extends string = never>({
  why,
  words = (reason) => reason,
}: {
  why: Why<Reason>;
  words?: (reason: Reason) => string;
}) {
  const refusalText = useRefusalText();
  return refusalText(why, (reason) =>
    reason === "unconfirmed" ? <ConfirmFirst /> : words(reason),
  );
}
