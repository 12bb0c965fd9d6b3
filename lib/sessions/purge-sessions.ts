import { tell } from "@/lib/platform/ask";
import { Prisma } from "@/lib/platform/db";

/** How long a session is remembered after its time: the addresses that an account is known from come from there. */
const KEPT_DAYS = 90;
/** Far below what a statement may take. */
const AT_ONCE = 5_000;

/** Removes sessions that ran out 90 days ago, with their refresh tokens. @throws {DatabaseUnavailable} */
export async function purgeSessions(): Promise<number> {
  let removed = 0;
  for (;;) {
    const count = await tell(
      Prisma.sql`
        DELETE FROM "sessions" WHERE "id" IN (
          SELECT "id" FROM "sessions"
          WHERE "expires_at" < now() - make_interval(days => ${KEPT_DAYS}::int) LIMIT ${AT_ONCE}
        )`,
    );
    removed += count;
    if (count < AT_ONCE) return removed;
  }
}
