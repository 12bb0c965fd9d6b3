/** What the address of the list says; an empty text is nothing. The server checks the values, not this. */
export type ListQuery = Record<Param | "cursor" | "from", string>;

/** Days on the calendar of `zone`. */
export const DAYS = ["createdFrom", "createdTo", "lastLoginFrom", "lastLoginTo"] as const;
/** What says which users are meant: UserFilter of lib/users, by name. */
export const FILTERS = [
  ...(["search", "role", "status", "activity", "domain", "secondFactor"] as const),
  ...DAYS,
  "zone",
] as const;
/** Of which there may be several, with commas between. */
export const SEVERAL = ["role", "status", "domain"] as const;
/** What a view keeps, in the canonical order of lib/saved-views/view-query.ts. */
const PARAMS = [...FILTERS, "sort"] as const;
type Param = (typeof PARAMS)[number];

export const DEFAULT_SORT = "-createdAt";
export const EMPTY_QUERY: ListQuery = {
  search: "",
  role: "",
  status: "",
  activity: "",
  domain: "",
  secondFactor: "",
  createdFrom: "",
  createdTo: "",
  lastLoginFrom: "",
  lastLoginTo: "",
  zone: "",
  sort: DEFAULT_SORT,
  cursor: "",
  from: "",
};

function text(query: ListQuery, names: readonly (keyof ListQuery)[]): string {
  const hasDays = DAYS.some((name) => query[name] !== "");
  const said = names.flatMap((name) => {
    const value = query[name].trim();
    return value === EMPTY_QUERY[name] || (name === "zone" && !hasDays) ? [] : [[name, value]];
  });
  return new URLSearchParams(said).toString();
}

/** The values of a filter that may have several. */
export const valuesOf = (text: string) => text.split(",").filter((value) => value !== "");

/** The same filter with one value more, or without it. */
export function toggled(text: string, value: string): string {
  const values = valuesOf(text);
  return values.includes(value)
    ? values.filter((one) => one !== value).join(",")
    : [...values, value].sort().join(",");
}

/** Which users are meant, as a search string without "?": for bulk actions and the export. */
export const filterText = (query: ListQuery) => text(query, FILTERS);

/** Filter and order, as a search string without "?": what a view keeps. */
export const viewText = (query: ListQuery) => text(query, PARAMS);

/** The view behind a search string. */
export function viewQuery(search: string): ListQuery {
  const given = new URLSearchParams(search);
  const said = PARAMS.map((name) => [name, given.get(name) ?? EMPTY_QUERY[name]]);
  return { ...EMPTY_QUERY, ...Object.fromEntries(said) };
}

/**
 * Which of the list are on the page, counted from 1. A cursor does not say how many stand before it: the address does,
 * in `from`, which is only shown. Whatever cannot be true is as good as none.
 *
 * @returns null for a page without rows, or whose place nobody knows
 */
export function placeOf(
  { cursor, from }: ListQuery,
  shown: number,
  total: { value: number; exact: boolean },
): { first: number; last: number } | null {
  const first = cursor === "" ? 1 : /^[1-9]\d{0,8}$/.test(from) ? Number(from) : 0;
  const last = first + shown - 1;
  if (shown === 0 || first === 0 || (cursor !== "" && first === 1)) return null;
  return total.exact && last > total.value ? null : { first, last };
}

/** The address of the list with some things changed; it begins at the first page unless a cursor is given. */
export function listHref(query: ListQuery, changes: Partial<ListQuery> = {}): string {
  const search = text({ ...query, cursor: "", from: "", ...changes }, [
    ...PARAMS,
    "cursor",
    "from",
  ]);
  return search === "" ? "/users" : `/users?${search}`;
}
