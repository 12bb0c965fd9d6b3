import { Prisma } from "@/lib/platform/db";

/**
 * A condition on users as SQL on the table `users`, for the statements that Prisma cannot write well: it sorts
 * what it counts, and cannot compare rows. Knows the part of Prisma's language in which `userFilterWhere` and
 * `userScope` speak, so that a filter is still written down once.
 *
 * @throws {Error} at anything else: a condition that is not understood must not be left out
 */
export function userWhereSql(where: Prisma.UserWhereInput): Prisma.Sql {
  const conditions = Object.entries(where).flatMap(([key, value]) =>
    value === undefined ? [] : [condition(key, value)],
  );
  return all(conditions);
}

function all(conditions: Prisma.Sql[]): Prisma.Sql {
  return conditions.length === 0 ? Prisma.sql`TRUE` : Prisma.join(conditions, " AND ", "(", ")");
}

function any(conditions: Prisma.Sql[]): Prisma.Sql {
  return conditions.length === 0 ? Prisma.sql`FALSE` : Prisma.join(conditions, " OR ", "(", ")");
}

function condition(key: string, value: unknown): Prisma.Sql {
  const inner = () => [value as Prisma.UserWhereInput].flat().map(userWhereSql);
  if (key === "AND") return all(inner());
  if (key === "OR") return any(inner());
  if (key === "role") {
    const { slug, ...rest } = value as { slug?: unknown };
    if (typeof slug !== "string" || Object.keys(rest).length > 0) return unknown(key, value);
    return Prisma.sql`"role_id" = (SELECT "id" FROM "roles" WHERE "slug" = ${slug})`;
  }
  if (key === "metadata") {
    const { path, equals, ...rest } = value as { path?: string[]; equals?: unknown };
    if (path === undefined || Object.keys(rest).length > 0) return unknown(key, value);
    return Prisma.sql`"metadata" #> ${path}::text[] = ${JSON.stringify(equals)}::jsonb`;
  }
  if (!Object.hasOwn(Prisma.UserScalarFieldEnum, key)) return unknown(key, value);
  const isOperators = typeof value === "object" && value !== null && !(value instanceof Date);
  const { mode, ...operators } = isOperators
    ? (value as Record<string, unknown>)
    : { equals: value, mode: undefined };
  return all(
    Object.entries(operators).map(([operator, operand]) =>
      comparison(key, operator, operand, mode === "insensitive"),
    ),
  );
}

function comparison(field: string, operator: string, value: unknown, insensitive: boolean) {
  const column = userColumnSql(field);
  const like = Prisma.raw(insensitive ? "ILIKE" : "LIKE");
  switch (operator) {
    case "equals":
      return value === null
        ? Prisma.sql`${column} IS NULL`
        : Prisma.sql`${column} = ${typed(field, value)}`;
    case "not":
      return value === null ? Prisma.sql`${column} IS NOT NULL` : unknown(field, { not: value });
    case "in":
      return any((value as unknown[]).map((one) => Prisma.sql`${column} = ${typed(field, one)}`));
    case "lt":
      return Prisma.sql`${column} < ${typed(field, value)}`;
    case "gt":
      return Prisma.sql`${column} > ${typed(field, value)}`;
    case "contains":
      return Prisma.sql`${column} ${like} ${`%${value}%`}`;
    case "startsWith":
      return Prisma.sql`${column} ${like} ${`${value}%`}`;
    default:
      return unknown(field, { [operator]: value });
  }
}

/** The column of a field: the same in snake case, as everywhere in prisma/schema.prisma. */
export function userColumnSql(field: string): Prisma.Sql {
  return Prisma.raw(`"${field.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)}"`);
}

function typed(field: string, value: unknown): Prisma.Sql {
  if (field === "status") return Prisma.sql`${String(value).toLowerCase()}::"user_status"`;
  if (field === "id" || field === "roleId") return Prisma.sql`${value}::uuid`;
  return value instanceof Date ? Prisma.sql`${value}::timestamptz` : Prisma.sql`${value}`;
}

function unknown(key: string, value: unknown): never {
  throw new Error(`No SQL for the condition ${key}: ${JSON.stringify(value)}`);
}
