import { RateLimiterPostgres, RateLimiterRes } from "rate-limiter-flexible";
import { asDatabaseFault, pool } from "./db";
import { processWide } from "./process-wide";

/** So many `points` within `seconds` for each key. */
export type Limit = { readonly name: string; readonly points: number; readonly seconds: number };

function limiter(limit: Limit): RateLimiterPostgres {
  return processWide(
    `limiter.${limit.name}`,
    () =>
      new RateLimiterPostgres({
        storeClient: pool(),
        storeType: "pool",
        tableName: "rate_limits",
        tableCreated: true,
        keyPrefix: limit.name,
        points: limit.points,
        duration: limit.seconds,
        // A key that is known to be over answers from memory, so a flood costs the database nothing.
        inMemoryBlockOnConsumed: limit.points + 1,
      }),
  );
}

const secondsUntil = (result: RateLimiterRes) => Math.max(1, Math.ceil(result.msBeforeNext / 1000));

/**
 * Counts one attempt and tells whether it is still within the limit. Counted before the work it guards, so
 * that parallel attempts cannot all be "the first". Shared by all replicas.
 *
 * @returns null when allowed, else the seconds to wait
 * @throws {DatabaseUnavailable}
 */
export async function countAttempt(limit: Limit, key: string): Promise<number | null> {
  try {
    await limiter(limit).consume(key);
    return null;
  } catch (rejection) {
    if (rejection instanceof RateLimiterRes) return secondsUntil(rejection);
    throw asDatabaseFault(rejection);
  }
}

/**
 * Seconds to wait when the key has used up its limit, without counting; null when it has not.
 *
 * @throws {DatabaseUnavailable}
 */
export async function secondsBlocked(limit: Limit, key: string): Promise<number | null> {
  try {
    const result = await limiter(limit).get(key);
    return result !== null && result.consumedPoints >= limit.points ? secondsUntil(result) : null;
  } catch (error) {
    throw asDatabaseFault(error);
  }
}

/** Takes one counted attempt back: it turned out to be the right one. @throws {DatabaseUnavailable} */
export async function giveBackAttempt(limit: Limit, key: string): Promise<void> {
  try {
    await limiter(limit).reward(key);
  } catch (error) {
    throw asDatabaseFault(error);
  }
}
