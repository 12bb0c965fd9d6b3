import { z } from "zod";
import { queryText } from "@/lib/platform/page";

/** So many values at once, and so many characters of them. */
const MOST = 20;
const LONGEST = 400;

/**
 * One value, or several of which any may hold: separated by commas, or the parameter given again. Read as one text, each
 * value once, in alphabetical order, with commas between; an empty one is no value.
 */
export function anyOf(value: z.ZodType<string, string>) {
  const given = queryText(LONGEST);
  return z
    .union([given, z.array(given).max(MOST)])
    .transform((texts, context) => {
      const parts = [texts].flat().flatMap((text) => text.split(","));
      const read = z
        .array(value)
        .max(MOST)
        .safeParse(parts.map((part) => part.trim()).filter((part) => part !== ""));
      if (read.success) return [...new Set(read.data)].sort().join(",");
      context.addIssue({ code: "custom", message: "invalid" });
      return z.NEVER;
    })
    .pipe(z.string())
    .meta({ description: "One, or several of which any may hold: with commas, or given again." });
}
