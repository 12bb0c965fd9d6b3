import { RateLimiterPostgres } from "rate-limiter-flexible";
import { pool, preparedName } from "./db";
import { processWide } from "./process-wide";

type Counter = { key: string; points: number; expire: string | null };
/** What the base class reads a result from. */
type Result = { rows: Counter[] };

declare module "rate-limiter-flexible" {
  interface RateLimiterPostgres {
    /** The one write of a store (RateLimiterStoreAbstract: "have to be implemented"). */
    _upsert(key: string, points: number, ms: number, force?: boolean): Promise<Result>;
  }
}

type Addition = {
  points: number;
  /** Unix milliseconds at which the counter ends if it begins now. */
  expire: number;
  resolve: (result: Result) => void;
  reject: (error: unknown) => void;
};

/**
 * Counts in PostgreSQL as its base does, but everything that is counted in one turn of the event loop goes in one
 * statement: the several limits of one attempt, and the attempts of a flood.
 */
export class BatchedRateLimiter extends RateLimiterPostgres {
  override _upsert(key: string, points: number, ms: number, force = false): Promise<Result> {
    if (force) return super._upsert(key, points, ms, force);
    return new Promise((resolve, reject) => {
      const waiting = additions();
      if (waiting.size === 0) setImmediate(flush);
      const ofKey = waiting.get(key) ?? [];
      waiting.set(key, [...ofKey, { points, expire: Date.now() + ms, resolve, reject }]);
    });
  }
}

/** By key; across limiters, and across the framework's copies of this module. */
const additions = () => processWide("rate-limit-additions", () => new Map<string, Addition[]>());

const sumOf = (of: readonly Addition[]) => of.reduce((sum, { points }) => sum + points, 0);

async function flush(): Promise<void> {
  // Sorted, so that two replicas never wait for each other's rows.
  const batch = new Map([...additions()].sort(([a], [b]) => (a < b ? -1 : 1)));
  additions().clear();
  const ofKeys = [...batch.values()];
  try {
    const { rows } = await pool().query<Counter>({
      name: preparedName("count-attempts"),
      text: COUNT,
      values: [
        [...batch.keys()],
        ofKeys.map(sumOf),
        ofKeys.map((of) => Math.max(...of.map(({ expire }) => expire))),
        Date.now(),
      ],
    });
    for (const row of rows) {
      const of = batch.get(row.key) ?? [];
      // Each is told the count as of its own turn, so that of many at once only so many as allowed get through.
      let points = row.points - sumOf(of);
      for (const addition of of) {
        points += addition.points;
        addition.resolve({ rows: [{ ...row, points }] });
      }
    }
  } catch (error) {
    for (const { reject } of ofKeys.flat()) reject(error);
  }
}

/** The statement of the base class, for many keys. A counter whose time is over begins anew. */
const COUNT = `
  INSERT INTO "rate_limits" AS counter ("key", "points", "expire")
  SELECT * FROM unnest($1::text[], $2::int[], $3::bigint[])
  ON CONFLICT ("key") DO UPDATE SET
    "points" = excluded."points" + CASE WHEN counter."expire" <= $4 THEN 0 ELSE counter."points" END,
    "expire" = CASE WHEN counter."expire" <= $4 THEN excluded."expire" ELSE counter."expire" END
  RETURNING "key", "points", "expire"`;
