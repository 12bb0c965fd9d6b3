import { kindOf, relationsOf } from "@/lib/access/conditions";
import { Prisma } from "@/lib/platform/db";
import type { RowSubject, Where } from "./scope-of";

/**
 * A condition on the rows of a subject as SQL on its table, for the statements that Prisma cannot write well: it
 * sorts what it counts, and cannot compare rows. Knows the part of Prisma's language in which `scopeOf` and filters
 * speak, so that a condition is still written down once.
 *
 * @throws {Error} at anything else: a condition that is not understood must not be left out
 */
export function whereSql<S extends RowSubject>(subject: S, where: Where<S>): Prisma.Sql {
  const conditions = Object.entries(where).flatMap(([key, value]) =>
    value === undefined ? [] : [condition(subject, key, value)],
  );
  return all(conditions);
}

function all(conditions: Prisma.Sql[]): Prisma.Sql {
  return conditions.length === 0 ? Prisma.sql`TRUE` : Prisma.join(conditions, " AND ", "(", ")");
}

function any(conditions: Prisma.Sql[]): Prisma.Sql {
  return conditions.length === 0 ? Prisma.sql`FALSE` : Prisma.join(conditions, " OR ", "(", ")");
}

function condition(subject: RowSubject, key: string, value: unknown): Prisma.Sql {
  if (key === "AND" || key === "OR") {
    const inner = [value as Where<typeof subject>].flat().map((one) => whereSql(subject, one));
    return key === "AND" ? all(inner) : any(inner);
  }
  if (subject === "User" && key === "sessions") return ownSession(value as object);
  const table = relationsOf(subject)[key];
  if (table !== undefined) return relation(subject, key, table, value as object);
  return scalar(subject, key, value);
}

/** A model whose columns conditions speak of. */
type Model = RowSubject | "Session";

function scalar(model: Model, key: string, value: unknown): Prisma.Sql {
  if (!Object.hasOwn(Prisma[`${model}ScalarFieldEnum`], key)) return unknown(key, value);
  if (typeof value !== "object" || value === null || value instanceof Date) {
    return comparison(model, key, "equals", value, false);
  }
  const { mode, ...operators } = value as Record<string, unknown>;
  const { path, equals, ...rest } = operators;
  if (Array.isArray(path) && equals !== undefined && Object.keys(rest).length === 0) {
    return Prisma.sql`${columnSql(key)} #> ${path}::text[] = ${JSON.stringify(equals)}::jsonb`;
  }
  return all(
    Object.entries(operators).map(([operator, operand]) =>
      comparison(model, key, operator, operand, mode === "insensitive"),
    ),
  );
}

/** That a user has a session of some kind. */
function ownSession({ some, ...others }: { some?: object }): Prisma.Sql {
  if (some === undefined || Object.keys(others).length > 0) return unknown("sessions", others);
  const conditions = Object.entries(some).map(([key, value]) => scalar("Session", key, value));
  return Prisma.sql`EXISTS (
    SELECT FROM "sessions" WHERE "sessions"."user_id" = "users"."id" AND ${all(conditions)})`;
}

/** The row that another one names, by one of the fields that conditions may ask for; it is unique there. */
function relation(subject: RowSubject, name: string, table: string, value: object): Prisma.Sql {
  const [field = "", ...others] = Object.keys(value);
  const asked = Object.values(value)[0];
  const known = kindOf(subject, `${name}.${field}`) !== null && typeof asked !== "object";
  if (!known || others.length > 0) return unknown(name, value);
  return Prisma.sql`${columnSql(`${name}Id`)} =
    (SELECT "id" FROM ${Prisma.raw(`"${table}"`)} WHERE ${columnSql(field)} = ${asked})`;
}

function comparison(
  model: Model,
  field: string,
  operator: string,
  value: unknown,
  insensitive: boolean,
): Prisma.Sql {
  const column = columnSql(field);
  const like = Prisma.raw(insensitive ? "ILIKE" : "LIKE");
  // PostgreSQL knows the words of an enum as everybody else does, not by their names in prisma/schema.prisma.
  const isOption = model !== "Session" && Array.isArray(kindOf(model, field));
  const stored = (one: unknown) => (isOption ? String(one).toLowerCase() : one);
  switch (operator) {
    case "equals":
      return value === null
        ? Prisma.sql`${column} IS NULL`
        : Prisma.sql`${column} = ${stored(value)}`;
    case "not":
      return value === null
        ? Prisma.sql`${column} IS NOT NULL`
        : Prisma.sql`${column} <> ${stored(value)}`;
    case "in":
      return oneOf(column, (value as unknown[]).map(stored));
    case "lt":
      return Prisma.sql`${column} < ${value}`;
    case "gte":
      return Prisma.sql`${column} >= ${value}`;
    case "gt":
      return Prisma.sql`${column} > ${value}`;
    case "contains":
      return Prisma.sql`${column} ${like} ${`%${value}%`}`;
    case "startsWith":
      return Prisma.sql`${column} ${like} ${`${value}%`}`;
    case "endsWith":
      return Prisma.sql`${column} ${like} ${`%${value}`}`;
    default:
      return unknown(field, { [operator]: value });
  }
}

/** As one condition on the column, which an index can begin with or pass over; several with OR it could not. */
function oneOf(column: Prisma.Sql, values: unknown[]): Prisma.Sql {
  if (values.length < 2) return any(values.map((one) => Prisma.sql`${column} = ${one}`));
  return Prisma.sql`${column} IN (${Prisma.join(values)})`;
}

/** The column of a field: the same in snake case, as everywhere in prisma/schema.prisma. */
export function columnSql(field: string): Prisma.Sql {
  return Prisma.raw(`"${field.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)}"`);
}

function unknown(key: string, value: unknown): never {
  throw new Error(`No SQL for the condition ${key}: ${JSON.stringify(value)}`);
}
