import { tell } from "@/lib/platform/ask";
import { databaseNow } from "@/lib/platform/database-now";
import { daysAfter } from "@/lib/platform/days";
import { Prisma } from "@/lib/platform/db";

const KEPT_DAYS = 30;

/** Removes links for several people that ended a month ago, with who has waited there since. @throws {DatabaseUnavailable} */
export async function purgeJoinLinks(now = databaseNow()): Promise<number> {
  const before = daysAfter(now, -KEPT_DAYS);
  return tell(Prisma.sql`
    DELETE FROM "join_links" WHERE least("revoked_at", "expires_at") < ${before}`);
}
