import { asDatabaseFault, pool, preparedName } from "../db";
import { type Change, type Count, GROWN_MOST, GROWTH_KEPT_MS, IN_FLIGHT_MS } from "./limit-store";

type Row = Omit<Count, "milliseconds" | "usedUpNow"> & {
  key: string;
  used_up_now: boolean;
  milliseconds: number;
};

/** Counts in one statement, by the database's clock. @throws {DatabaseUnavailable} */
export async function countInPostgres(changes: readonly Change[]): Promise<Count[]> {
  // Sorted, so that two replicas never wait for each other's rows.
  const sorted = [...changes].sort((a, b) => (a.key < b.key ? -1 : 1));
  const { rows } = await pool()
    .query<Row>({
      name: preparedName("count-attempts"),
      text: COUNT,
      values: [
        sorted.map(({ key }) => key),
        sorted.map(({ limit }) => limit.points),
        sorted.map(({ limit }) => limit.seconds * 1000),
        sorted.map(({ limit }) => limit.grows === true),
        sorted.map(({ right }) => right),
        sorted.map(({ wrong }) => wrong),
        sorted.map(({ asked }) => asked),
      ],
    })
    .catch((error) => {
      throw asDatabaseFault(error);
    });
  const byKey = new Map(rows.map((row) => [row.key, row]));
  return changes.map(({ key }) => {
    const row = byKey.get(key);
    // Nobody asked, and nothing was known: then there is nothing to end either.
    if (!row) return { granted: 0, points: 0, pending: 0, usedUpNow: false, milliseconds: 0 };
    const { granted, points, pending, used_up_now: usedUpNow, milliseconds } = row;
    return { granted, points, pending, usedUpNow, milliseconds };
  });
}

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

/**
 * The same as the script in limits-in-redis.ts. `was` is the row as of now: what is over is forgotten, what has ended
 * is taken out. `so` is what follows from it for those that ask.
 */
const COUNT = `
  WITH change AS (
    SELECT * FROM unnest($1::text[], $2::int[], $3::bigint[], $4::bool[], $5::int[], $6::int[], $7::int[])
      AS change ("key", "most", "ms", "grows", "right", "wrong", "asked")
  ), clock AS (
    SELECT (extract(epoch FROM clock_timestamp()) * 1000)::bigint AS "now"
  )
  INSERT INTO "rate_limits" AS counter ("key", "points", "pending", "granted", "pending_until", "expire")
  SELECT "key", least("asked", "most"), least("asked", "most"), least("asked", "most"), "now" + ${IN_FLIGHT_MS}, "now" + "ms"
  FROM change, clock
  WHERE "asked" > 0 OR EXISTS (SELECT FROM "rate_limits" WHERE "rate_limits"."key" = change."key")
  ON CONFLICT ("key") DO UPDATE SET
    ("points", "pending", "pending_until", "granted", "used_up", "used_up_now", "times", "times_until", "expire") = (
      SELECT
        was."points" + so."granted",
        was."pending" + so."granted",
        CASE WHEN so."granted" > 0 THEN "now" + ${IN_FLIGHT_MS} ELSE counter."pending_until" END,
        so."granted",
        was."blocked" OR so."now_used_up",
        so."now_used_up",
        was."times" + so."now_used_up"::int,
        CASE WHEN so."now_used_up" THEN "now" + ${GROWTH_KEPT_MS} ELSE counter."times_until" END,
        CASE
          WHEN so."now_used_up" AND "grows" THEN "now" + "ms" * least(2 ^ was."times", ${GROWN_MOST})::bigint
          WHEN was."points" = 0 THEN "now" + "ms"
          ELSE counter."expire"
        END
      FROM (SELECT * FROM change, clock WHERE change."key" = counter."key") AS asked,
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
  RETURNING "key", "granted", "points", "pending", "used_up_now",
    ("expire" - (SELECT "now" FROM clock))::float8 AS "milliseconds"`;
