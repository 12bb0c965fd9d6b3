import { query } from "@/lib/platform/db";

export type ChainVerdict =
  | { kind: "whole"; events: number }
  /** The first event that does not follow from the one before it, or was changed. */
  | { kind: "broken"; at: number; reason: "changed" | "unlinked" | "missing" }
  /** Every event that is there is right, and the head remembers more of them. */
  | { kind: "cut"; events: number; expected: number };

const STEP = 10_000n;

/** Walks the audit chain from its first event to its head. @throws {DatabaseUnavailable} */
export async function verifyChain(): Promise<ChainVerdict> {
  // Read first: events that are appended meanwhile lie beyond it and are not looked at.
  const head = await query((db) => db.auditHead.findUniqueOrThrow({ where: { id: 1 } }));
  let hash = "";
  let last = 0n;
  for (;;) {
    const rows = await query(
      (db) => db.$queryRaw<{ id: bigint; prev: string; hash: string; whole: boolean }[]>`
        SELECT "id", "prev_hash" AS "prev", "hash",
               "hash" = audit_event_hash("audit_events") AS "whole"
        FROM "audit_events" WHERE "id" > ${last} AND "id" <= ${head.lastId} ORDER BY "id" LIMIT ${STEP}`,
    );
    for (const row of rows) {
      const at = Number(last + 1n);
      if (row.id !== last + 1n) return { kind: "broken", at, reason: "missing" };
      if (row.prev !== hash) return { kind: "broken", at, reason: "unlinked" };
      if (!row.whole) return { kind: "broken", at, reason: "changed" };
      hash = row.hash;
      last = row.id;
    }
    if (BigInt(rows.length) < STEP) break;
  }
  const events = Number(last);
  return head.lastId === last && head.lastHash === hash
    ? { kind: "whole", events }
    : { kind: "cut", events, expected: Number(head.lastId) };
}
