import { ask } from "../ask";
import { asDatabaseFault, Prisma, pool } from "../db";
import {
  type Change,
  type Count,
  type Counted,
  GROWN_MOST,
  GROWTH_KEPT_MS,
  IN_FLIGHT_MS,
} from "./limit-store";

/** The counts, with each row of what was read beside them; with none, in one row all the same. */
type Row = {
  counts: readonly (Count & { key: string })[] | null;
  letThrough: boolean;
  isBeside: true | null;
};

const NOTHING = Prisma.sql`SELECT WHERE false`;

/** Counts in one statement, by the database's clock, and reads `beside` in it. @throws {DatabaseUnavailable} */
export async function countInPostgres(
  changes: readonly Change[],
  beside?: Prisma.Sql,
): Promise<Counted> {
  const rows = await ask(
    Prisma.sql`
      WITH ${counting(changes)}, "told" AS (
        SELECT
          jsonb_agg("counted") AS "counts",
          coalesce(sum("granted"), 0) = (SELECT sum("asked") FROM "change") AS "letThrough"
        FROM "counted"
      )
      SELECT "told".*, "beside".*
      FROM "told" LEFT JOIN LATERAL (
        SELECT true AS "isBeside", "found".* FROM (${beside ?? NOTHING}) AS "found"
      ) AS "beside" ON "letThrough"`,
    (row) => row as Row,
  );
  const byKey = new Map(rows[0]?.counts?.map((count) => [count.key, count]));
  return {
    // Nobody asked, and nothing was known: then there is nothing to end either.
    counts: changes.map(({ key }) => byKey.get(key) ?? NONE),
    beside: beside && rows[0]?.letThrough ? rows.filter(({ isBeside }) => isBeside) : null,
  };
}

const NONE: Count = { granted: 0, points: 0, pending: 0, usedUpNow: false, milliseconds: 0 };

/** Failures whose time was over an hour ago; for whoever tidies up. @throws {DatabaseUnavailable} */
export async function forgetOldLimits(): Promise<void> {
  await pool()
    .query(
      `DELETE FROM "rate_limits"
       WHERE greatest("expire", "times_until", "pending_until") < extract(epoch FROM now()) * 1000 - 3600000`,
    )
    .catch((error) => {
      throw asDatabaseFault(error);
    });
}

const [IN_FLIGHT, GROWTH_KEPT, MOST] = [IN_FLIGHT_MS, GROWTH_KEPT_MS, GROWN_MOST].map((number) =>
  Prisma.raw(String(number)),
);

/**
 * The same as the script in limits-in-redis.ts, as CTEs of which "counted" tells. `was` is the row as of now: what is
 * over is forgotten, what has ended is taken out. `so` is what follows from it for those that ask.
 */
function counting(changes: readonly Change[]): Prisma.Sql {
  // Sorted, so that two replicas never wait for each other's rows.
  const sorted = [...changes].sort((a, b) => (a.key < b.key ? -1 : 1));
  return Prisma.sql`
    "change" AS (
      SELECT * FROM unnest(
        ${sorted.map(({ key }) => key)}::text[],
        ${sorted.map(({ limit }) => limit.points)}::int[],
        ${sorted.map(({ limit }) => limit.seconds * 1000)}::bigint[],
        ${sorted.map(({ limit }) => limit.grows === true)}::bool[],
        ${sorted.map(({ right }) => right)}::int[],
        ${sorted.map(({ wrong }) => wrong)}::int[],
        ${sorted.map(({ asked }) => asked)}::int[]
      ) AS change ("key", "most", "ms", "grows", "right", "wrong", "asked")
    ), "clock" AS (
      SELECT (extract(epoch FROM clock_timestamp()) * 1000)::bigint AS "now"
    ), "counted" AS (
      INSERT INTO "rate_limits" AS counter ("key", "points", "pending", "granted", "pending_until", "expire")
      SELECT "key", least("asked", "most"), least("asked", "most"), least("asked", "most"), "now" + ${IN_FLIGHT}, "now" + "ms"
      FROM "change", "clock"
      WHERE "asked" > 0 OR EXISTS (SELECT FROM "rate_limits" WHERE "rate_limits"."key" = "change"."key")
      ON CONFLICT ("key") DO UPDATE SET
        ("points", "pending", "pending_until", "granted", "used_up", "used_up_now", "times", "times_until", "expire") = (
          SELECT
            was."points" + so."granted",
            was."pending" + so."granted",
            CASE WHEN so."granted" > 0 THEN "now" + ${IN_FLIGHT} ELSE counter."pending_until" END,
            so."granted",
            was."blocked" OR so."now_used_up",
            so."now_used_up",
            was."times" + so."now_used_up"::int,
            CASE WHEN so."now_used_up" THEN "now" + ${GROWTH_KEPT} ELSE counter."times_until" END,
            CASE
              WHEN so."now_used_up" AND "grows" THEN "now" + "ms" * least(2 ^ was."times", ${MOST})::bigint
              WHEN was."points" = 0 THEN "now" + "ms"
              ELSE counter."expire"
            END
          FROM (SELECT * FROM "change", "clock" WHERE "change"."key" = counter."key") AS asked,
          LATERAL (
            SELECT
              CASE WHEN counter."expire" <= "now" THEN 0 ELSE greatest(counter."points" - "right", 0) END AS "points",
              CASE WHEN counter."expire" <= "now" OR counter."pending_until" <= "now" THEN 0
                ELSE least(greatest(counter."pending" - "right" - "wrong", 0), greatest(counter."points" - "right", 0))
              END AS "pending"
          ) AS kept,
          LATERAL (
            SELECT kept.*,
              counter."expire" > "now" AND counter."used_up" AND kept."points" - kept."pending" >= "most" AS "blocked",
              CASE WHEN counter."times_until" <= "now" THEN 0 ELSE greatest(counter."times" - (
                counter."expire" > "now" AND counter."used_up" AND kept."points" - kept."pending" < "most"
              )::int, 0) END AS "times"
          ) AS was,
          LATERAL (
            SELECT
              greatest(least("asked", "most" - was."points"), 0) AS "granted",
              was."points" - was."pending" >= "most" AND NOT was."blocked" AS "now_used_up"
          ) AS so
        )
      RETURNING "key", "granted", "points", "pending", "used_up_now" AS "usedUpNow",
        "expire" - (SELECT "now" FROM "clock") AS "milliseconds"
    )`;
}
