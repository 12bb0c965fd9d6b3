import { useTranslations } from "next-intl";
import { useEffect, useRef } from "react";
import { RefusalText } from "@/components/form-refusal";
import { Notice } from "@/components/ui/notice";
import type { EditState } from "./edit-state";

/** Why the server did not store an edit that is in itself in order; nothing for any other answer. */
export function EditRefusal({ state, name }: { state: EditState; name: string }) {
  const refusals = useTranslations("userActions");
  const notice = useRef<HTMLDivElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: each answer takes the focus again
  useEffect(() => notice.current?.focus(), [state]);
  if (state.kind !== "wait" && state.kind !== "refused") return null;
  return (
    <Notice ref={notice} tone="danger" role="alert" tabIndex={-1}>
      <RefusalText state={state} words={(reason) => refusals(reason, { name })} />
    </Notice>
  );
}
