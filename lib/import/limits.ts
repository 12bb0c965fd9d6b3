/** What a column of an imported file can be read as. */
export const IMPORT_FIELDS = [
  "email",
  "name",
  "firstName",
  "lastName",
  "role",
  "status",
  "ignore",
] as const;
export type ImportField = (typeof IMPORT_FIELDS)[number];
