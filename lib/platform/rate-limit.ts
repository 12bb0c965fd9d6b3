import {
  type RateLimiterAbstract,
  RateLimiterPostgres,
  RateLimiterRedis,
  type RateLimiterRes,
} from "rate-limiter-flexible";
import { asDatabaseFault, pool } from "./db";
import { processWide } from "./process-wide";
import { redis } from "./redis";

/** So many `points` within `seconds` for each key. */
export type Limit = {
  readonly name: string;
  readonly points: number;
  readonly seconds: number;
  /** Whether the wait doubles, up to GROWN_MOST times, each time that a key uses its points up within a day. */
  readonly grows?: boolean;
};

const GROWN_MOST = 16;
const DAY_SECONDS = 24 * 60 * 60;

function limiter(limit: Limit): RateLimiterAbstract {
  return processWide(`limiter.${limit.name}`, () => {
    const options = {
      keyPrefix: limit.name,
      points: limit.points,
      duration: limit.seconds,
      // A key that is known to be over answers from memory, so a flood costs the store nothing. A wait that
      // grows is known to the store alone.
      ...(!limit.grows && { inMemoryBlockOnConsumed: limit.points + 1 }),
    };
    const inPostgres = new RateLimiterPostgres({
      ...options,
      storeClient: pool(),
      storeType: "pool",
      tableName: "rate_limits",
      tableCreated: true,
    });
    const storeClient = redis();
    if (storeClient === null) return inPostgres;
    return new RateLimiterRedis({
      ...options,
      storeClient,
      rejectIfRedisNotReady: true,
      // Guesses are counted also while Redis is away; each store has counts of its own.
      insuranceLimiter: inPostgres,
    });
  });
}

/**
 * Not `instanceof`: a limiter is made once for the process, and the framework's bundles of pages and of routes
 * have a copy of the library each.
 */
function isRateLimiterRes(rejection: unknown): rejection is RateLimiterRes {
  return typeof rejection === "object" && rejection !== null && "msBeforeNext" in rejection;
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
    if (!isRateLimiterRes(rejection)) throw asDatabaseFault(rejection);
    const usedUpNow = rejection.consumedPoints === limit.points + 1;
    return limit.grows && usedUpNow ? growWait(limit, key) : secondsUntil(rejection);
  }
}

/** Blocks a key that has just used its points up, for longer each time. Returns the seconds. */
async function growWait(limit: Limit, key: string): Promise<number> {
  const times: Limit = { name: `${limit.name}.times`, points: 1_000_000, seconds: DAY_SECONDS };
  try {
    const { consumedPoints } = await limiter(times).consume(key);
    const seconds = limit.seconds * Math.min(2 ** (consumedPoints - 1), GROWN_MOST);
    await limiter(limit).block(key, seconds);
    return seconds;
  } catch (error) {
    throw asDatabaseFault(error);
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
