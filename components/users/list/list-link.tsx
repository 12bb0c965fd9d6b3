import type { ComponentProps } from "react";
import { type ListQuery, listHref } from "./list-query";
import type { Go } from "./use-list-query";

/** A link to the list with some things changed. With JavaScript it changes them in place. */
export function ListLink({
  query,
  changes,
  go,
  ...link
}: { query: ListQuery; changes: Partial<ListQuery>; go: Go } & Omit<
  ComponentProps<"a">,
  "href" | "onClick"
>) {
  return (
    <a
      href={listHref(query, changes)}
      onClick={(event) => {
        // Whoever asks for a new tab gets one.
        if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
        event.preventDefault();
        go(changes);
      }}
      {...link}
    />
  );
}
