/** What the address of the list says; an empty text is nothing. The server checks the values, not this. */
export type ListQuery = Record<Param | "cursor", string>;

/** What says which users are meant: UserFilter of lib/users, by name. */
export const FILTERS = ["search", "role", "status", "activity"] as const;
/** What a view keeps, in the canonical order of lib/saved-views/view-query.ts. */
const PARAMS = [...FILTERS, "sort"] as const;
type Param = (typeof PARAMS)[number];

export const DEFAULT_SORT = "-createdAt";
export const EMPTY_QUERY: ListQuery = {
  search: "",
  role: "",
  status: "",
  activity: "",
  sort: DEFAULT_SORT,
  cursor: "",
};

function text(query: ListQuery, names: readonly (keyof ListQuery)[]): string {
  const said = names.flatMap((name) => {
    const value = query[name].trim();
    return value === EMPTY_QUERY[name] ? [] : [[name, value]];
  });
  return new URLSearchParams(said).toString();
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

/** The address of the list with some things changed; it begins at the first page unless a cursor is given. */
export function listHref(query: ListQuery, changes: Partial<ListQuery> = {}): string {
  const search = text({ ...query, cursor: "", ...changes }, [...PARAMS, "cursor"]);
  return search === "" ? "/users" : `/users?${search}`;
}
