import { query } from "@/lib/platform/db";

/** The events that were walked and found right. `from` and `to` are their times; null when there are none. */
type Walked = { events: number; from: Date | null; to: Date | null };

export type ChainVerdict = Walked &
  (
    | { kind: "whole" }
    /** The event `at` was changed, does not follow from the one before it, or is not there. */
    | { kind: "broken"; at: number; reason: "changed" | "unlinked" | "missing" }
    /** Every event that is there is right, but the head remembers `expected` of them. */
    | { kind: "cut"; expected: number }
    /** The head names another last event than the one that is there. */
    | { kind: "headChanged" }
    /** `extra` events stand behind the head: they were not appended by the database. */
    | { kind: "extra"; extra: number }
  );

type Row = { id: bigint; at: Date; prev: string; hash: string; whole: boolean };

const STEP = 10_000n;
const BEFORE_ALL = -(2n ** 63n);

/**
 * Walks the audit chain from its first event to its head.
 *
 * @param progress told how many of how many events have been walked, after every 10,000
 * @throws {DatabaseUnavailable}
 */
export async function verifyChain(
  progress: (walked: number, of: number) => void = () => {},
): Promise<ChainVerdict> {
  // Read first: events that are appended meanwhile lie beyond it and are not looked at.
  const head = await query((db) => db.auditHead.findUniqueOrThrow({ where: { id: 1 } }));
  const walked: Walked = { events: 0, from: null, to: null };
  let hash = "";
  for (let after = BEFORE_ALL; ; ) {
    const rows = await query(
      (db) => db.$queryRaw<Row[]>`
        SELECT "id", "at", "prev_hash" AS "prev", "hash",
               "hash" = audit_event_hash("audit_events") AS "whole"
        FROM "audit_events" WHERE "id" > ${after} AND "id" <= ${head.lastId} ORDER BY "id" LIMIT ${STEP}`,
    );
    for (const row of rows) {
      const at = walked.events + 1;
      if (row.id !== BigInt(at)) return { kind: "broken", at, reason: "missing", ...walked };
      if (!row.whole) return { kind: "broken", at, reason: "changed", ...walked };
      if (row.prev !== hash) return { kind: "broken", at, reason: "unlinked", ...walked };
      hash = row.hash;
      walked.events = at;
      walked.from ??= row.at;
      walked.to = row.at;
    }
    after = rows.at(-1)?.id ?? after;
    progress(walked.events, Number(head.lastId));
    if (BigInt(rows.length) < STEP) break;
  }
  const expected = Number(head.lastId);
  if (walked.events < expected) return { kind: "cut", expected, ...walked };
  if (head.lastHash !== hash) return { kind: "headChanged", ...walked };
  // One statement, so that an event and the head that it moved are seen together.
  const [beyond] = await query(
    (db) => db.$queryRaw<{ extra: bigint }[]>`
      SELECT count(*) AS "extra" FROM "audit_events" WHERE "id" > (SELECT "last_id" FROM "audit_head")`,
  );
  const extra = Number(beyond?.extra ?? 0);
  return extra > 0 ? { kind: "extra", extra, ...walked } : { kind: "whole", ...walked };
}
