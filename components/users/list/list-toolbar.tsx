"use client";

import { useTranslations } from "next-intl";
import { type ReactNode, type Ref, useId, useState } from "react";
import { Button } from "@/components/ui/button";
import { ChevronDown } from "@/components/ui/icons/chevron-down";
import { ListFilter } from "@/components/ui/icons/list-filter";
import { X } from "@/components/ui/icons/x";
import { FilterPanels } from "./filter-panels";
import { type ActiveFilter, type FilterOptions, SORTS } from "./list-filters";
import { ListLink } from "./list-link";
import { FILTERS, type ListQuery } from "./list-query";
import type { Go } from "./use-list-query";
import { UserSearch } from "./user-search";

/**
 * Search and filters. It is a form of plain controls that act at once; without JavaScript its button sends it, and
 * the address that comes of it is the same.
 */
export function ListToolbar({
  query,
  pending,
  go,
  options,
  active,
  searchRef,
  before,
  after,
}: {
  query: ListQuery;
  pending: boolean;
  go: Go;
  options: FilterOptions;
  active: readonly ActiveFilter[];
  searchRef: Ref<HTMLInputElement>;
  /** What stands at its sides. Not in the form: a dialog with a form of its own may come of it. */
  before: ReactNode;
  after: ReactNode;
}) {
  const t = useTranslations("usersList");
  const users = useTranslations("users");
  const [open, setOpen] = useState(false);
  const panel = useId();
  const chosen = active.filter(({ name }) => name !== "search").length;
  return (
    <>
      <div className="flex flex-wrap justify-between gap-2">
        <div className="noscript:hidden">{before}</div>
        <search className="min-w-0 flex-1 max-sm:order-1 max-sm:basis-full">
          <form
            action="/users"
            className="flex flex-wrap items-center gap-2"
            onSubmit={(event) => {
              event.preventDefault();
              go({ search: query.search.trim() }, { replace: true });
            }}
          >
            <div className="min-w-48 flex-1 sm:max-w-72">
              <UserSearch search={query.search} searching={pending} go={go} ref={searchRef} />
            </div>
            <Button
              size="sm"
              className="sm:hidden noscript:hidden"
              aria-expanded={open}
              aria-controls={panel}
              onClick={() => setOpen(!open)}
            >
              <ListFilter className="size-4" aria-hidden="true" />
              {chosen === 0 ? t("filters") : t("filtersCount", { count: chosen })}
            </Button>
            <div
              id={panel}
              className={`flex flex-wrap items-center gap-2 max-sm:w-full max-sm:*:grow ${open ? "" : "max-sm:hidden noscript:flex"}`}
            >
              <FilterPanels query={query} go={go} options={options} active={active} />
              <SortSelect query={query} go={go} />
              <div className="hidden noscript:block">
                <Button type="submit" size="sm">
                  {users("searchSubmit")}
                </Button>
              </div>
            </div>
          </form>
        </search>
        <div className="noscript:hidden">{after}</div>
      </div>
      {active.length > 0 && (
        <div className="mt-3">
          <FilterChips query={query} active={active} go={go} />
        </div>
      )}
    </>
  );
}

/** Wide screens sort by the heads of the columns; here it also keeps the order when the form is sent. */
function SortSelect({ query, go }: { query: ListQuery; go: Go }) {
  const t = useTranslations("usersList");
  return (
    <span className="relative block md:hidden">
      <select
        name="sort"
        aria-label={t("order")}
        value={query.sort}
        onChange={(event) => go({ sort: event.target.value })}
        className="h-9 w-full appearance-none truncate rounded border border-edge bg-surface pe-8 ps-3 text-sm text-soft transition-colors duration-150 hover:border-ink sm:max-w-44"
      >
        {SORTS.map((value) => (
          <option key={value} value={value}>
            {t(`sort.${value}`)}
          </option>
        ))}
      </select>
      <ChevronDown
        className="pointer-events-none absolute top-2.5 end-2.5 size-4 text-soft"
        aria-hidden="true"
      />
    </span>
  );
}

/** What filters the list, each with a way to take it away, and one for all. */
function FilterChips({
  query,
  active,
  go,
}: {
  query: ListQuery;
  active: readonly ActiveFilter[];
  go: Go;
}) {
  const t = useTranslations("usersList");
  return (
    <ul aria-label={t("filtersActive")} className="flex flex-wrap items-center gap-2">
      {active.map(({ text, without }) => (
        <li key={text} className="min-w-0">
          <ListLink
            query={query}
            changes={without}
            go={go}
            aria-label={t("removeFilter", { filter: text })}
            className="flex h-8 items-center gap-1.5 rounded border border-edge bg-surface pe-2 ps-3 text-sm hover:bg-sunken"
          >
            <bdi className="truncate">{text}</bdi>
            <X className="size-3.5 shrink-0 text-soft" aria-hidden="true" />
          </ListLink>
        </li>
      ))}
      <li>
        <ClearAll query={query} go={go} />
      </li>
    </ul>
  );
}

/** Asks for everybody; the order stays. */
const NO_FILTER = Object.fromEntries(FILTERS.map((name) => [name, ""]));

function ClearAll({ query, go }: { query: ListQuery; go: Go }) {
  const t = useTranslations("usersList");
  return (
    <ListLink
      query={query}
      changes={NO_FILTER}
      go={go}
      className="rounded px-2 py-1 text-sm text-soft underline decoration-edge underline-offset-4 hover:text-ink hover:decoration-ink"
    >
      {t("clearAll")}
    </ListLink>
  );
}
