import type { Redis } from "ioredis";
import { type Change, type Counted, GROWN_MOST, GROWTH_KEPT_MS, IN_FLIGHT_MS } from "./limit-store";

/** Counts in one script, by Redis's clock. Rejects when Redis is away or slow. */
export async function countInRedis(redis: Redis, changes: readonly Change[]): Promise<Counted> {
  const asked = changes.map(({ limit, key, right, wrong, asked }) =>
    redis.eval(
      COUNT,
      1,
      key,
      limit.points,
      limit.seconds * 1000,
      limit.grows ? 1 : 0,
      right,
      wrong,
      asked,
    ),
  );
  const answers = (await Promise.all(asked)) as [number, number, number, number, number][];
  const counts = answers.map(([granted, points, pending, usedUpNow, milliseconds]) => ({
    granted,
    points,
    pending,
    usedUpNow: usedUpNow === 1,
    milliseconds,
  }));
  return { counts, beside: null };
}

/** The same as the statement in limits-in-postgres.ts. */
const COUNT = `
  local most, ms, grows = tonumber(ARGV[1]), tonumber(ARGV[2]), ARGV[3] == '1'
  local right, wrong, asked = tonumber(ARGV[4]), tonumber(ARGV[5]), tonumber(ARGV[6])
  local time = redis.call('TIME')
  local now = tonumber(time[1]) * 1000 + math.floor(tonumber(time[2]) / 1000)
  local stored = redis.call('HMGET', KEYS[1],
    'points', 'pending', 'pending_until', 'expire', 'used_up', 'times', 'times_until')
  for i = 1, 7 do stored[i] = tonumber(stored[i] or 0) end
  local points, pending, pending_until, expire, used_up, times, times_until = unpack(stored)

  local over = expire <= now
  points = over and 0 or math.max(points - right, 0)
  pending = (over or pending_until <= now) and 0 or math.min(math.max(pending - right - wrong, 0), points)
  local blocked = not over and used_up == 1 and points - pending >= most
  if times_until <= now then times = 0
  elseif not over and used_up == 1 and not blocked then times = math.max(times - 1, 0) end

  local granted = math.max(math.min(asked, most - points), 0)
  local used_up_now = points - pending >= most and not blocked
  if used_up_now and grows then expire = now + ms * math.min(2 ^ times, ${GROWN_MOST})
  elseif points == 0 then expire = now + ms end
  if used_up_now then times, times_until = times + 1, now + ${GROWTH_KEPT_MS} end
  points, pending = points + granted, pending + granted
  if granted > 0 then pending_until = now + ${IN_FLIGHT_MS} end

  if points > 0 or times > 0 then
    redis.call('HSET', KEYS[1], 'points', points, 'pending', pending, 'pending_until', pending_until,
      'expire', expire, 'used_up', (blocked or used_up_now) and 1 or 0, 'times', times, 'times_until', times_until)
    redis.call('PEXPIREAT', KEYS[1], math.max(expire, times > 0 and times_until or 0))
  else
    redis.call('DEL', KEYS[1])
  end
  return { granted, points, pending, used_up_now and 1 or 0, expire - now }`;
