"use client";

import {
  columnVisibilityFeature,
  createColumnHelper,
  type RowSelectionState,
  rowSelectionFeature,
  tableFeatures,
  useTable,
} from "@tanstack/react-table";
import { useTranslations } from "next-intl";
import { type ReactNode, type Ref, useMemo } from "react";
import type { AccessChanges } from "@/components/people/user-change";
import { RelativeTime } from "@/components/relative-time";
import { Avatar } from "@/components/ui/avatar";
import { Badge } from "@/components/ui/badge";
import { ArrowDown, ArrowUp } from "@/components/ui/icons";
import { Link } from "@/components/ui/link";
import type { Option } from "./list-filters";
import { ListLink } from "./list-link";
import { COLUMNS, type ListPreference } from "./list-preference";
import type { ListQuery } from "./list-query";
import { RowActions } from "./row-actions";
import type { Go } from "./use-list-query";
import type { UserRow } from "./user-row";

const features = tableFeatures({ columnVisibilityFeature, rowSelectionFeature });
const helper = createColumnHelper<typeof features, UserRow>();

const STATUS = { active: "ok", disabled: "off", invited: "plain" } as const;

/** The fields that a column's head sorts by, and which way first. */
const SORTS: Record<string, readonly { by: string; first: "" | "-" }[]> = {
  user: [
    { by: "name", first: "" },
    { by: "email", first: "" },
  ],
  lastLogin: [{ by: "lastLoginAt", first: "-" }],
  created: [{ by: "createdAt", first: "-" }],
};

/** Below `md` a row is a card: person and menu in its first line, then the badges, then the plain facts. */
const ROW =
  "max-md:relative max-md:flex max-md:flex-wrap max-md:items-center max-md:gap-x-3 max-md:gap-y-1.5 max-md:border-b max-md:border-line max-md:py-3 max-md:pl-[calc(var(--start)+2.75rem)] hover:bg-sunken/60 focus-within:bg-sunken data-selected:bg-sunken max-md:after:order-4 max-md:after:basis-full max-md:after:content-['']";
const HEAD =
  "sticky top-14 z-1 h-10 border-b border-line bg-canvas px-3 text-left font-medium whitespace-nowrap";
const CELL = "md:border-b md:border-line md:px-3 md:align-middle";
const BADGE = "max-md:order-3";
const FACT = "max-md:order-5 max-md:leading-5";
const CELLS: Record<string, string> = {
  select: "max-md:absolute max-md:top-3 max-md:left-0 max-md:z-1 md:pr-0 md:pl-1 noscript:hidden",
  user: "max-md:order-1 max-md:min-w-0 max-md:flex-1 max-md:basis-[calc(100%-3rem)] md:relative md:w-full md:max-w-0",
  role: BADGE,
  status: BADGE,
  lastLogin: FACT,
  created: `${FACT} md:max-lg:hidden`,
  number: `${FACT} md:max-lg:hidden`,
  verified: `${FACT} md:max-lg:hidden`,
  actions: "max-md:order-2 max-md:z-1 noscript:hidden",
};

