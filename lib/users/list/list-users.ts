import { z } from "zod";
import type { Actor } from "@/lib/access/actor";
import { may } from "@/lib/access/policy";
import { Instant } from "@/lib/platform/bounds";
import { type Prisma, type Tx, transaction } from "@/lib/platform/db";
import { decodeCursor, encodeCursor, PageLimit } from "@/lib/platform/page";
import { type Issue, issuesOf } from "../schema";
import { toUserView, type UserView, userColumns } from "../user-view";
import {
  browseUsers,
  COUNT_CAP,
  SORT_FIELDS,
  type SortField,
  searchUsers,
  type UserKey,
  type UserOrder,
} from "./find-user-keys";
import { UserFilter, userFilterWhere } from "./user-filter";
import { userScope } from "./user-scope";
import { userWhereSql } from "./user-where-sql";

export type ListUsersOutcome =
  | {
      kind: "listed";
      users: UserView[];
      /** Opaque; null on the last page. */
      nextCursor: string | null;
      /** Counted up to 10,000; `exact` is false above. */
      total: { value: number; exact: boolean };
    }
  | { kind: "forbidden" }
  | { kind: "invalid"; issues: Issue[] };

/** PostgreSQL cuts a list that takes longer, well before the pool's own limit: the others must not wait for it. */
const LIST_TIMEOUT_MS = 3_000;

/** The query of `GET /v1/users`. Without a value comes last, in both directions. */
export const UserQuery = UserFilter.extend({
  limit: PageLimit,
  cursor: z.string().max(1_000).optional(),
  sort: z
    .templateLiteral([z.enum(["", "-"]), z.enum(SORT_FIELDS)])
    .default("-createdAt")
    .meta({ description: `One of ${SORT_FIELDS.join(", ")}; with - in front, descending.` }),
});

/** Where the last page ended: the sort it belongs to, the sorted value, and the id that breaks ties. */
const Cursor = z.object({
  sort: z.string(),
  value: z.string().nullable(),
  id: z.guid(),
});

/**
 * One page of users by keyset: as quick on the last page as on the first.
 *
 * @param input `{ limit?: 1..100, cursor?, search?, role?: slug, status?, activity?, sort? }` as sent by a client
 * @throws {DatabaseUnavailable} also when PostgreSQL has cut the list for its time
 */
export async function listUsers(actor: Actor, input: unknown): Promise<ListUsersOutcome> {
  if (!may(actor, "read", "User")) return { kind: "forbidden" };
  const parsed = UserQuery.safeParse(input);
  if (!parsed.success) return { kind: "invalid", issues: invalid(issuesOf(parsed.error)) };
  const { limit, sort, cursor, role, ...filter } = parsed.data;
  const order = orderOf(sort);
  const after = cursor === undefined ? undefined : positionOf(cursor, sort);
  if (after === null) return { kind: "invalid", issues: [{ field: "cursor", rule: "invalid" }] };

  const { keys, counted, rows } = await transaction(async (tx) => {
    // A plan for one page is not worth compiling, whatever PostgreSQL believes that it costs.
    await tx.$queryRaw`SELECT set_config('statement_timeout', ${`${LIST_TIMEOUT_MS}`}, true),
                              set_config('jit', 'off', true)`;
    const scope = userScope(actor, "read");
    const where = userWhereSql({ AND: [scope, userFilterWhere(filter), await inRole(tx, role)] });
    const page = { where, order, after, take: limit + 1 };
    const found = filter.search ? await searchUsers(tx, page) : await browseUsers(tx, page);
    const ids = found.keys.slice(0, limit).map(({ id }) => id);
    const rows = await tx.user.findMany({
      where: { AND: [{ id: { in: ids } }, scope] },
      select: userColumns,
    });
    return { ...found, rows };
  });

  const shown = keys.slice(0, limit);
  const byId = new Map(rows.map((row) => [row.id, row]));
  const last = shown.at(-1);
  return {
    kind: "listed",
    users: shown.flatMap(({ id }) => byId.get(id) ?? []).map(toUserView),
    nextCursor: keys.length > limit && last ? encodeCursor({ sort, ...last }) : null,
    total: { value: Math.min(counted, COUNT_CAP), exact: counted <= COUNT_CAP },
  };
}

const invalid = (issues: Issue[]): Issue[] =>
  issues.map((issue) => ({ field: issue.field, rule: "invalid" }));

function orderOf(sort: string): UserOrder {
  return { field: sort.replace("-", "") as SortField, descending: sort.startsWith("-") };
}

/** The position behind a cursor, or null when it is not one of ours for this sort. */
function positionOf(cursor: string, sort: string): UserKey | null {
  const decoded = decodeCursor(Cursor, cursor);
  if (decoded === null || decoded.sort !== sort) return null;
  const { value, id } = decoded;
  const { field } = orderOf(sort);
  const isTime = field === "createdAt" || field === "lastLoginAt";
  const mayBeNull = field === "name" || field === "lastLoginAt";
  const possible =
    value === null ? mayBeNull : isTime ? Instant.safeParse(value).success : !value.includes("\0");
  return possible ? { value, id } : null;
}

/**
 * A role as a condition on the user's own column: PostgreSQL knows how many have each `role_id`, and nothing of
 * how many a join with one slug would leave.
 */
async function inRole(tx: Tx, slug: string | undefined): Promise<Prisma.UserWhereInput> {
  if (!slug) return {};
  const role = await tx.role.findUnique({ where: { slug }, select: { id: true } });
  return role === null ? { id: { in: [] } } : { roleId: role.id };
}
