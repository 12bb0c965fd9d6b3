import { z } from "zod";
import { ask, type Reader } from "@/lib/platform/ask";
import { Prisma, transaction } from "@/lib/platform/db";
import { statementTime, wasCut } from "@/lib/platform/statement-time";
import { columnSql } from "@/lib/rows/where-sql";
import { USER_SQL, UserRow } from "../user-view";

/** A list is counted up to here and no further. */
export const COUNT_CAP = 10_000;
/** How long a search with more hits than that looks for a page of them in the order of the list. */
const WALK_TIMEOUT_MS = 200;

export const SORT_FIELDS = ["createdAt", "email", "name", "lastLoginAt"] as const;
export type SortField = (typeof SORT_FIELDS)[number];

/** Those without a value come last in both directions; ids break ties, in the same direction. */
export type UserOrder = { field: SortField; descending: boolean };
type UsersPage = {
  where: Prisma.Sql;
  /** The same in the form that is best judged user by user, where that is another. */
  each?: Prisma.Sql;
  /** Whether PostgreSQL knows about how many match. */
  known?: boolean;
  order: UserOrder;
  /** Where the page before ended: enough to continue behind it. */
  after: { id: string; value: string | null } | undefined;
  /** Towards the beginning of the list instead; then `after` is where one goes from. */
  backward?: boolean;
  take: number;
};
/** In the order of the list. `counted` is at most COUNT_CAP + 1. */
type FoundUsers = { users: UserRow[]; counted: number };

/**
 * A page of a list that is filtered by columns, counted in the same statement; the index of its order holds those as
 * well, so it is walked for keys, and only who is shown is read whole.
 */
export async function browseUsers(page: UsersPage): Promise<FoundUsers> {
  const count = Prisma.sql`
    SELECT count(*)::int AS "counted"
      FROM (SELECT FROM "users" WHERE ${page.where} LIMIT ${raw(COUNT_CAP + 1)}) AS "some"`;
  // Filters differ by their values, and PostgreSQL has to see them to know which index is best.
  const within = { list: true, prepared: page.where.values.length === 0 };
  const found = await ask(
    Prisma.sql`SELECT "found".*, (${count}) AS "counted" FROM (${read(walk(page))}) AS "found"`,
    readFound,
    within,
  );
  const counted = found[0]?.counted ?? (await ask(count, Counted.parse, within))[0]?.counted ?? 0;
  return { users: inOrder(found), counted };
}

/** The first users of such a page, without counting. */
export async function walkUsers(page: UsersPage): Promise<UserRow[]> {
  return inOrder(await ask(read(walk(page)), readFound, LIST));
}

/**
 * A page of a search, or of a filter by what the index of the order does not hold. There are two ways to it: walk along
 * the order and keep what matches, or gather what matches and sort it. PostgreSQL guesses how often a text occurs and
 * cannot know where: it would walk past a million users for those of a company who all came in one import. So they are
 * gathered, up to the most that is counted, in a time that depends only on how many match. If there are more, a walk
 * mostly meets a page of them soon; when it does not, all of them are gathered after all.
 */
export async function searchUsers(
  page: UsersPage,
  walkTimeoutMs = WALK_TIMEOUT_MS,
): Promise<FoundUsers> {
  const keys = Prisma.sql`(
    SELECT "id", ${place(page, VALUE)} AS "place" FROM "some", "count"
      WHERE "counted" <= ${COUNT_CAP} AND ${anyOf(stretches(page, VALUE))}
      ORDER BY ${orderBy(page, VALUE)} LIMIT ${page.take})`;
  const gathered = await ask(
    Prisma.sql`
      WITH ${hits(page)},
        "some" AS MATERIALIZED (SELECT * FROM "hits" LIMIT ${COUNT_CAP + 1}),
        "count" AS (SELECT count(*)::int AS "counted" FROM "some")
      SELECT "found".*, "counted" FROM "count" LEFT JOIN (${read(keys)}) AS "found" ON TRUE`,
    readFound,
    LIST,
  );
  const counted = gathered[0]?.counted ?? 0;
  if (counted <= COUNT_CAP) return { users: inOrder(gathered), counted };
  const walked = await transaction(async (tx) => {
    await tx.$queryRaw`SELECT ${statementTime(walkTimeoutMs)}`;
    const rows = await tx.$queryRaw<unknown[]>(read(walk(page))).catch((error) => {
      throw wasCut(error) ? new WalkTooLong() : error;
    });
    return rows.map(readFound);
  }).catch((error) => {
    if (error instanceof WalkTooLong) return null;
    throw error;
  });
  if (walked !== null) return { users: inOrder(walked), counted };
  const all = Prisma.sql`(
    SELECT "id", ${place(page, VALUE)} AS "place" FROM "hits" WHERE ${anyOf(stretches(page, VALUE))}
      ORDER BY ${orderBy(page, VALUE)} LIMIT ${page.take})`;
  const found = await ask(Prisma.sql`WITH ${hits(page)} ${read(all)}`, readFound, LIST);
  return { users: inOrder(found), counted };
}

