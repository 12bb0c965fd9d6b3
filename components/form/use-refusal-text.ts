import { useTranslations } from "next-intl";
import { type Wait, waitText } from "../wait-text";

/** Puts into words why something was not done: `words` says it for every reason but that it has to be done later. */
export function useRefusalText() {
  const waiting = useTranslations("waiting");
  return <Reason extends string, Words = string>(
    why: Wait | { kind: Reason },
    words: (reason: Reason) => Words,
  ): string | Words =>
    "retryAfter" in why ? waitText(waiting, why.kind, why.retryAfter) : words(why.kind);
}