/** One page of users: a table, or cards where it is narrow. */
export function UsersTable({
  rows,
  now,
  query,
  go,
  preference,
  selectable,
  selected,
  onSelect,
  roles,
  changes,
  ref,
}: {
  rows: readonly UserRow[];
  now: Date;
  query: ListQuery;
  go: Go;
  preference: ListPreference;
  selectable: boolean;
  selected: RowSelectionState;
  onSelect: (selected: RowSelectionState) => void;
  roles: readonly Option[];
  changes: AccessChanges;
  ref: Ref<HTMLTableElement>;
}) {
  const t = useTranslations("users");
  const list = useTranslations("usersList");
  const compact = preference.density === "compact";

  const columns = useMemo(
    () =>
      helper.columns([
        helper.display({
          id: "select",
          header: ({ table }) => (
            <Check
              label={list("selectPage")}
              checked={table.getIsAllRowsSelected()}
              some={table.getIsSomeRowsSelected()}
              onChange={table.getToggleAllRowsSelectedHandler()}
            />
          ),
          cell: ({ row }) => (
            <Check
              label={list("selectUser", { name: row.original.name })}
              checked={row.getIsSelected()}
              onChange={row.getToggleSelectedHandler()}
            />
          ),
        }),
        helper.display({
          id: "user",
          cell: ({ row }) => <Person user={row.original} compact={compact} />,
        }),
        helper.display({
          id: "role",
          header: list("column.role"),
          cell: ({ row: { original } }) => (
            <Badge tone={original.role.strong ? "strong" : "plain"}>
              <bdi className="max-w-40 truncate">{original.role.label}</bdi>
            </Badge>
          ),
        }),
        helper.display({
          id: "status",
          header: list("column.status"),
          cell: ({ row: { original } }) => (
            <Badge dot tone={STATUS[original.status]}>
              {t(original.status)}
            </Badge>
          ),
        }),
        helper.display({
          id: "lastLogin",
          cell: ({ row: { original } }) => (
            <Fact label={list("column.lastLogin")}>
              {original.lastLoginAt ? (
                <RelativeTime at={original.lastLoginAt} now={now} />
              ) : (
                t("never")
              )}
            </Fact>
          ),
        }),
        helper.display({
          id: "created",
          cell: ({ row: { original } }) => (
            <Fact label={list("column.created")}>
              <RelativeTime at={original.createdAt} now={now} />
            </Fact>
          ),
        }),
        helper.display({
          id: "number",
          header: list("column.number"),
          cell: ({ row: { original } }) => (
            <Fact label={list("column.number")}>{original.number}</Fact>
          ),
        }),
        helper.display({
          id: "verified",
          header: list("column.verified"),
          cell: ({ row: { original } }) => (
            <Fact label={list("column.verified")}>
              {list(original.verified ? "verified" : "notVerified")}
            </Fact>
          ),
        }),
        helper.display({
          id: "actions",
          header: () => <span className="sr-only">{t("actions")}</span>,
          cell: ({ row: { original } }) => (
            <RowActions
              user={{ ...original, role: original.role.slug }}
              roles={roles}
              changes={changes}
            />
          ),
        }),
      ]),
    [t, list, compact, now, roles, changes],
  );

  const table = useTable({
    features,
    columns,
    data: rows,
    getRowId: (user) => user.id,
    state: {
      rowSelection: selected,
      columnVisibility: {
        select: selectable,
        ...Object.fromEntries(
          COLUMNS.map((column) => [column, preference.columns.includes(column)]),
        ),
      },
    },
    onRowSelectionChange: (change) =>
      onSelect(typeof change === "function" ? change(selected) : change),
  });
  // Where a card's content begins: behind its checkbox, if it has one.
  const start = selectable ? "[--start:2.5rem] noscript:[--start:0px]" : "[--start:0px]";

  return (
    <table
      ref={ref}
      aria-label={t("table")}
      className="w-full border-separate border-spacing-0 max-md:block"
    >
      <thead className="text-sm text-soft max-md:hidden">
        {table.getHeaderGroups().map((group) => (
          <tr key={group.id}>
            {group.headers.map((header) => {
              const sorts = SORTS[header.column.id] ?? [];
              const sorted = sorts.find(({ by }) => by === query.sort.replace("-", ""));
              const direction = query.sort.startsWith("-") ? "descending" : "ascending";
              return (
                <th
                  key={header.id}
                  scope="col"
                  className={`${HEAD} ${visibility(header.column.id)}`}
                  {...(sorted && { "aria-sort": direction })}
                >
                  {sorts.length > 0 ? (
                    <span className="flex gap-4">
                      {sorts.map((sort) => (
                        <SortLink key={sort.by} sort={sort} query={query} go={go} />
                      ))}
                    </span>
                  ) : (
                    <table.FlexRender header={header} />
                  )}
                </th>
              );
            })}
          </tr>
        ))}
      </thead>
      <tbody className="max-md:block max-md:border-t max-md:border-line">
        {table.getRowModel().rows.map((row) => (
          <tr
            key={row.id}
            data-id={row.id}
            className={`${ROW} ${start}`}
            data-selected={row.getIsSelected() || undefined}
          >
            {row.getVisibleCells().map((cell) => {
              const { id } = cell.column;
              const Cell = id === "user" ? "th" : "td";
              return (
                <Cell
                  key={id}
                  {...(id === "user" && { scope: "row" })}
                  className={`${CELL} ${compact ? "md:py-1" : "md:py-3"} ${CELLS[id]}`}
                >
                  <table.FlexRender cell={cell} />
                </Cell>
              );
            })}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** What a head has in common with its cells: where it is not shown at all. */
function visibility(column: string): string {
  if (column === "select") return "pr-0 pl-1 noscript:hidden";
  if (column === "actions") return "noscript:hidden";
  return CELLS[column]?.includes("md:max-lg:hidden") ? "max-lg:hidden" : "";
}

function Check({
  label,
  checked,
  some = false,
  onChange,
}: {
  label: string;
  checked: boolean;
  some?: boolean;
  onChange: (event: unknown) => void;
}) {
  return (
    <input
      type="checkbox"
      aria-label={label}
      checked={checked}
      ref={(box) => {
        if (box) box.indeterminate = some && !checked;
      }}
      onChange={onChange}
      className="m-2 block size-4 accent-ink"
    />
  );
}

function Person({ user, compact }: { user: UserRow; compact: boolean }) {
  const t = useTranslations("users");
  const named = user.name !== user.email;
  return (
    <div className="flex items-center gap-3 text-left font-normal">
      <span className="max-md:absolute max-md:top-3 max-md:left-(--start)">
        <Avatar id={user.id} name={user.name} />
      </span>
      <div className={`min-w-0 ${compact ? "md:flex md:items-baseline md:gap-3" : ""}`}>
        <p
          className={`flex min-w-0 items-baseline gap-2 ${compact && named ? "md:max-w-3/4 md:shrink-0" : ""}`}
        >
          <Link
            href={`/users/${user.id}`}
            data-row-link
            title={user.name}
            className={`min-w-0 scroll-mt-28 scroll-mb-28 truncate rounded font-medium after:absolute after:inset-0 ${user.status === "disabled" ? "text-soft" : ""}`}
          >
            <bdi>{user.name}</bdi>
          </Link>
          {user.isSelf && <span className="shrink-0 text-sm text-soft">{t("you")}</span>}
        </p>
        {named && (
          <p className="truncate text-sm text-soft" title={user.email}>
            {user.email}
          </p>
        )}
      </div>
    </div>
  );
}

/** A plain value; on a card, which has no heads, with its label. */
function Fact({ label, children }: { label: string; children: ReactNode }) {
  return (
    <span className="text-sm whitespace-nowrap text-soft tabular-nums">
      <span className="mr-1.5 md:hidden">{label}</span>
      {children}
    </span>
  );
}

function SortLink({
  sort: { by, first },
  query,
  go,
}: {
  sort: { by: string; first: "" | "-" };
  query: ListQuery;
  go: Go;
}) {
  const t = useTranslations("usersList");
  const isUp = query.sort === by;
  const isDown = query.sort === `-${by}`;
  const next = isUp ? `-${by}` : isDown ? by : `${first}${by}`;
  const Arrow = isUp ? ArrowUp : ArrowDown;
  return (
    <ListLink
      query={query}
      changes={{ sort: next }}
      go={go}
      className={`group/sort flex h-10 items-center gap-1 rounded hover:text-ink ${isUp || isDown ? "text-ink" : ""}`}
    >
      {t(`head.${by as "name"}`)}
      <Arrow
        className={`size-3.5 ${isUp || isDown ? "" : "opacity-0 group-hover/sort:opacity-50 group-focus-visible/sort:opacity-50"}`}
        aria-hidden="true"
      />
    </ListLink>
  );
}
