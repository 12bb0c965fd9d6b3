import { requireOpenToRequests } from "../db";
import { log } from "../log";
import { processWide } from "../process-wide";
import type { Change, Count, Limit, LimitStore } from "./limit-store";
import { countInPostgres } from "./limits-in-postgres";
import { countInRedis } from "./limits-in-redis";
import { redis } from "./redis";

export type { Limit } from "./limit-store";

/** An attempt of somebody (`key`) that counts against a limit. */
export type Attempt = readonly [limit: Limit, key: string];

export type Refusal = {
  limit: Limit;
  /** Whether by failures; otherwise by attempts that are in flight. */
  usedUp: boolean;
  /** Seconds to wait. */
  retryAfter: number;
};

/** What a client hears whose failures would be too many if all its attempts in flight were wrong. */
const SHORTLY = 1;

/** Where it is counted: Redis if there is one that answers, else PostgreSQL. Each has counts of its own. */
const count: LimitStore = async (changes) => {
  const client = redis();
  if (client === null || client.status !== "ready") return countInPostgres(changes);
  // Guesses are counted also while Redis is away.
  return countInRedis(client, changes).catch(() => countInPostgres(changes));
};

type Waiting = { ended: (count: Count) => void; failed: (error: unknown) => void };
type Batch = {
  changes: Map<string, Change>;
  /** Those that ask, by key in the order in which they came; and those that only want to know the count. */
  waiting: Map<string, { asking: Waiting[]; looking: Waiting[] }>;
  due: boolean;
};

/** What is counted in one turn of the event loop goes in one statement: across limits, and across bundles. */
const batch = () =>
  processWide(
    "rate-limit-batch",
    (): Batch => ({
      changes: new Map(),
      waiting: new Map(),
      due: false,
    }),
  );

function changeOf([limit, key]: Attempt): Change {
  const { changes } = batch();
  const name = `${limit.name}:${key}`;
  const known = changes.get(name) ?? { limit, key: name, right: 0, wrong: 0, asked: 0 };
  changes.set(name, known);
  return known;
}

/** Has a change counted with the others of this turn; what it is told is the count as of its own turn. */
async function counted(
  attempt: Attempt,
  part: "right" | "wrong" | "asked" | "look",
): Promise<Count> {
  requireOpenToRequests();
  const change = changeOf(attempt);
  if (part !== "look") change[part]++;
  return new Promise((ended, failed) => {
    const { waiting } = batch();
    const ofKey = waiting.get(change.key) ?? { asking: [], looking: [] };
    waiting.set(change.key, ofKey);
    ofKey[part === "asked" ? "asking" : "looking"].push({ ended, failed });
    if (!batch().due) setImmediate(flush);
    batch().due = true;
  });
}

async function flush(): Promise<void> {
  const { changes, waiting } = batch();
  Object.assign(batch(), { changes: new Map(), waiting: new Map(), due: false });
  try {
    const counts = await count([...changes.values()]);
    for (const [i, key] of [...changes.keys()].entries()) {
      const { asking, looking } = waiting.get(key) ?? { asking: [], looking: [] };
      const one = counts[i];
      if (one === undefined) throw new Error(`${key} was not counted`);
      asking.forEach(({ ended }, turn) => {
        ended({
          ...one,
          granted: turn < one.granted ? 1 : 0,
          usedUpNow: one.usedUpNow && turn === 0,
        });
      });
      looking.forEach(({ ended }, turn) => {
        ended({ ...one, usedUpNow: one.usedUpNow && asking.length === 0 && turn === 0 });
      });
    }
  } catch (error) {
    for (const { asking, looking } of waiting.values()) {
      for (const { failed } of [...asking, ...looking]) failed(error);
    }
  }
}

const secondsOf = ({ milliseconds }: Count) => Math.max(1, Math.ceil(milliseconds / 1000));
const isUsedUp = ({ points }: Limit, count: Count) => count.points - count.pending >= points;

/** Attempts that were let through and have to end, by `right` or `wrong`. */
type Begun = { refusal: Refusal | null; attempts: readonly (readonly [Attempt, Count])[] };

/**
 * Counts one attempt against several limits, before the work it guards, so that of many at once only so many as
 * allowed get through; shared by all replicas. What stands after the first limit that refuses it is not counted: who is
 * refused by one uses up no other.
 */
