import type { z } from "zod";
import type { Broken } from "./use-fields";

/** Judges what was typed by rules of zod whose messages are the names of our rules; the first ones come first. */
export function brokenBy<Field extends string>(
  values: Record<Field, string>,
  ...rules: readonly z.ZodType[]
): Broken<Field> {
  const issues = rules.flatMap((each) => each.safeParse(values).error?.issues ?? []);
  const lastFirst = issues.reverse().map(({ path, message }) => [path[0], message]);
  return Object.fromEntries(lastFirst) as Broken<Field>;
}
