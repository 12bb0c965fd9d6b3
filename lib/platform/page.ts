import { z } from "zod";
import type { Reply } from "@/lib/platform/http/endpoint";

/** `limit` of a page as sent in a query or given by code: 1 to 100, 50 when absent. */
export const PageLimit = z
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

/** Free text of a query: at most `max` characters, none of them NUL, which PostgreSQL cannot hold. */
export const queryText = (max: number) =>
  z
    .string()
    .trim()
    .max(max)
    .refine((value) => !value.includes("\0"));

/** The query of a request. What is given twice is an array, so that a schema of single values refuses it. */
export function queryOf(request: Request): Record<string, string | string[]> {
  const { searchParams } = new URL(request.url);
  return Object.fromEntries(
    [...searchParams.keys()].map((name) => {
      const values = searchParams.getAll(name);
      return [name, values.length > 1 ? values : (values[0] ?? "")];
    }),
  );
}

/** An opaque cursor. It carries nothing that its holder has not just been shown. */
export function encodeCursor(position: unknown): string {
  return Buffer.from(JSON.stringify(position)).toString("base64url");
}

/** The position behind a cursor, or null when it is not one that `schema` knows. */
export function decodeCursor<T>(schema: z.ZodType<T>, cursor: string): T | null {
  try {
    const decoded: unknown = JSON.parse(Buffer.from(cursor, "base64url").toString("utf8"));
    return schema.safeParse(decoded).data ?? null;
  } catch {
    return null; // not JSON: not one of ours
  }
}

/** Escapes what LIKE takes for a pattern, so that `%`, `_` and `\` mean themselves. */
export function literalLike(text: string): string {
  return text.replace(/[\\%_]/g, "\\$&");
}

/** One page of a list in the native API; `more` stands beside it in the body. */
export function pageReply<Item>(
  request: Request,
  data: Item[],
  nextCursor: string | null,
  more: Record<string, unknown> = {},
): Reply {
  const body = { data, nextCursor, ...more };
  return { status: 200, body, headers: pageLinks(request, nextCursor) };
}

/**
 * The `Link` header of one page of a list (RFC 8288): the first page and, where there is one, the next. Relative
 * references, so that no host header ever gets into a link.
 */
function pageLinks(request: Request, nextCursor: string | null): { Link: string } {
  const { pathname, searchParams } = new URL(request.url);
  const link = (relation: string, cursor: string | null) => {
    const query = new URLSearchParams(searchParams);
    query.delete("cursor");
    if (cursor !== null) query.set("cursor", cursor);
    const text = query.toString();
    return `<${pathname}${text && `?${text}`}>; rel="${relation}"`;
  };
  const links = [link("first", null), ...(nextCursor === null ? [] : [link("next", nextCursor)])];
  return { Link: links.join(", ") };
}
