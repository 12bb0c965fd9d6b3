import { z } from "zod";
import { Instant } from "./bounds";

/** `limit` of a page as sent in a query or given by code: 1 to 100, 50 when absent. */
const PageLimit = z
  .union([
    z.number(),
    z
      .string()
      .regex(/^\d{1,3}$/)
      .transform(Number),
  ])
  .pipe(z.number().int().min(1).max(100))
  .default(50)
  .meta({
    description: "How many to a page.",
    // A query is text, whatever is meant by it.
    override: ({ jsonSchema }: { jsonSchema: object }) => {
      for (const key of Object.keys(jsonSchema)) Reflect.deleteProperty(jsonSchema, key);
      Object.assign(jsonSchema, { type: "integer", minimum: 1, maximum: 100, default: 50 });
    },
  });

/** What the query of every list has. @param longest a cursor of this list, in characters */
export const pageFields = (longest: number) => ({
  limit: PageLimit,
  cursor: z.string().max(longest).optional(),
});

/** A query that is not as its schema says: the first field that is not, and all of them as issues. */
export type InvalidQuery = {
  kind: "invalid";
  field: string;
  issues: { field: string; rule: "invalid" }[];
};

export function invalidQuery(field: string, ...more: string[]): InvalidQuery {
  const issues = [field, ...more].map((each) => ({ field: each, rule: "invalid" as const }));
  return { kind: "invalid", field, issues };
}

/** What `schema` makes of what a client sent. @param whole what to name when no field of it is to blame */
export function readQuery<Query>(
  schema: z.ZodType<Query>,
  input: unknown,
  whole = "query",
): { kind: "read"; asked: Query } | InvalidQuery {
  const parsed = schema.safeParse(input);
  if (parsed.success) return { kind: "read", asked: parsed.data };
  const [first = whole, ...more] = parsed.error.issues.map(({ path }) => String(path[0] ?? whole));
  return invalidQuery(first, ...more);
}

/**
 * One page of a list by keyset, as quick on the last page as on the first: what its query asks for.
 *
 * @param schema has `pageFields`
 * @param position what a cursor of this list holds; nothing that its holder has not just been shown
 */
export function readPage<Query extends { limit: number; cursor?: string | undefined }, Position>(
  schema: z.ZodType<Query>,
  position: z.ZodType<Position>,
  input: unknown,
) {
  const read = readQuery(schema, input);
  if (read.kind === "invalid") return read;
  const { limit, cursor } = read.asked;
  const after = cursor === undefined ? undefined : decoded(position, cursor);
  if (after === null) return invalidQuery("cursor");
  return {
    kind: "page" as const,
    asked: read.asked,
    /** Where the page before ended. */
    after,
    /** One more than is shown: it tells whether there is another page. */
    take: limit + 1,
    /** Of the rows that were taken, those to show and the cursor that continues behind them. */
    cut: <Row>(
      rows: readonly Row[],
      positionOf: (row: Row) => { [Key in keyof Position]: Position[Key] | Date },
    ) => {
      const shown = rows.slice(0, limit);
      const last = shown.at(-1);
      const more = rows.length > limit && last !== undefined;
      return { shown, nextCursor: more ? encoded(positionOf(last)) : null };
    },
  };
}

function encoded(position: unknown): string {
  return Buffer.from(JSON.stringify(position)).toString("base64url");
}

/** The position behind a cursor, or null when it is not one that `schema` knows. */
function decoded<T>(schema: z.ZodType<T>, cursor: string): T | null {
  try {
    const position: unknown = JSON.parse(Buffer.from(cursor, "base64url").toString("utf8"));
    return schema.safeParse(position).data ?? null;
  } catch {
    return null; // not JSON: not one of ours
  }
}

/** The order of a list by the time in a column, latest first; ids break ties. */
export function latestFirst<Time extends string>(time: Time) {
  type Where = { [Key in Time]: Date | { lt: Date } } & { id?: { lt: string } };
  const Position = z.object({ at: Instant, id: z.guid() });
  return {
    Position,
    /** The rows behind a position. */
    behind: (after: z.output<typeof Position> | undefined): { OR?: Where[] } => {
      if (after === undefined) return {};
      const at = new Date(after.at);
      return { OR: [{ [time]: { lt: at } }, { [time]: at, id: { lt: after.id } }] as Where[] };
    },
    orderBy: [{ [time]: "desc" } as { [Key in Time]: "desc" }, { id: "desc" as const }],
    positionOf: (row: { [Key in Time]: Date } & { id: string }) => ({ at: row[time], id: row.id }),
  };
}

/** Every row of a list, a piece at a time as it is asked for. @param read the next `size` behind a row */
export async function* pieces<Row>(
  size: number,
  read: (last: Row | undefined) => Promise<Row[]>,
): AsyncGenerator<Row[]> {
  for (let last: Row | undefined; ; ) {
    const rows = await read(last);
    if (rows.length > 0) yield rows;
    if (rows.length < size) return;
    last = rows.at(-1);
  }
}
