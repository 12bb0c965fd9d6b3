import { Prisma, type Tx } from "./db";

/**
 * By what rows are locked, in the order of tables in which a transaction that locks in several does. Before all of
 * them comes the claim (lib/bootstrap/installation.ts); after them what the database locks by itself: rows that are
 * referred to, the installation for the last administrator, and the head of the audit trail.
 */
const KEYS = {
  jobs: { column: "id", type: "uuid" },
  roles: { column: "slug", type: "text" },
  join_links: { column: "id", type: "uuid" },
  users: { column: "id", type: "uuid" },
  deleted_users: { column: "id", type: "uuid" },
  saved_views: { column: "id", type: "uuid" },
  sessions: { column: "id", type: "uuid" },
};

/**
 * Locks rows for the rest of the transaction: what is read from now on is what is written. Nobody refers to them
 * anew meanwhile, either. Always in one order, so that two who lock the same rows wait for each other and do not lock
 * each other out.
 */
export async function lockRows(
  tx: Tx,
  table: keyof typeof KEYS,
  keys: readonly string[],
): Promise<void> {
  const column = Prisma.raw(`"${KEYS[table].column}"`);
  const type = Prisma.raw(`${KEYS[table].type}[]`);
  await tx.$queryRaw`
    SELECT 1 FROM ${Prisma.raw(`"${table}"`)} WHERE ${column} = ANY(${[...keys]}::${type})
    ORDER BY ${column} FOR UPDATE`;
}
