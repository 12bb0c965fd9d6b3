import { z } from "zod";
import { WITH_FACTOR } from "@/lib/factors/take-second-factor";
import { ask } from "@/lib/platform/ask";
import { databaseNow } from "@/lib/platform/database-now";
import { Prisma } from "@/lib/platform/db";
import { processWide } from "@/lib/platform/process-wide";
import { EXPIRING_DAYS, RoleFigures, SHOWN_DAYS } from "./statistics-view";

const Counted = z.object({
  byStatus: z.array(
    z.object({ status: z.enum(["active", "invited", "disabled"]), users: z.int() }),
  ),
  byRole: z.array(RoleFigures),
  /** Those on which somebody came or went. */
  days: z.array(z.object({ day: z.iso.date(), added: z.int(), removed: z.int() })),
  expiringInvitations: z.int(),
  joinRequests: z.int(),
  /** Of the database, without what it took to be connected with it. */
  tookMs: z.number(),
});

/** Users as they were counted at `asOf`. */
export type UserCounts = z.output<typeof Counted> & { asOf: Date };

/**
 * What is counted sooner is counted for each look. Who would wait longer is told the last count while the next one is
 * made, unless that is too old.
 */
const PATIENCE_MS = 100;
const OLD_MS = 10 * 60_000;
/** Of what takes longer, so much of a connection's time at most, however often somebody looks. */
const SHARE = 1 / 100;
const FRESH_MOST_MS = 60_000;

type Kept = {
  last: { counts: UserCounts; at: number } | null;
  counting: Promise<UserCounts> | null;
};

/**
 * Users by what they are, counted for all who ask: with a thousand of them as of this moment, with a million as of the
 * last minute.
 *
 * @throws {DatabaseUnavailable}
 */
export async function countUsers(): Promise<UserCounts> {
  const kept = processWide<Kept>("user-counts", () => ({ last: null, counting: null }));
  const { last } = kept;
  const { tookMs } = last?.counts ?? { tookMs: 0 };
  const age = last ? performance.now() - last.at : 0;
  if (last && tookMs > PATIENCE_MS && age < Math.min(FRESH_MOST_MS, tookMs / SHARE)) {
    return last.counts;
  }
  kept.counting ??= keepCount(kept).finally(() => {
    kept.counting = null;
  });
  if (last && tookMs > PATIENCE_MS && age < OLD_MS) {
    kept.counting.catch(() => {}); // the next one who asks hears of it
    return last.counts;
  }
  return kept.counting;
}

async function keepCount(kept: Kept): Promise<UserCounts> {
  const asOf = databaseNow();
  const [counted] = await ask(COUNT, Counted.parse, { prepared: false });
  if (counted === undefined) throw new Error("nothing was counted");
  kept.last = { counts: { ...counted, asOf }, at: performance.now() };
  return kept.last.counts;
}

const dayOf = (column: string) => Prisma.raw(`("${column}" AT TIME ZONE 'UTC')::date`);
const SINCE = Prisma.sql`(date_trunc('day', now() AT TIME ZONE 'UTC')
  - make_interval(days => ${SHOWN_DAYS - 1}::int)) AT TIME ZONE 'UTC'`;

/**
 * One statement, so that its figures agree. Whoever was deleted in these days is still known (30 days, RESTORE_DAYS):
 * how many users there were at the end of a day follows from how many there are.
 */
const COUNT = Prisma.sql`
  WITH "held" AS (
    SELECT "role_id", "status", count(*) AS "users" FROM "users" GROUP BY 1, 2
  ), "protected" AS (
    SELECT "role_id", count(*) AS "users" FROM "users"
    WHERE "status" = 'active' AND ${WITH_FACTOR} GROUP BY 1
  ), "moves" AS (
    SELECT ${dayOf("created_at")} AS "day", count(*) AS "added", 0 AS "removed"
      FROM "users" WHERE "created_at" >= ${SINCE} GROUP BY 1
    UNION ALL SELECT ${dayOf("created_at")}, count(*), 0
      FROM "deleted_users" WHERE "created_at" >= ${SINCE} GROUP BY 1
    UNION ALL SELECT ${dayOf("deleted_at")}, 0, count(*)
      FROM "deleted_users" WHERE "deleted_at" >= ${SINCE} GROUP BY 1
  )
  SELECT
    (SELECT coalesce(json_agg(s), '[]') FROM (
      SELECT "status", sum("users")::bigint AS "users" FROM "held" GROUP BY 1) AS s) AS "byStatus",
    (SELECT coalesce(json_agg(r ORDER BY r."slug"), '[]') FROM (
      SELECT "roles"."slug", "roles"."name", "held"."users" AS "active",
        coalesce("protected"."users", 0) AS "withSecondFactor",
        "roles"."second_factor_grace_days" IS NOT NULL AS "secondFactorRequired"
      FROM "held" JOIN "roles" ON "roles"."id" = "held"."role_id"
        LEFT JOIN "protected" ON "protected"."role_id" = "held"."role_id"
      WHERE "held"."status" = 'active') AS r) AS "byRole",
    (SELECT coalesce(json_agg(d), '[]') FROM (
      SELECT "day", sum("added")::bigint AS "added", sum("removed")::bigint AS "removed"
      FROM "moves" GROUP BY 1) AS d) AS "days",
    (SELECT count(*)::int FROM "user_links"
      WHERE "purpose" = 'invitation' AND "used_at" IS NULL AND "revoked_at" IS NULL
        AND "expires_at" BETWEEN now() AND now() + make_interval(days => ${EXPIRING_DAYS}::int)
    ) AS "expiringInvitations",
    (SELECT count(*)::int FROM "join_requests") AS "joinRequests",
    -- The last of what is asked, so that all the rest has been counted by now.
    extract(epoch FROM clock_timestamp() - statement_timestamp())::float8 * 1000 AS "tookMs"`;
