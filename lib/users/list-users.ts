import { z } from "zod";
import type { Actor } from "@/lib/access/actor";
import { may } from "@/lib/access/policy";
import { type Prisma, query } from "@/lib/platform/db";
import { decodeCursor, encodeCursor, PageLimit } from "@/lib/platform/page";
import { type Issue, issuesOf } from "./schema";
import { UserFilter, userFilterWhere } from "./user-filter";
import { userScope } from "./user-scope";
import { toUserView, type UserView, userColumns } from "./user-view";

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

const COUNT_CAP = 10_000;
const SORT_FIELDS = ["createdAt", "email", "name", "lastLoginAt"] as const;
type SortField = (typeof SORT_FIELDS)[number];

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
 * @throws {DatabaseUnavailable}
 */
export async function listUsers(actor: Actor, input: unknown): Promise<ListUsersOutcome> {
  if (!may(actor, "read", "User")) return { kind: "forbidden" };
  const parsed = UserQuery.safeParse(input);
  if (!parsed.success) return { kind: "invalid", issues: invalid(issuesOf(parsed.error)) };
  const { limit, sort } = parsed.data;
  const descending = sort.startsWith("-");
  const field = sort.replace("-", "") as SortField;

  const filter = { AND: [userScope(actor, "read"), userFilterWhere(parsed.data)] };
  const after = parsed.data.cursor === undefined ? {} : afterCursor(parsed.data.cursor, sort);
  if (after === null) return { kind: "invalid", issues: [{ field: "cursor", rule: "invalid" }] };

  const direction = descending ? "desc" : "asc";
  const nullable = field === "name" || field === "lastLoginAt";
  const [rows, counted] = await query((db) =>
    Promise.all([
      db.user.findMany({
        where: { AND: [filter, after] },
        select: userColumns,
        orderBy: [
          { [field]: nullable ? { sort: direction, nulls: "last" } : direction },
          { id: direction },
        ],
        take: limit + 1,
      }),
      db.user.count({ where: filter, take: COUNT_CAP + 1 }),
    ]),
  );

  const users = rows.slice(0, limit).map(toUserView);
  const last = users.at(-1);
  const more = rows.length > limit && last !== undefined;
  return {
    kind: "listed",
    users,
    nextCursor: more ? encodeCursor({ sort, value: last[field], id: last.id }) : null,
    total: { value: Math.min(counted, COUNT_CAP), exact: counted <= COUNT_CAP },
  };
}

const invalid = (issues: Issue[]): Issue[] =>
  issues.map((issue) => ({ field: issue.field, rule: "invalid" }));

/** The rows behind the cursor in the given order (nulls last), or null when the cursor is not one of ours. */
function afterCursor(text: string, sort: string): Prisma.UserWhereInput | null {
  const position = decodeCursor(Cursor, text);
  if (position === null || position.sort !== sort) return null;
  const { value, id } = position;
  const field = sort.replace("-", "") as SortField;
  const past = sort.startsWith("-") ? "lt" : "gt";
  const nullable = field === "name" || field === "lastLoginAt";
  if (value === null) return nullable ? { [field]: null, id: { [past]: id } } : null;
  if (value.includes("\0")) return null;
  const isTime = field === "createdAt" || field === "lastLoginAt";
  const at = isTime ? new Date(value) : value;
  if (at instanceof Date && Number.isNaN(at.getTime())) return null;
  return {
    OR: [
      { [field]: { [past]: at } },
      { [field]: at, id: { [past]: id } },
      ...(nullable ? [{ [field]: null }] : []),
    ],
  };
}