class WalkTooLong extends Error {}

const LIST = { list: true, prepared: false };
const Counted = z.object({ counted: z.number() });
const FoundRow = z.object({
  place: z.number().nullable(),
  /** Of a statement that counts as well. */
  counted: z.number().optional(),
});

type Found = { user: UserRow; place: number } | { user: null };

/** A user with the place in the order; without one, only what was counted is told. */
const readFound: Reader<Found & { counted?: number | undefined }> = (row) => {
  const { place, counted } = FoundRow.parse(row);
  return place === null ? { user: null, counted } : { user: UserRow.parse(row), place, counted };
};

/** A join may come in any order; sorted here it costs PostgreSQL no step of its own. */
function inOrder(found: readonly Found[]): UserRow[] {
  const rows = found.flatMap((one) => (one.user === null ? [] : [one]));
  return rows.sort((a, b) => a.place - b.place).map(({ user }) => user);
}

/** Whole users behind keys (columns "id" and "place"). */
function read(keys: Prisma.Sql): Prisma.Sql {
  return Prisma.sql`
    SELECT ${USER_SQL}, "key"."place"
    FROM ${keys} AS "key"
      JOIN "users" ON "users"."id" = "key"."id" JOIN "roles" ON "roles"."id" = "users"."role_id"`;
}

/** The first keys behind a position, by the index of the order. A stretch is only begun when the one before was short. */
function walk(page: UsersPage): Prisma.Sql {
  const column = columnSql(page.order.field);
  // The most that can be asked for is part of the text: what it is decides on the plan, which may be kept.
  const most = raw(page.take);
  const parts = stretches(page, column).map(
    (stretch, nth) => Prisma.sql`(
      SELECT "id", ${place(page, column)} + ${raw(nth * page.take)} AS "place"
        FROM "users" WHERE ${page.each ?? page.where} AND ${stretch} ORDER BY ${orderBy(page, column)} LIMIT ${most})`,
  );
  return parts.length === 1 && parts[0]
    ? parts[0]
    : Prisma.sql`(${Prisma.join(parts, " UNION ALL ")} LIMIT ${most})`;
}

/** Where a row stands in its order, from 1. */
function place(page: UsersPage, column: Prisma.Sql): Prisma.Sql {
  return Prisma.sql`(row_number() OVER (ORDER BY ${orderBy(page, column)}))::int`;
}

const raw = (number: number) => Prisma.raw(String(number));

/**
 * Everybody who matches. Where their number is a guess, MATERIALIZED keeps the LIMIT of whoever reads it from PostgreSQL's
 * choice of a plan, which is then made for all of them: by index. It still reads no more than it is asked for.
 */
function hits({ where, order, known = false }: UsersPage): Prisma.Sql {
  return Prisma.sql`"hits" AS ${Prisma.raw(known ? "NOT" : "")} MATERIALIZED (
    SELECT "id", ${columnSql(order.field)} AS "value" FROM "users" WHERE ${where})`;
}
const VALUE = Prisma.raw(`"value"`);

/**
 * The stretches of the order in which the users behind the position lie, each one range of one index: those
 * with a value, then those without.
 */
function stretches(
  { order, after, backward = false }: UsersPage,
  column: Prisma.Sql,
): Prisma.Sql[] {
  const past = Prisma.raw(order.descending !== backward ? "<" : ">");
  const nullable = order.field === "name" || order.field === "lastLoginAt";
  const without = Prisma.sql`${column} IS NULL`;
  if (after === undefined) {
    return nullable ? [Prisma.sql`${column} IS NOT NULL`, without] : [Prisma.sql`TRUE`];
  }
  if (after.value === null) {
    const others = Prisma.sql`(${without} AND "id" ${past} ${after.id}::uuid)`;
    return backward ? [others, Prisma.sql`${column} IS NOT NULL`] : [others];
  }
  const type = Prisma.raw(order.field === "email" || order.field === "name" ? "" : "::timestamptz");
  const behind = isUnique(order)
    ? Prisma.sql`${column} ${past} ${after.value}`
    : Prisma.sql`(${column}, "id") ${past} (${after.value}${type}, ${after.id}::uuid)`;
  return nullable && !backward ? [behind, without] : [behind];
}

/** The order of one stretch, and of several when it is sorted: the index has NULLS LAST in one direction only. */
function orderBy({ order, backward = false }: UsersPage, column: Prisma.Sql): Prisma.Sql {
  const way = Prisma.raw(order.descending !== backward ? "DESC" : "ASC");
  const last = Prisma.raw(column === VALUE ? `NULLS ${backward ? "FIRST" : "LAST"}` : "");
  return isUnique(order)
    ? Prisma.sql`${column} ${way} ${last}`
    : Prisma.sql`${column} ${way} ${last}, "id" ${way}`;
}

const isUnique = ({ field }: UserOrder) => field === "email";

function anyOf(conditions: Prisma.Sql[]): Prisma.Sql {
  return Prisma.join(conditions, " OR ", "(", ")");
}
