import { z } from "zod";
import { asciiAddress } from "@/lib/platform/ascii-address";
import { databaseNow } from "@/lib/platform/database-now";
import { daysAfter } from "@/lib/platform/days";
import type { Prisma } from "@/lib/platform/db";
import { literalLike, queryText } from "@/lib/platform/page";
import { plainLetters } from "./plain-letters";

/** Days without a sign-in after which a user counts as inactive. */
const INACTIVE_DAYS = 90;
/** From so many characters on a search looks inside e-mail and name, not only at how they begin. */
const SUBSTRING_MIN = 3;

/** Which users are meant, as in the address of the list: the same for page, API, bulk and export. */
export const UserFilter = z.object({
  search: queryText(200).optional(),
  role: queryText(64).optional(),
  status: z.enum(["active", "disabled", "invited"]).optional(),
  /** "never" has not signed in; "inactive" has, but not for INACTIVE_DAYS. */
  activity: z.enum(["never", "inactive"]).optional(),
});
export type UserFilter = z.output<typeof UserFilter>;

/** The rows a filter means. */
export function userFilterWhere(filter: UserFilter, now = databaseNow()): Prisma.UserWhereInput {
  const { search, role, status, activity } = filter;
  return {
    ...(search && searchWhere(search)),
    ...(role && { role: { slug: role } }),
    ...(status && { status: status.toUpperCase() as "ACTIVE" | "DISABLED" | "INVITED" }),
    ...(activity && {
      lastLoginAt: activity === "never" ? null : { lt: daysAfter(now, -INACTIVE_DAYS) },
    }),
  };
}

/**
 * Whose e-mail or name holds a text, in any case and with or without the marks on its letters. The columns are those
 * that `users` and `deleted_users` have in common.
 */
export function searchWhere(text: string, substringMin = SUBSTRING_MIN) {
  const holds = (part: string) => holdsPart(part, substringMin);
  const plain = holds(plainLetters(text));
  const address = asciiAddress(text);
  const asStored = address === text.toLowerCase() ? [] : [{ email: holds(address) }];
  return { OR: [{ email: plain }, { plainName: plain }, ...asStored] };
}

/** The text in any case: somewhere, or at the beginning when it is too short for the index of trigrams. */
function holdsPart(text: string, substringMin: number) {
  const literal = literalLike(text);
  const mode = "insensitive" as const;
  return [...text].length < substringMin
    ? { startsWith: literal, mode }
    : { contains: literal, mode };
}
