import { z } from "zod";
import { SORT_FIELDS } from "@/lib/users/list/find-users";
import { UserFilter } from "@/lib/users/list/user-filter";

const DEFAULT_SORT = "-createdAt";

/** Room for a saved view's search string in the database, in characters. */
const VIEW_QUERY_MAX = 500;

/** What a view keeps of the address of the list, in the order in which it is written. Not the page: it would age. */
const Kept = UserFilter.extend({
  sort: z.templateLiteral([z.enum(["", "-"]), z.enum(SORT_FIELDS)]).optional(),
});

/**
 * The canonical form of a search string of the list: known parameters only, each once, in one order, nothing
 * that is the default anyway. Null when a value is none that the list takes, or when it is too long to be kept.
 */
export function canonicalViewQuery(text: string): string | null {
  const given = new URLSearchParams(text);
  const names = Kept.keyof().options;
  const asked = names.flatMap((name) => {
    const value = given.get(name)?.trim();
    return value ? [[name, value]] : [];
  });
  const kept = Kept.safeParse(Object.fromEntries(asked));
  if (!kept.success) return null;
  const { sort, zone, ...filter } = kept.data;
  const { createdFrom, createdTo, lastLoginFrom, lastLoginTo } = filter;
  const hasDays = createdFrom || createdTo || lastLoginFrom || lastLoginTo;
  const said = { ...filter, zone: hasDays ? zone : "", sort: sort === DEFAULT_SORT ? "" : sort };
  const entries = Object.entries(said).flatMap(([name, value]) => (value ? [[name, value]] : []));
  const query = new URLSearchParams(entries).toString();
  return query.length <= VIEW_QUERY_MAX ? query : null;
}
