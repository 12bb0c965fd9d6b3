import {
  type RateLimiterAbstract,
  RateLimiterRedis,
  type RateLimiterRes,
} from "rate-limiter-flexible";
import { BatchedRateLimiter } from "./batched-rate-limiter";
import { asDatabaseFault, pool, requireOpenToRequests } from "./db";
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
  requireOpenToRequests();
  return processWide(`limiter.${limit.name}`, () => {
    const options = { keyPrefix: limit.name, points: limit.points, duration: limit.seconds };
    const inPostgres = new BatchedRateLimiter({
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

/** An attempt of somebody (`key`) that counts against a limit. */
export type Attempt = readonly [limit: Limit, key: string];

export type Refusal = {
  limit: Limit;
  /** Seconds to wait. */
  retryAfter: number;
  /** Whether this attempt is the first one that was too many. */
  usedUpNow: boolean;
};

/**
 * Counts one attempt against several limits and tells the first one it is beyond, or null. What stands after that
 * one is not counted: who is refused by the first limit uses up no other. Counted before the work it guards, so
 * that parallel attempts cannot all be "the first". Shared by all replicas.
 *
 * @throws {DatabaseUnavailable}
 */
export async function countAttempts(attempts: readonly Attempt[]): Promise<Refusal | null> {
  // All at once, and back what was too much: that is one statement for everybody who is let through.
  const refusals = await Promise.all(attempts.map(consume));
  const first = refusals.findIndex((refusal) => refusal !== null);
  const [limit, key] = attempts[first] ?? [];
  const refusal = refusals[first];
  if (!limit || key === undefined || !refusal) return null;
  await giveBackAttempts(attempts.slice(first + 1));
  const usedUpNow = refusal.consumedPoints === limit.points + 1;
  const retryAfter = limit.grows && usedUpNow ? await growWait(limit, key) : secondsUntil(refusal);
  return { limit, retryAfter, usedUpNow };
}

/** As countAttempts, for one limit. Returns null when allowed, else the seconds to wait. */
export async function countAttempt(limit: Limit, key: string): Promise<number | null> {
  return (await countAttempts([[limit, key]]))?.retryAfter ?? null;
}

async function consume([limit, key]: Attempt): Promise<RateLimiterRes | null> {
  try {
    await limiter(limit).consume(key);
    return null;
  } catch (rejection) {
    if (!isRateLimiterRes(rejection)) throw asDatabaseFault(rejection);
    return rejection;
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

/** Takes counted attempts back: they turned out to be right ones. @throws {DatabaseUnavailable} */
export async function giveBackAttempts(attempts: readonly Attempt[]): Promise<void> {
  try {
    await Promise.all(attempts.map(([limit, key]) => limiter(limit).reward(key)));
  } catch (error) {
    throw asDatabaseFault(error);
  }
}

/** As giveBackAttempts, for one limit. */
export const giveBackAttempt = (limit: Limit, key: string): Promise<void> =>
  giveBackAttempts([[limit, key]]);
