import { useTranslations } from "next-intl";
import { useEffect, useRef } from "react";
import { ConfirmFirst } from "../confirm-first";
import { Notice } from "../ui/notice";
import { waitText } from "../wait-text";
import type { EditState } from "./edit-state";

/** Why the server did not store an edit that is in itself in order; nothing for any other answer. */
export function EditRefusal({ state, name }: { state: EditState; name: string }) {
  const refusals = useTranslations("userActions");
  const waiting = useTranslations("waiting");
  const notice = useRef<HTMLDivElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: each answer takes the focus again
  useEffect(() => notice.current?.focus(), [state]);
  if (state.kind !== "wait" && state.kind !== "refused") return null;
  return (
    <Notice ref={notice} tone="danger" role="alert" tabIndex={-1}>
      {state.kind === "wait" ? (
        waitText(waiting, state.reason, state.retryAfter)
      ) : state.reason === "unconfirmed" ? (
        <ConfirmFirst />
      ) : (
        refusals(state.reason, { name })
      )}
    </Notice>
  );
}
