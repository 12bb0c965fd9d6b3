import { useTranslations } from "next-intl";
import { useEffect, useEffectEvent, useState } from "react";
import { useScriptSent } from "@/components/form/use-script-sent";
import { useToast } from "@/components/ui/toaster";
import { type EditState, type SaveEdit, type Typed, valueAfter } from "./edit-state";
import type { Snapshot } from "./snapshot";
import { overlaps } from "./stale-notice";

/**
 * An edit of some fields of a user. It sends what they were read as; a stale edit begins anew with what is stored now,
 * keeps what was typed, and leaves the choice.
 *
 * @param show puts `values` into the fields, which `stored` is compared with from now on
 */
export function useEdit<Field extends keyof Typed>({
  fields,
  snapshot,
  save,
  isDirty,
  show,
}: {
  fields: readonly Field[];
  snapshot: Snapshot;
  save: SaveEdit;
  isDirty: (read: Snapshot) => boolean;
  show: (values: Record<Field, string>, stored: Snapshot) => void;
}) {
  const t = useTranslations("userForms");
  const toast = useToast();
  const { state, ...form } = useScriptSent(save, { kind: "idle" });
  const [read, setRead] = useState(snapshot);
  const [stale, setStale] = useState(state.kind === "stale" ? state : null);

  const startFrom = (now: Snapshot, values: Record<Field, string> = now) => {
    setRead(now);
    show(values, now);
  };
  const hear = useEffectEvent((answer: EditState) => {
    setStale(answer.kind === "stale" ? answer : null);
    if (answer.kind === "saved") {
      startFrom(answer.now);
      toast({ text: t("saved") });
    }
    if (answer.kind === "stale") startFrom(answer.now, valuesAfter(answer, fields, answer.now));
  });
  useEffect(() => hear(state), [state]);

  // The page was drawn again because something else of the user changed. An edit that has begun keeps what it was
  // read as, unless nothing in it changed: then it is not stale.
  const follow = useEffectEvent((fresh: Snapshot) => {
    if (fields.every((field) => fresh[field] === read[field])) setRead(fresh);
    else if (!isDirty(read)) startFrom(fresh);
  });
  useEffect(() => follow(snapshot), [snapshot]);

  return {
    ...form,
    state,
    read,
    stale,
    /** What a field holds when the page is drawn. */
    valueOf: (field: Field) => valueAfter(state, field, read[field]),
    takeTheirs: () => {
      startFrom(read);
      setStale(null);
    },
    saveLabel: (plain: string) =>
      stale === null ? plain : t(overlaps(stale) ? "saveOver" : "saveAgain"),
  };
}

function valuesAfter<Field extends keyof Typed>(
  answer: EditState,
  fields: readonly Field[],
  stored: Snapshot,
): Record<Field, string> {
  const values = fields.map((field) => [field, valueAfter(answer, field, stored[field])]);
  return Object.fromEntries(values) as Record<Field, string>;
}
