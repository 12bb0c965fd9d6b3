import { useTranslations } from "next-intl";
import { useTransition } from "react";
import { useRefusalText } from "@/components/form/use-refusal-text";
import { useToast } from "@/components/ui/toaster";
import type { AccessChange, UserRefusal } from "./user-change";

/** What is said when a change is done; null where the page itself is the answer. */
type Done = string | null;
/** The way back from a change, given the version after it. */
type Undo = { change: (version: string) => Promise<AccessChange>; done: Done };

/**
 * Makes a change of role or status, says what came of it, and offers the way back.
 *
 * @param words says why a change was not made
 * @param onAnswer called with each answer, before it is told
 */
export function useAccessChange(
  words: (reason: Exclude<UserRefusal, { retryAfter: number }>["kind"]) => string,
  onAnswer: () => void,
) {
  const t = useTranslations("userActions");
  const refusalText = useRefusalText();
  const toast = useToast();
  const [working, start] = useTransition();
  const run = (change: () => Promise<AccessChange>, done: Done, undo?: Undo) =>
    start(async () => {
      const result = await change();
      onAnswer();
      if (result.kind !== "changed") {
        return toast({ text: refusalText(result, words), tone: "danger" });
      }
      if (done === null) return;
      const back = undo && {
        label: t("undo"),
        run: () => run(() => undo.change(result.version), undo.done),
      };
      toast({ text: done, ...(back && { action: back }) });
    });
  return { working, run };
}
