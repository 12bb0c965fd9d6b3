import { type Prisma, requireOpenToRequests } from "../db";
import { log } from "../log";
import { isMade, processWide } from "../process-wide";
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
const count: LimitStore = async (changes, beside) => {
  const client = redis();
  if (client === null || client.status !== "ready") return countInPostgres(changes, beside);
  // Guesses are counted also while Redis is away.
  return countInRedis(client, changes).catch(() => countInPostgres(changes, beside));
};

type Waiting<T> = { ended: (told: T) => void; failed: (error: unknown) => void };
type Batch = {
  changes: Map<string, Change>;
  /** Those that ask, by key in the order in which they came; and those that only want to know the count. */
  waiting: Map<string, { asking: Waiting<Count>[]; looking: Waiting<Count>[] }>;
  /** What is to be read beside it. */
  reading: (Waiting<readonly unknown[] | null> & { beside: Prisma.Sql })[];
  /** Whether it is counted at the end of this turn; and what counts it shortly, if nothing else does. */
  due: boolean;
  soon: NodeJS.Timeout | null;
};

/** Attempts that were right are taken back by then, if nothing else is counted that carries them along. */
const TAKEN_BACK_MS = 250;

const BATCH = "rate-limit-batch";
const EMPTY = (): Batch => ({
  changes: new Map(),
  waiting: new Map(),
  reading: [],
  due: false,
  soon: null,
});

/** What is counted in one turn of the event loop goes in one statement: across limits, and across bundles. */
const batch = () => processWide(BATCH, EMPTY);

function changeOf([limit, key]: Attempt): Change {
  const { changes } = batch();
  const name = `${limit.name}:${key}`;
  const known = changes.get(name) ?? { limit, key: name, right: 0, wrong: 0, asked: 0 };
  changes.set(name, known);
  return known;
}

/** Has the batch counted at the end of this turn. */
function countNow(): void {
  if (!batch().due) setImmediate(flush);
  batch().due = true;
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
    countNow();
  });
}

/** Has something read with what is counted in this turn. */
async function readBeside(beside: Prisma.Sql): Promise<readonly unknown[] | null> {
  requireOpenToRequests();
  return new Promise((ended, failed) => {
    batch().reading.push({ beside, ended, failed });
  });
}

async function flush(): Promise<void> {
  const { changes, waiting, reading, soon } = batch();
  if (soon !== null) clearTimeout(soon);
  Object.assign(batch(), EMPTY());
  try {
    // Of several who come at once each asks for itself: one statement that reads for all would have any number of forms.
    const [alone, another] = reading;
    const told = await count([...changes.values()], another ? undefined : alone?.beside);
    for (const [i, key] of [...changes.keys()].entries()) {
      const { asking, looking } = waiting.get(key) ?? { asking: [], looking: [] };
      const one = told.counts[i];
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
    for (const { ended } of reading) ended(told.beside);
  } catch (error) {
    for (const { asking, looking } of waiting.values()) {
      for (const { failed } of [...asking, ...looking]) failed(error);
    }
    for (const { failed } of reading) failed(error);
  }
}

const secondsOf = ({ milliseconds }: Count) => Math.max(1, Math.ceil(milliseconds / 1000));
const isUsedUp = ({ points }: Limit, count: Count) => count.points - count.pending >= points;

/** Attempts that were let through and have to end, by `right` or `wrong`. */
type Begun = {
  refusal: Refusal | null;
  attempts: readonly (readonly [Attempt, Count])[];
  beside: readonly unknown[] | null;
};

/**
 * Counts one attempt against several limits, before the work it guards, so that of many at once only so many as
 * allowed get through; shared by all replicas. What stands after the first limit that refuses it is not counted: who is
 * refused by one uses up no other.
 */
async function begin(
  attempts: readonly Attempt[],
  usedUp: (limit: Limit) => void,
  reads?: Prisma.Sql,
): Promise<Begun> {
  // All at once, and back what was too much: that is one statement for everybody who is let through.
  const [beside, ...counts] = await Promise.all([
    reads ? readBeside(reads) : null,
    ...attempts.map((attempt) => counted(attempt, "asked")),
  ]);
  const asked = attempts.flatMap((attempt, i) => {
    const count = counts[i];
    return count ? ([[attempt, count]] as const) : [];
  });
  for (const [[limit], count] of asked) if (count.usedUpNow) usedUp(limit);
  const first = asked.findIndex(([, { granted }]) => granted === 0);
  const refusedBy = asked[first];
  if (refusedBy === undefined) return { refusal: null, attempts: asked, beside };
  await undo(asked.slice(first).filter(([, { granted }]) => granted > 0));
  const [[limit], count] = refusedBy;
  const isBlocked = isUsedUp(limit, count);
  return {
    refusal: { limit, usedUp: isBlocked, retryAfter: isBlocked ? secondsOf(count) : SHORTLY },
    attempts: asked.slice(0, first),
    beside: null,
  };
}

/** As if they had never been, at once. */
async function undo(begun: Begun["attempts"]): Promise<void> {
  await Promise.all(begun.map(([attempt]) => counted(attempt, "right")));
}

/**
 * Attempts that were right are taken back by what this process counts next, in its statement. Until then they are in
 * flight, which nobody is worse off by; they are so for a moment at most.
 */
function right(begun: Begun["attempts"]): void {
  for (const [attempt] of begun) changeOf(attempt).right++;
  if (!batch().due) batch().soon ??= setTimeout(flush, TAKEN_BACK_MS);
}

/** Has all that ended counted; for processes that end. */
export async function settleAttempts(): Promise<void> {
  if (isMade(BATCH) && batch().soon !== null) await flush();
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
 * @param work is given the rows of `ways.beside`, or null when it was not read
 * @param ways.isRight whether what `work` found out was no wrong guess
 * @param ways.excused who is heard although a limit refuses
 * @param ways.beside what is to be read in the statement that counts, if that is possible and the attempt is let through
 * @param ways.usedUp told each time that failures have used a limit up; not waited for
 * @throws {DatabaseUnavailable}
 */
export async function guarded<T>(
  attempts: readonly Attempt[],
  work: (beside: readonly unknown[] | null) => Promise<T>,
  ways: {
    isRight: (result: T) => boolean;
    beside?: Prisma.Sql | undefined;
    excused?: (refusal: Refusal) => Promise<boolean>;
    usedUp?: (limit: Limit) => void;
  },
): Promise<{ kind: "done"; result: T } | { kind: "rateLimited"; retryAfter: number }> {
  const { isRight, excused = async () => false, usedUp = () => {} } = ways;
  const { refusal, attempts: begun, beside } = await begin(attempts, usedUp, ways.beside);
  const tried = async () =>
    refusal !== null && !(await excused(refusal)) ? refusal : { result: await work(beside) };
  const outcome = await tried().catch((error) => {
    right(begun);
    throw error;
  });
  if ("limit" in outcome) {
    // A flood of refused ones uses up what stands before the limit that refused it.
    if (outcome.usedUp) wrong(begun, usedUp);
    else right(begun);
    return { kind: "rateLimited", retryAfter: outcome.retryAfter };
  }
  if (isRight(outcome.result)) right(begun);
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
