import { z } from "zod";
import type { Reply } from "@/lib/platform/http/endpoint";

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
