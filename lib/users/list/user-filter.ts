import { z } from "zod";
import { WITH_FACTOR, WITHOUT_FACTOR } from "@/lib/factors/take-second-factor";
import { asciiAddress } from "@/lib/platform/ascii-address";
import { databaseNow } from "@/lib/platform/database-now";
import { daysAfter } from "@/lib/platform/days";
import { Prisma } from "@/lib/platform/db";
import { literalLike, queryText } from "@/lib/platform/page";
import { DayOrInstant, periodWhere } from "@/lib/platform/period";
import { isZone } from "@/lib/platform/zone";
import { whereSql } from "@/lib/rows/where-sql";
import { anyOf } from "./any-of";
import { plainLetters } from "./plain-letters";

/** Days without a sign-in after which a user counts as inactive. */
const INACTIVE_DAYS = 90;
/** From so many characters on a search looks inside e-mail and name, not only at how they begin. */
const SUBSTRING_MIN = 3;

/** What stands behind the @ of an address, as it is stored; the @ may be there. */
const Domain = queryText(255)
  .transform((text) => asciiAddress(`@${text.replace(/^@/, "")}`).slice(1))
  .pipe(z.string().regex(/^[a-z0-9.-]+$/));

/** Which users are meant, as in the address of the list: the same for page, API, bulk and export. */
export const UserFilter = z.object({
  search: queryText(200).optional(),
  /** Slugs. */
  role: anyOf(queryText(64)).optional(),
  status: anyOf(z.enum(["active", "disabled", "invited"])).optional(),
  /** "never" has not signed in; "inactive" has, but not for INACTIVE_DAYS. */
  activity: z.enum(["never", "inactive"]).optional(),
  /** Of their addresses, without those below it. */
  domain: anyOf(Domain).optional(),
  /** Whether they have an authenticator app or a passkey. */
  secondFactor: z.enum(["yes", "no"]).optional(),
  /** The first day or instant; the last day, all of it, or the instant before which. */
  createdFrom: DayOrInstant.optional(),
  createdTo: DayOrInstant.optional(),
  lastLoginFrom: DayOrInstant.optional(),
  lastLoginTo: DayOrInstant.optional(),
  /** Where those days begin and end; otherwise in UTC. */
  zone: z.string().max(64).refine(isZone).optional(),
});
export type UserFilter = z.output<typeof UserFilter>;

/** The rows a filter means. */
export function userFilterWhere(filter: UserFilter, now = databaseNow()): Prisma.UserWhereInput {
  const { role, secondFactor } = filter;
  const roles = role?.split(",") ?? [];
  return {
    AND: [
      columnsWhere(filter, now),
      roles.length > 0 ? { role: { slug: { in: roles } } } : {},
      secondFactor === "yes" ? HAS_FACTOR : secondFactor === "no" ? { NOT: HAS_FACTOR } : {},
    ],
  };
}

/**
 * The same in SQL, on the table `users`. PostgreSQL knows how many have each `role_id`, and nothing of how many a join
 * with a slug would leave.
 *
 * @param roleIds of the filter's roles
 * @returns `where` to gather them, from their factors where these are asked for; `each` to judge one after the other
 */
export function userFilterSql(
  filter: UserFilter,
  roleIds: readonly string[],
  scope = Prisma.sql`TRUE`,
  now = databaseNow(),
): { where: Prisma.Sql; each: Prisma.Sql } {
  const { role, secondFactor } = filter;
  const columns = whereSql("User", {
    AND: [columnsWhere(filter, now), role ? { roleId: { in: [...roleIds] } } : {}],
  });
  const where = Prisma.sql`${scope} AND ${columns}`;
  if (secondFactor === undefined) return { where, each: where };
  const without = Prisma.sql`${where} AND ${WITHOUT_FACTOR}`;
  if (secondFactor === "no") return { where: without, each: without };
  return {
    where: Prisma.sql`${where} AND ${WITH_FACTOR}`,
    each: Prisma.sql`${where} AND NOT ${WITHOUT_FACTOR}`,
  };
}

const HAS_FACTOR = {
  OR: [{ passkeys: { some: {} } }, { totp: { is: { confirmedAt: { not: null } } } }],
} satisfies Prisma.UserWhereInput;

/** What a filter asks of the columns of `users`. */
function columnsWhere(filter: UserFilter, now: Date): Prisma.UserWhereInput {
  const { search, status, activity, domain, zone = "UTC" } = filter;
  const created = periodWhere(filter.createdFrom, filter.createdTo, zone);
  const signedIn = periodWhere(filter.lastLoginFrom, filter.lastLoginTo, zone);
  return {
    AND: [
      search ? searchWhere(search) : {},
      status ? { status: { in: status.split(",").map(stored) } } : {},
      activity
        ? { lastLoginAt: activity === "never" ? null : { lt: daysAfter(now, -INACTIVE_DAYS) } }
        : {},
      domain ? { OR: domain.split(",").map(inDomain) } : {},
      created ? { createdAt: created } : {},
      signedIn ? { lastLoginAt: signedIn } : {},
    ],
  };
}

const stored = (status: string) => status.toUpperCase() as "ACTIVE" | "DISABLED" | "INVITED";
const inDomain = (domain: string) => ({ email: { endsWith: literalLike(`@${domain}`) } });

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
