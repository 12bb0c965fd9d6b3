"use client";

import {
  columnVisibilityFeature,
  createColumnHelper,
  type RowSelectionState,
  rowSelectionFeature,
  tableFeatures,
  useTable,
} from "@tanstack/react-table";
import "./users-table.css";
import { useTranslations } from "next-intl";
import { type ReactNode, type Ref, useMemo } from "react";
import type { AccessChanges } from "@/components/people/user-change";
import { RelativeTime } from "@/components/relative-time";
import { Avatar } from "@/components/ui/avatar";
import { Badge } from "@/components/ui/badge";
import { IconSprite } from "@/components/ui/icon-sprite";
import { ArrowDown } from "@/components/ui/icons/arrow-down";
import { ArrowUp } from "@/components/ui/icons/arrow-up";
import { Ellipsis } from "@/components/ui/icons/ellipsis";
import { Link } from "@/components/ui/link";
import type { Option } from "./list-filters";
import { ListLink } from "./list-link";
import { COLUMNS, EXTRA_COLUMNS, type ListPreference } from "./list-preference";
import { type ListQuery, viewText } from "./list-query";
import { RowActions } from "./row-actions";
import type { Go } from "./use-list-query";
import type { RoleCalled, UserRow } from "./user-row";

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

/** How the cells of a column look, in users-table.css. */
const CELLS: Record<string, string> = {
  lastLogin: "fact seen",
  created: "fact made",
  number: "fact rare",
  verified: "fact rare",
  secondFactor: "fact rare",
  sessions: "fact rare",
  createdBy: "fact rare by",
};
const cellOf = (column: string) => CELLS[column] ?? column;

/** One page of users: a table, or two lines a user where it is narrow. */
export function UsersTable({
  rows,
  called,
  now,
  query,
  go,
  preference,
  selectable,
  selected,
  onSelect,
  roles,
  changes,
  onPeek,
  ref,
}: {
  rows: readonly UserRow[];
  called: RoleCalled;
  now: Date;
  query: ListQuery;
  go: Go;
  preference: ListPreference;
  selectable: boolean;
  selected: RowSelectionState;
  onSelect: (selected: RowSelectionState) => void;
  roles: readonly Option[];
  changes: AccessChanges;
  onPeek: (id: string) => void;
  ref: Ref<HTMLTableElement>;
}) {
  const t = useTranslations("users");
  const list = useTranslations("usersList");

  const from = encodeURIComponent(viewText(query));
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
          cell: ({ row }) => <Person user={row.original} from={from} />,
        }),
        helper.display({
          id: "role",
          header: list("column.role"),
          cell: ({ row: { original } }) => {
            const { label, look = "plain" } = called[original.role] ?? {};
            const name = <bdi>{label}</bdi>;
            return look === "unseen" ? name : <Badge tone={look}>{name}</Badge>;
          },
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
        ...EXTRA_COLUMNS.map((id) =>
          helper.display({
            id,
            header: list(`column.${id}`),
            cell: ({ row: { original } }) => {
              const value = original[id];
              return (
                <Fact label={list(`column.${id}`)}>
                  {value === null
                    ? list("unknown")
                    : typeof value === "boolean"
                      ? list(value ? "hasFactor" : "noFactor")
                      : value}
                </Fact>
              );
            },
          }),
        ),
        helper.display({
          id: "actions",
          header: () => <span className="sr-only">{t("actions")}</span>,
          cell: ({ row: { original } }) => (
            <RowActions user={original} roles={roles} changes={changes} onPeek={onPeek} />
          ),
        }),
      ]),
    [t, list, called, now, roles, changes, from, onPeek],
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

  return (
    <>
      <IconSprite icons={{ actions: Ellipsis }} />
      <table
        ref={ref}
        aria-label={t("table")}
        className="users-table"
        data-selectable={selectable || undefined}
        data-compact={preference.density === "compact" || undefined}
      >
        <thead>
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
                    className={cellOf(header.column.id)}
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
        <tbody>
          {table.getRowModel().rows.map((row) => (
            <tr
              key={row.id}
              data-id={row.id}
              data-status={row.original.status}
              data-selected={row.getIsSelected() || undefined}
            >
              {row.getVisibleCells().map((cell) => {
                const { id } = cell.column;
                const Cell = id === "user" ? "th" : "td";
                return (
                  <Cell key={id} {...(id === "user" && { scope: "row" })} className={cellOf(id)}>
                    <table.FlexRender cell={cell} />
                  </Cell>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </>
  );
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
    />
  );
}

function Person({ user, from }: { user: UserRow; from: string }) {
  const t = useTranslations("users");
  return (
    <div className="person">
      <Avatar id={user.id} name={user.name} />
      <div>
        <p className="name">
          <Link href={`/users/${user.id}?in=${from}`} data-row-link title={user.name}>
            <bdi>{user.name}</bdi>
          </Link>
          {user.isSelf && <span>{t("you")}</span>}
        </p>
        {user.name !== user.email && (
          <p className="email" title={user.email}>
            {user.email}
          </p>
        )}
      </div>
    </div>
  );
}

/** A plain value with its label. */
function Fact({ label, children }: { label: string; children: ReactNode }) {
  return (
    <>
      <span>{label}</span>
      {children}
    </>
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
      className="sort"
      data-sorted={isUp || isDown || undefined}
    >
      {t(`head.${by as "name"}`)}
      <Arrow aria-hidden="true" />
    </ListLink>
  );
}
