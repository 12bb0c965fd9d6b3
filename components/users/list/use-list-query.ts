import { debounce, parseAsString, useQueryStates } from "nuqs";
import { useTransition } from "react";
import { EMPTY_QUERY, type ListQuery } from "./list-query";

const text = (name: string, usual: string) => [name, parseAsString.withDefault(usual)] as const;
const PARSERS = {
  ...(Object.fromEntries(
    Object.entries(EMPTY_QUERY).map(([name, usual]) => text(name, usual)),
  ) as Record<keyof ListQuery, ReturnType<typeof text>[1]>),
  // Says once who was just created; any step on leaves it behind.
  created: parseAsString,
};

/** Long enough not to ask at every key, short enough not to be noticed. */
const TYPING_PAUSE_MS = 250;

/** Resolves once the address is the new one. */
export type Go = (
  changes: Partial<ListQuery>,
  how?: {
    /** Asks once the changes pause, for somebody who types. */
    typing?: boolean;
    /** Takes the place of this step in the history instead of adding one. */
    replace?: boolean;
  },
) => Promise<unknown>;

/** The address of the list as state: what it says, whether new rows are on their way, and the way to change it. */
export function useListQuery(): { query: ListQuery; pending: boolean; go: Go } {
  const [pending, startTransition] = useTransition();
  const [{ created: _, ...query }, set] = useQueryStates(PARSERS, {
    shallow: false,
    history: "push",
    startTransition,
  });
  const go: Go = (changes, { typing = false, replace = false } = {}) =>
    set(
      { cursor: "", from: "", created: null, ...changes },
      {
        ...(replace && { history: "replace" }),
        ...(typing && { limitUrlUpdates: debounce(TYPING_PAUSE_MS) }),
        // Another page is read from its top.
        ...(changes.cursor !== undefined && { scroll: true }),
      },
    );
  return { query, pending, go };
}
