/** What a list has to be asked for besides: `include` of GET /v1/users. */
export const EXTRA_COLUMNS = ["secondFactor", "sessions", "createdBy"] as const;
export const COLUMNS = [
  ...(["role", "status", "lastLogin", "created", "number", "verified"] as const),
  ...EXTRA_COLUMNS,
] as const;
type Column = (typeof COLUMNS)[number];

/** How somebody likes the list, on this browser. */
export type ListPreference = {
  columns: readonly Column[];
  density: "comfortable" | "compact";
};

const USUAL: ListPreference = {
  columns: ["role", "status", "lastLogin", "created"],
  density: "comfortable",
};

/** The preference behind a cookie; whatever it does not say, or says wrong, is as usual. */
export function readPreference(cookie: string | undefined): ListPreference {
  const said = new URLSearchParams(cookie ?? "");
  const columns = said.get("columns")?.split(".");
  return {
    columns: columns ? COLUMNS.filter((column) => columns.includes(column)) : USUAL.columns,
    density: said.get("density") === "compact" ? "compact" : USUAL.density,
  };
}

/** The cookie's value for a preference. */
export function preferenceText({ columns, density }: ListPreference): string {
  return `columns=${columns.join(".")}&density=${density}`;
}
