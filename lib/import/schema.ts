import { z } from "zod";

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

/** Columns that a file may have at most. */
export const IMPORT_MAX_COLUMNS = 256;

/** As what the columns of a file are to be read, from left to right: "email,,firstName,lastName". */
export const ImportMapping = z
  .string()
  .max(4_000)
  .transform((text) => text.split(",").map((field) => field.trim() || "ignore"))
  .pipe(z.array(z.enum(IMPORT_FIELDS)).max(IMPORT_MAX_COLUMNS))
  .refine((fields) => {
    const used = fields.filter((field) => field !== "ignore");
    return used.includes("email") && new Set(used).size === used.length;
  });
