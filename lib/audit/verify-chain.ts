import { query } from "@/lib/platform/db";
import { findUnsealed } from "./find-unsealed";

/** The events that were walked and found right. `from` and `to` are the times of the first and the last sealed one. */
type Walked = { events: number; from: Date | null; to: Date | null };

export type ChainVerdict = Walked &
  /** `waiting` events are newer and not sealed yet; the oldest of them was appended at `since`. */
  (
    | { kind: "whole"; waiting: number; since: Date | null }
    /** At the place `at`: the event is not the one that was sealed, or is not there. */
    | { kind: "broken"; at: number; event: number | null; reason: "changed" | "missing" }
    /** Every event that is there is right, but the head remembers `expected` of them. */
    | { kind: "cut"; expected: number }
    /** The head names another last event than the one that is there. */
    | { kind: "headChanged" }
    /** `extra` events were not appended by the database: those that were had all been sealed before. */
    | { kind: "extra"; extra: number }
  );

type Row = { place: bigint; event: bigint; at: Date | null; hash: string; expected: string };

const STEP = 10_000n;
/** Numbers looked through at a time. */
const RANGE = 100_000n;
const BEFORE_ALL = -(2n ** 63n);

/**
 * Walks the audit chain from its first place to its head.
 *
 * @param progress told how many of how many events have been walked, after every 10,000
 * @throws {DatabaseUnavailable}
 */
export async function verifyChain(
  progress: (walked: number, of: number) => void = () => {},
): Promise<ChainVerdict> {
  // Read first: what is sealed meanwhile lies beyond it and is not looked at.
  const head = await query((db) => db.auditHead.findUniqueOrThrow({ where: { id: 1 } }));
  const walked: Walked = { events: 0, from: null, to: null };
  let last = "";
  for (let after = 0n; ; ) {
    const rows = await query(
      (db) => db.$queryRaw<Row[]>`
        SELECT s."place", s."event_id" AS "event", e."at", s."hash",
          audit_event_hash(lag(s."hash", 1, ${last}) OVER (ORDER BY s."place"), e) AS "expected"
        FROM "audit_seals" AS s LEFT JOIN "audit_events" AS e ON e."id" = s."event_id"
        WHERE s."place" > ${after} AND s."place" <= ${head.lastPlace} ORDER BY s."place" LIMIT ${STEP}`,
    );
    for (const row of rows) {
      const at = walked.events + 1;
      if (row.place !== BigInt(at)) {
        return { kind: "broken", at, event: null, reason: "missing", ...walked };
      }
      const event = Number(row.event);
      if (row.at === null) return { kind: "broken", at, event, reason: "missing", ...walked };
      if (row.hash !== row.expected) {
        return { kind: "broken", at, event, reason: "changed", ...walked };
      }
      last = row.hash;
      walked.events = at;
      walked.from ??= row.at;
      walked.to = row.at;
    }
    after = rows.at(-1)?.place ?? after;
    progress(walked.events, Number(head.lastPlace));
    if (BigInt(rows.length) < STEP) break;
  }
  const expected = Number(head.lastPlace);
  if (walked.events < expected) return { kind: "cut", expected, ...walked };
  if (head.lastHash !== last) return { kind: "headChanged", ...walked };
  const { behind, waiting, since } = await findUnsealed();
  const extra = behind + (await countPutIn(head.settledId));
  return extra > 0
    ? { kind: "extra", extra, ...walked }
    : { kind: "whole", waiting, since, ...walked };
}

/** Of events up to `settled` all are sealed that the database appended: how many are not. */
async function countPutIn(settled: bigint): Promise<number> {
  let count = 0;
  for (let from = BEFORE_ALL, to = 0n; from < settled; from = to, to += RANGE) {
    const upTo = to < settled ? to : settled;
    const [row] = await query(
      (db) => db.$queryRaw<{ count: bigint }[]>`
        SELECT count(*) FROM "audit_events" AS e WHERE e."id" > ${from} AND e."id" <= ${upTo}
          AND NOT EXISTS (SELECT FROM "audit_seals" AS s WHERE s."event_id" = e."id")`,
    );
    count += Number(row?.count ?? 0);
  }
  return count;
}
