"use client";

import type { RowSelectionState } from "@tanstack/react-table";
import { useFormatter, useTranslations } from "next-intl";
import { lazy, Suspense, useRef, useState } from "react";
import type { Bulk } from "@/components/bulk/bulk-run";
import { EmptyState } from "@/components/empty-state";
import type { AccessChanges } from "@/components/people/user-change";
import type { ListedView } from "@/components/saved-views/listed-view";
import type { ViewChanges } from "@/components/saved-views/view-change";
import { ViewsMenu } from "@/components/saved-views/views-menu";
import { buttonStyle } from "@/components/ui/button-style";
import { TextLink } from "@/components/ui/text-link";
import { DisplayMenu } from "./display-menu";
import { activeFilters, filterOptions, type Option } from "./list-filters";
import { ListLink } from "./list-link";
import type { ListPreference } from "./list-preference";
import { filterText, viewText } from "./list-query";
import { ListToolbar } from "./list-toolbar";
import type { PeekUser } from "./peek-panel";
import type { Selection } from "./selection";
import { useListKeys } from "./use-list-keys";
import { useListPreference } from "./use-list-preference";
import { useListQuery } from "./use-list-query";
import type { RoleCalled, UserRow } from "./user-row";
import { UsersTable } from "./users-table";

// Loaded when somebody is selected, or looked at.
const BulkBar = lazy(async () => ({ default: (await import("./bulk-bar")).BulkBar }));
const PeekPanel = lazy(async () => ({ default: (await import("./peek-panel")).PeekPanel }));

