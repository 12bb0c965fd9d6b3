import { ask } from "@/lib/platform/ask";
import { Prisma } from "@/lib/platform/db";

export type Unsealed = {
  /** Events with numbers that were never given: the database did not append them. */
  behind: number;
  /** Events that the sealer has not come to yet, the oldest of them appended at `since`. */
  waiting: number;
  since: Date | null;
  /** For so long that no server seems to seal, or that a transaction holds them up which nobody ends. */
  late: boolean;
};

/** An event is sealed within a second; a transaction of ours ends within fifteen. */
const LATE = "1 minute";

/**
 * What the sealer has not come to yet, and what stands `behind` every number that was ever given. In one statement, so
 * that events, seals and the head are of one moment.
 */
export const UNSEALED = Prisma.sql`
  SELECT count(*) FILTER (WHERE NOT "given") AS "behind", count(*) FILTER (WHERE "given") AS "waiting",
    min("at") FILTER (WHERE "given") AS "since",
    coalesce(min("at") FILTER (WHERE "given") < clock_timestamp() - ${LATE}::interval, false) AS "late"
  FROM (
    SELECT e."at", e."id" <= coalesce(pg_sequence_last_value('audit_events_id_seq'), 0) AS "given"
    FROM "audit_head" AS h JOIN "audit_events" AS e ON e."id" > h."settled_id"
    WHERE NOT EXISTS (SELECT FROM "audit_seals" AS s WHERE s."event_id" = e."id")
  ) AS events`;

/** What UNSEALED finds. @throws {DatabaseUnavailable} */
export async function findUnsealed(): Promise<Unsealed> {
  const [row] = await ask(
    UNSEALED,
    (row) => row as { behind: string; waiting: string; since: Date | null; late: boolean },
  );
  return {
    behind: Number(row?.behind ?? 0),
    waiting: Number(row?.waiting ?? 0),
    since: row?.since ?? null,
    late: row?.late ?? false,
  };
}
