import { Prisma, type Tx } from "@/lib/platform/db";
import { statementTime, wasCut } from "@/lib/platform/statement-time";
import { columnSql } from "@/lib/rows/where-sql";

/** A list is counted up to here and no further. */
export const COUNT_CAP = 10_000;
/** How long a search with more hits than that looks for a page of them in the order of the list. */
const WALK_TIMEOUT_MS = 200;

export const SORT_FIELDS = ["createdAt", "email", "name", "lastLoginAt"] as const;
export type SortField = (typeof SORT_FIELDS)[number];

/** Those without a value come last in both directions; ids break ties, in the same direction. */
export type UserOrder = { field: SortField; descending: boolean };
/** What the order is made of: enough to find a user, and to continue behind one. */
type UserKey = { id: string; value: string | Date | null };
type KeysPage = {
  where: Prisma.Sql;
  order: UserOrder;
  /** The last key of the page before. */
  after: UserKey | undefined;
  take: number;
};
/** `counted` is at most COUNT_CAP + 1. */
type FoundKeys = { keys: UserKey[]; counted: number };

/** A page of a list that is filtered by columns; the index of its order holds those as well. */
export async function browseUsers(tx: Tx, page: KeysPage): Promise<FoundKeys> {
  const [count] = await tx.$queryRaw<{ counted: number }[]>`
    SELECT count(*)::int AS "counted"
      FROM (SELECT FROM "users" WHERE ${page.where} LIMIT ${COUNT_CAP + 1}) AS "some"`;
  return { keys: await walk(tx, page), counted: count?.counted ?? 0 };
}

/**
 * A page of a search. There are two ways to it: walk along the order and keep what matches, or gather what
 * matches and sort it. PostgreSQL guesses how often a text occurs and cannot know where: it would walk past a
 * million users for those of a company who all came in one import. So they are gathered, up to the most that is
 * counted, in a time that depends only on how many match. If there are more, a walk mostly meets a page of them
 * soon; when it does not, all of them are gathered after all.
 */
export async function searchUsers(
  tx: Tx,
  page: KeysPage,
  walkTimeoutMs = WALK_TIMEOUT_MS,
): Promise<FoundKeys> {
  const gathered = await tx.$queryRaw<{ counted: number; id: string | null; value: null }[]>`
    WITH ${hits(page)},
      "some" AS MATERIALIZED (SELECT * FROM "hits" LIMIT ${COUNT_CAP + 1}),
      "count" AS (SELECT count(*)::int AS "counted" FROM "some")
    SELECT "counted", "id", "value" FROM "count"
      LEFT JOIN "some" ON "counted" <= ${COUNT_CAP} AND ${anyOf(stretches(page, VALUE))}
      ORDER BY ${orderBy(page, VALUE)} LIMIT ${page.take}`;
  const counted = gathered[0]?.counted ?? 0;
  if (counted <= COUNT_CAP) {
    const keys = gathered.flatMap(({ id, value }) => (id === null ? [] : [{ id, value }]));
    return { keys, counted };
  }
  await tx.$executeRaw`SAVEPOINT "before_walk"`;
  try {
    await tx.$queryRaw`SELECT ${statementTime(walkTimeoutMs)}`;
    return { keys: await walk(tx, page), counted };
  } catch (error) {
    if (!wasCut(error)) throw error;
  } finally {
    await tx.$executeRaw`ROLLBACK TO SAVEPOINT "before_walk"`; // gives the time back as well
  }
  const keys = await tx.$queryRaw<UserKey[]>`
    WITH ${hits(page)}
    SELECT "id", "value" FROM "hits" WHERE ${anyOf(stretches(page, VALUE))}
      ORDER BY ${orderBy(page, VALUE)} LIMIT ${page.take}`;
  return { keys, counted };
}

/** The first keys behind a position, by the index of the order. */
async function walk(tx: Tx, page: KeysPage): Promise<UserKey[]> {
  const column = columnSql(page.order.field);
  const keys: UserKey[] = [];
  for (const stretch of stretches(page, column)) {
    const found = await tx.$queryRaw<UserKey[]>`
      SELECT "id", ${column} AS "value" FROM "users" WHERE ${page.where} AND ${stretch}
        ORDER BY ${orderBy(page, column)} LIMIT ${page.take - keys.length}`;
    keys.push(...found);
    if (keys.length === page.take) break;
  }
  return keys;
}

/**
 * Everybody who matches. MATERIALIZED keeps the LIMIT of whoever reads it from PostgreSQL's choice of a plan,
 * which is then made for all of them: by index. It still reads no more than it is asked for.
 */
function hits({ where, order }: KeysPage): Prisma.Sql {
  return Prisma.sql`"hits" AS MATERIALIZED (
    SELECT "id", ${columnSql(order.field)} AS "value" FROM "users" WHERE ${where})`;
}
const VALUE = Prisma.raw(`"value"`);

/**
 * The stretches of the order in which the users behind the position lie, each one range of one index: those
 * with a value, then those without.
 */
function stretches({ order, after }: KeysPage, column: Prisma.Sql): Prisma.Sql[] {
  const past = Prisma.raw(order.descending ? "<" : ">");
  const nullable = order.field === "name" || order.field === "lastLoginAt";
  const without = Prisma.sql`${column} IS NULL`;
  if (after === undefined) {
    return nullable ? [Prisma.sql`${column} IS NOT NULL`, without] : [Prisma.sql`TRUE`];
  }
  if (after.value === null) return [Prisma.sql`(${without} AND "id" ${past} ${after.id}::uuid)`];
  const type = Prisma.raw(order.field === "email" || order.field === "name" ? "" : "::timestamptz");
  const behind = isUnique(order)
    ? Prisma.sql`${column} ${past} ${after.value}`
    : Prisma.sql`(${column}, "id") ${past} (${after.value}${type}, ${after.id}::uuid)`;
  return nullable ? [behind, without] : [behind];
}

/** The order of one stretch, and of several when it is sorted: the index has NULLS LAST in one direction only. */
function orderBy({ order }: KeysPage, column: Prisma.Sql): Prisma.Sql {
  const way = Prisma.raw(order.descending ? "DESC" : "ASC");
  const last = Prisma.raw(column === VALUE ? "NULLS LAST" : "");
  return isUnique(order)
    ? Prisma.sql`${column} ${way} ${last}`
    : Prisma.sql`${column} ${way} ${last}, "id" ${way}`;
}

const isUnique = ({ field }: UserOrder) => field === "email";

function anyOf(conditions: Prisma.Sql[]): Prisma.Sql {
  return Prisma.join(conditions, " OR ", "(", ")");
}
