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
  walkUsers,
} from "./find-users";
import { type Extra, Include, type ListUserView, type UserExtras } from "./list-user-view";
import { UserFilter, userFilterSql } from "./user-filter";

type ListUsersOutcome =
  | {
      kind: "listed";
      users: ListUserView[];
      /** Opaque; null on the last page. */
      nextCursor: string | null;
      /** Counted up to 10,000; `exact` is false above. */
      total: { value: number; exact: boolean };
    }
  | { kind: "forbidden" }
  | InvalidQuery;

export const Sort = z
  .templateLiteral([z.enum(["", "-"]), z.enum(SORT_FIELDS)])
  .default("-createdAt")
  .meta({ description: `One of ${SORT_FIELDS.join(", ")}; with - in front, descending.` });

/** The query of `GET /v1/users`. Without a value comes last, in both directions. */
export const UserQuery = UserFilter.extend({
  include: Include.optional(),
  ...pageFields(1_000),
  sort: Sort,
});

/** Where the last page ended: the sort it belongs to, the sorted value, and the id that breaks ties. */
const Position = z.object({
  sort: z.string(),
  value: z.string().nullable(),
  id: z.guid(),
});

/** Tells what is not in their rows. */
type TellMore = (
  actor: Actor,
  users: readonly UserView[],
  extras: readonly Extra[],
) => Promise<Map<string, UserExtras>>;

/**
 * One page of users by keyset: as quick on the last page as on the first.
 *
 * @param input a UserQuery, as sent by a client
 * @param tellMore answers what the query includes
 * @throws {DatabaseUnavailable} also when PostgreSQL has cut the list for its time
 */
export async function listUsers(
  actor: Actor,
  input: unknown,
  tellMore?: TellMore,
): Promise<ListUsersOutcome> {
  if (!may(actor, "read", "User")) return { kind: "forbidden" };
  const page = readPage(UserQuery, Position, input);
  if (page.kind === "invalid") return page;
  const { after, take } = page;
  const { limit, sort, cursor, include, ...filter } = page.asked;
  const order = orderOf(sort);
  if (after && !isOf(order, sort, after)) return invalidQuery("cursor");

  const asked = { ...(await meantBy(actor, filter)), order, after, take };
  const found = isInOrders(filter, order) ? await browseUsers(asked) : await searchUsers(asked);
  const { shown, nextCursor } = page.cut(found.users, (user) => ({
    sort,
    value: user[order.field],
    id: user.id,
  }));
  const { counted } = found;
  const users = shown.map(toUserView);
  const more = include && (await tellMore?.(actor, users, include.split(",") as Extra[]));
  return {
    kind: "listed",
    users: more ? users.map((user) => ({ ...user, ...more.get(user.id) })) : users,
    nextCursor,
    total: { value: Math.min(counted, COUNT_CAP), exact: counted <= COUNT_CAP },
  };
}

/**
 * Who stands next to a place in a list.
 *
 * @param backward who stands before it
 */
export async function nextInOrder(
  actor: Actor,
  filter: UserFilter,
  order: UserOrder,
  after: { id: string; value: string | null },
  backward: boolean,
): Promise<UserView | null> {
  const asked = { ...(await meantBy(actor, filter)), order, after, backward, take: 1 };
  const [row] = isInOrders(filter, order)
    ? await walkUsers(asked)
    : (await searchUsers(asked)).users;
  return row === undefined ? null : toUserView(row);
}

/** Whom a filter means, of those whom the actor may see. */
async function meantBy(actor: Actor, filter: UserFilter) {
  const scope = whereSql("User", scopeOf(actor, "read", "User"));
  const { where, each } = userFilterSql(filter, await rolesOf(filter.role), scope);
  return { where, each, known: !filter.search };
}

export function orderOf(sort: string): UserOrder {
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

/** Whether the index of an order has all that a filter asks for, so that it can be walked along. */
function isInOrders(filter: UserFilter, { field }: UserOrder): boolean {
  const { search, domain, secondFactor, createdFrom, createdTo } = filter;
  const created = createdFrom || createdTo;
  return !(search || domain || secondFactor || (created && field !== "createdAt"));
}

async function rolesOf(slugs: string | undefined): Promise<string[]> {
  if (!slugs) return [];
  const bySlug = Prisma.sql`SELECT "id" FROM "roles" WHERE "slug" = ANY(${slugs.split(",")}::text[])`;
  return (await ask(bySlug, RoleId.parse)).map(({ id }) => id);
}
const RoleId = z.object({ id: z.string() });
