import { z } from "zod";
import { IMPORT_FIELDS } from "./limits";

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