/** The list that an administrator lives in: its address is its state, its rows come from the server. */
export function UsersList({
  rows,
  called,
  total,
  place,
  nextCursor,
  now,
  roles,
  assignable,
  views,
  mayShare,
  initialPreference,
  mayCreate,
  mayChange,
  changes,
  viewChanges,
  bulk,
  peek,
}: {
  rows: readonly UserRow[];
  called: RoleCalled;
  total: { value: number; exact: boolean };
  /** Of the rows, not of the address, which is ahead of them while others are on their way. */
  place: { first: number; last: number } | null;
  nextCursor: string | null;
  now: Date;
  /** Those to filter by, and those that the reader may hand out. */
  roles: readonly Option[];
  assignable: readonly Option[];
  views: readonly ListedView[];
  mayShare: boolean;
  initialPreference: ListPreference;
  mayCreate: boolean;
  /** Whether selecting users leads anywhere. */
  mayChange: boolean;
  changes: AccessChanges;
  viewChanges: ViewChanges;
  bulk: Bulk;
  peek: PeekUser;
}) {
  const t = useTranslations("usersList");
  const users = useTranslations("users");
  const { query, pending, go } = useListQuery();
  const [preference, setPreference] = useListPreference(initialPreference);
  const [peeked, setPeeked] = useState<string>();
  const search = useRef<HTMLInputElement>(null);
  const table = useRef<HTMLTableElement>(null);
  const bar = useRef<HTMLDivElement>(null);

  const filter = filterText(query);
  const { selection, selected, select, selectAll, clear } = useSelection(filter, rows, total);
  const pageSelected = rows.every(({ id }) => selected[id]);
  const chosen = Object.keys(selected).length;

  const focused = () => table.current?.querySelector<HTMLElement>("tr:focus-within")?.dataset["id"];
  const seen = rows.find(({ id }) => id === peeked);

  useListKeys({
    search: () => {
      search.current?.focus();
      search.current?.select();
    },
    move: (by) => {
      const links = [...(table.current?.querySelectorAll<HTMLElement>("[data-row-link]") ?? [])];
      const here = links.findIndex((link) => link.closest("tr")?.matches(":focus-within"));
      const next = here === -1 ? (by === 1 ? 0 : links.length - 1) : here + by;
      links[next]?.focus();
      if (peeked) setPeeked(focused());
    },
    peek: () => setPeeked(focused()),
    select: () => {
      const id = focused();
      if (!mayChange || id === undefined) return;
      const { [id]: was, ...others } = selected;
      select(was ? others : { ...others, [id]: true });
    },
    bulk: () => bar.current?.querySelector<HTMLElement>("[data-actions] button")?.focus(),
    clear: () => {
      if (seen) setPeeked(undefined);
      else if (selection) clear();
      else (document.activeElement as HTMLElement | null)?.blur();
    },
  });

  const format = useFormatter();
  const options = filterOptions(t, users, roles);
  const active = activeFilters(t, query, options, (day) =>
    format.dateTime(new Date(day), { dateStyle: "medium", timeZone: "UTC" }),
  );
  const empty = query.cursor !== "" ? "emptyPage" : active.length > 0 ? "nobody" : "unseen";
  const display = <DisplayMenu preference={preference} onChange={setPreference} />;
  return (
    <>
      <ListToolbar
        query={query}
        pending={pending}
        go={go}
        options={options}
        active={active}
        searchRef={search}
        before={
          <ViewsMenu
            query={query}
            views={views}
            mayShare={mayShare}
            changes={viewChanges}
            go={go}
          />
        }
        after={display}
      />
      {/* Old rows stay, dimmed once it takes long enough to be noticed, rather than flash. */}
      <div
        className={
          seen &&
          "xl:grid xl:grid-cols-[minmax(0,1fr)_22rem] xl:items-start xl:gap-x-8 xl:[&_.made]:hidden"
        }
      >
        <div
          aria-busy={pending}
          className="mt-4 min-w-0 transition-opacity duration-150 aria-busy:opacity-60 aria-busy:delay-150"
        >
          {rows.length > 0 ? (
            <>
              {mayChange && (
                <label className="flex items-center gap-1 py-1 text-sm text-soft md:hidden noscript:hidden">
                  <input
                    type="checkbox"
                    className="m-2 size-4 accent-ink"
                    checked={pageSelected}
                    onChange={() => (pageSelected ? clear() : select(pageOf(rows, selected)))}
                  />
                  {t("selectPage")}
                </label>
              )}
              <UsersTable
                ref={table}
                rows={rows}
                called={called}
                now={now}
                query={query}
                go={go}
                preference={preference}
                selectable={mayChange}
                selected={selected}
                onSelect={select}
                roles={assignable}
                changes={changes}
                onPeek={setPeeked}
              />
            </>
          ) : (
            <EmptyState title={t(`${empty}Title`)} text={t(`${empty}Text`)} />
          )}
          {total.value === 1 && active.length === 0 && (
            <EmptyState title={users("onlyYouTitle")} text={users("onlyYouText")}>
              {mayCreate && <TextLink href="/users/invite">{t("invite")}</TextLink>}
            </EmptyState>
          )}
          {(query.cursor || nextCursor) && (
            <nav aria-label={users("pages")} className="mt-6 flex flex-wrap items-center gap-3">
              {place && (
                <p className="me-auto text-sm max-sm:basis-full text-soft tabular-nums">
                  {t(total.exact ? "place" : "placeMore", { ...place, total: total.value })}
                </p>
              )}
              {query.cursor && (
                <ListLink
                  query={query}
                  changes={{ cursor: "" }}
                  go={go}
                  className={buttonStyle({ size: "sm" })}
                >
                  {users("first")}
                </ListLink>
              )}
              {nextCursor && (
                <ListLink
                  query={query}
                  changes={{ cursor: nextCursor, from: place ? String(place.last + 1) : "" }}
                  go={go}
                  className={buttonStyle({ size: "sm" })}
                >
                  {users("next")}
                </ListLink>
              )}
            </nav>
          )}
        </div>
        {seen && (
          <Suspense fallback={null}>
            <PeekPanel
              user={seen}
              href={`/users/${seen.id}?in=${encodeURIComponent(viewText(query))}`}
              peek={peek}
              onClose={() => setPeeked(undefined)}
            />
          </Suspense>
        )}
      </div>
      {selection && (
        <div ref={bar} className="sticky bottom-0 z-5 mt-6 animate-arrive bg-canvas pb-4">
          {selection.kind === "filter" ? (
            <p role="status" className="py-2 text-sm text-soft">
              {t(total.exact ? "allSelected" : "allSelectedMore", { count: total.value })}
            </p>
          ) : (
            pageSelected &&
            (chosen < total.value || !total.exact) && (
              <p role="status" className="flex flex-wrap items-center gap-x-3 py-2 text-sm">
                <span className="text-soft">{t("pageSelected", { count: rows.length })}</span>
                <button
                  type="button"
                  onClick={selectAll}
                  className="rounded font-medium underline decoration-edge underline-offset-4 hover:decoration-ink"
                >
                  {t(total.exact ? "selectAll" : "selectAllMore", { count: total.value })}
                </button>
              </p>
            )
          )}
          <Suspense fallback={<div className="h-13" />}>
            <BulkBar
              selection={selection}
              first={query.status === "disabled" ? "enable" : "disable"}
              onClear={clear}
              bulk={bulk}
            />
          </Suspense>
        </div>
      )}
    </>
  );
}

const pageOf = (rows: readonly UserRow[], others: RowSelectionState): RowSelectionState => ({
  ...others,
  ...Object.fromEntries(rows.map(({ id }) => [id, true as const])),
});

/** Who is selected: kept from page to page, forgotten with the filter it was made under. */
function useSelection(
  filter: string,
  rows: readonly UserRow[],
  total: { value: number; exact: boolean },
) {
  const [kept, setKept] = useState<{ filter: string; ids: RowSelectionState; all: boolean }>();
  const { ids, all } = kept?.filter === filter ? kept : { ids: {}, all: false };
  // Whoever unticks one of everybody goes on with the others of this page.
  const selected = all ? pageOf(rows, {}) : ids;
  const selection: Selection | null = all
    ? { kind: "filter", query: filter, total }
    : Object.keys(ids).length > 0
      ? { kind: "users", ids: Object.keys(ids) }
      : null;
  return {
    selection,
    selected,
    select: (ids: RowSelectionState) => setKept({ filter, ids, all: false }),
    selectAll: () => setKept({ filter, ids: {}, all: true }),
    clear: () => setKept(undefined),
  };
}
