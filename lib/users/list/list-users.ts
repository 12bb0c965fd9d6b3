import { z } from "zod";
import type { Actor } from "@/lib/access/actor";
import { may } from "@/lib/access/policy";
import { ask } from "@/lib/platform/ask";
import { Instant } from "@/lib/platform/bounds";
import { Prisma } from "@/lib/platform/db";
import { type InvalidQuery, invalidQuery, pageFields, readPage } from "@/lib/platform/keyset-page";
import { scopeOf } from "@/lib/rows/scope-of";
import { whereSql } from "@/lib/rows/where-sql";
import { toUserView, type UserView } from "../user-view";
import {
  browseUsers,
  COUNT_CAP,
  SORT_FIELDS,
  type SortField,
  searchUsers,
  type UserOrder,
} from "./find-users";
import { UserFilter, userFilterWhere } from "./user-filter";

type ListUsersOutcome =
  | {
      kind: "listed";
      users: UserView[];
      /** Opaque; null on the last page. */
      nextCursor: string | null;
      /** Counted up to 10,000; `exact` is false above. */
      total: { value: number; exact: boolean };
    }
  | { kind: "forbidden" }
  | InvalidQuery;

/** The query of `GET /v1/users`. Without a value comes last, in both directions. */
export const UserQuery = UserFilter.extend({
  ...pageFields(1_000),
  sort: z
    .templateLiteral([z.enum(["", "-"]), z.enum(SORT_FIELDS)])
    .default("-createdAt")
    .meta({ description: `One of ${SORT_FIELDS.join(", ")}; with - in front, descending.` }),
});

/** Where the last page ended: the sort it belongs to, the sorted value, and the id that breaks ties. */
const Position = z.object({
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
  const page = readPage(UserQuery, Position, input);
  if (page.kind === "invalid") return page;
  const { after, take } = page;
  const { limit, sort, cursor, role, ...filter } = page.asked;
  const order = orderOf(sort);
  if (after && !isOf(order, sort, after)) return invalidQuery("cursor");

  const where = whereSql("User", {
    AND: [scopeOf(actor, "read", "User"), userFilterWhere(filter), await inRole(role)],
  });
  const asked = { where, order, after, take };
  const found = filter.search ? await searchUsers(asked) : await browseUsers(asked);
  const { shown, nextCursor } = page.cut(found.users, (user) => ({
    sort,
    value: user[order.field],
    id: user.id,
  }));
  const { counted } = found;
  return {
    kind: "listed",
    users: shown.map(toUserView),
    nextCursor,
    total: { value: Math.min(counted, COUNT_CAP), exact: counted <= COUNT_CAP },
  };
}

function orderOf(sort: string): UserOrder {
  return { field: sort.replace("-", "") as SortField, descending: sort.startsWith("-") };
}

/** Whether a position can be one of this sort. */
function isOf({ field }: UserOrder, sort: string, position: z.output<typeof Position>): boolean {
  if (position.sort !== sort) return false;
  const { value } = position;
  if (value === null) return field === "name" || field === "lastLoginAt";
  const isTime = field === "createdAt" || field === "lastLoginAt";
  return isTime ? Instant.safeParse(value).success : !value.includes("\0");
}

/**
 * A role as a condition on the user's own column: PostgreSQL knows how many have each `role_id`, and nothing of
 * how many a join with one slug would leave.
 */
async function inRole(slug: string | undefined): Promise<Prisma.UserWhereInput> {
  if (!slug) return {};
  const bySlug = Prisma.sql`SELECT "id" FROM "roles" WHERE "slug" = ${slug}`;
  const [role] = await ask(bySlug, RoleId.parse);
  return role === undefined ? { id: { in: [] } } : { roleId: role.id };
}
const RoleId = z.object({ id: z.string() });