async function begin(attempts: readonly Attempt[], usedUp: (limit: Limit) => void): Promise<Begun> {
  // All at once, and back what was too much: that is one statement for everybody who is let through.
  const counts = await Promise.all(attempts.map((attempt) => counted(attempt, "asked")));
  const asked = attempts.flatMap((attempt, i) => {
    const count = counts[i];
    return count ? ([[attempt, count]] as const) : [];
  });
  for (const [[limit], count] of asked) if (count.usedUpNow) usedUp(limit);
  const first = asked.findIndex(([, { granted }]) => granted === 0);
  const refusedBy = asked[first];
  if (refusedBy === undefined) return { refusal: null, attempts: asked };
  await right(asked.slice(first).filter(([, { granted }]) => granted > 0));
  const [[limit], count] = refusedBy;
  const isBlocked = isUsedUp(limit, count);
  return {
    refusal: { limit, usedUp: isBlocked, retryAfter: isBlocked ? secondsOf(count) : SHORTLY },
    attempts: asked.slice(0, first),
  };
}

async function right(begun: Begun["attempts"]): Promise<void> {
  await Promise.all(begun.map(([attempt]) => counted(attempt, "right")));
}

/**
 * Attempts that were wrong cost no statement of their own: what this process counts next carries them along, and
 * without that they are failures when their time in flight is over. Only where they may have used a limit up it is
 * counted at once, in no request.
 */
function wrong(begun: Begun["attempts"], usedUp: (limit: Limit) => void): void {
  for (const [attempt, { points }] of begun) {
    const [limit] = attempt;
    if (points < limit.points) {
      changeOf(attempt).wrong++;
      continue;
    }
    counted(attempt, "wrong")
      .then(({ usedUpNow }) => usedUpNow && usedUp(limit))
      .catch((error) => log().warn({ err: error }, "a failure was not counted"));
  }
}

/**
 * Does what somebody might do by guessing, as an attempt that counts against all these limits. While it runs it is no
 * failure: beyond it a client is told to come back in a second, and nothing worse. Right attempts are as if they had
 * never been, and so are those that a fault broke off.
 *
 * @param ways.isRight whether what `work` found out was no wrong guess
 * @param ways.excused who is heard although a limit refuses
 * @param ways.usedUp told each time that failures have used a limit up; not waited for
 * @throws {DatabaseUnavailable}
 */
export async function guarded<T>(
  attempts: readonly Attempt[],
  work: () => Promise<T>,
  ways: {
    isRight: (result: T) => boolean;
    excused?: (refusal: Refusal) => Promise<boolean>;
    usedUp?: (limit: Limit) => void;
  },
): Promise<{ kind: "done"; result: T } | { kind: "rateLimited"; retryAfter: number }> {
  const { isRight, excused = async () => false, usedUp = () => {} } = ways;
  const { refusal, attempts: begun } = await begin(attempts, usedUp);
  const tried = async () =>
    refusal !== null && !(await excused(refusal)) ? refusal : { result: await work() };
  const outcome = await tried().catch(async (error) => {
    await right(begun).catch(() => {}); // with the database away nothing can be taken back
    throw error;
  });
  if ("limit" in outcome) {
    // A flood of refused ones uses up what stands before the limit that refused it.
    if (outcome.usedUp) wrong(begun, usedUp);
    else await right(begun);
    return { kind: "rateLimited", retryAfter: outcome.retryAfter };
  }
  if (isRight(outcome.result)) await right(begun);
  else wrong(begun, usedUp);
  return { kind: "done", result: outcome.result };
}

/** Counts something for good. Returns null when allowed, else the seconds to wait. @throws {DatabaseUnavailable} */
export async function countUse(limit: Limit, key: string): Promise<number | null> {
  const { refusal, attempts } = await begin([[limit, key]], () => {});
  wrong(attempts, () => {});
  return refusal?.retryAfter ?? null;
}

/** Seconds to wait when the key has used up its limit, without counting; else null. @throws {DatabaseUnavailable} */
export async function secondsBlocked(limit: Limit, key: string): Promise<number | null> {
  const count = await counted([limit, key], "look");
  return isUsedUp(limit, count) ? secondsOf(count) : null;
}
