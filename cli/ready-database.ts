import { schemaOf } from "@/lib/platform/database-url";
import { isPooled, pool } from "@/lib/platform/db";
import { env } from "@/lib/platform/env";
import { PRODUCT } from "@/product";
import { DatabaseUnfit, judgeFacts, readFacts } from "./database-facts";
import { DatabaseTrouble, inDatabase } from "./explain-database-fault";
import { migrate } from "./migrate";

/** Which variable says where migrations are applied. */
export function migrationVariable(): string {
  const { databaseUrl, migrationUrl } = env();
  return migrationUrl === databaseUrl ? "DATABASE_URL" : "DATABASE_MIGRATION_URL";
}

/**
 * Looks at a database of the operator's before anything takes time: what will never mend is said at once. One that is
 * away is no reason to stop here.
 *
 * @throws {DatabaseTrouble} that does not mend
 */
export async function refuseUnfitDatabase(): Promise<void> {
  const { databaseUrl } = env();
  try {
    await inDatabase("DATABASE_URL", databaseUrl, async () =>
      judgeFacts(await readFacts(pool()), { wished: schemaOf(databaseUrl), pooled: isPooled() }),
    );
  } catch (error) {
    if (!(error instanceof DatabaseTrouble && error.fault.mends)) throw error;
  }
}

/**
 * Makes the database fit for this version: judges it, applies what is pending, and makes sure that the product finds
 * what was made.
 *
 * @returns the names of the migrations that were applied
 * @throws {DatabaseTrouble}
 */
export async function readyDatabase(root: string): Promise<string[]> {
  const { databaseUrl, migrationUrl } = env();
  const applied = await inDatabase(migrationVariable(), migrationUrl, () =>
    migrate(migrationUrl, root),
  );
  await inDatabase("DATABASE_URL", databaseUrl, judgeOwnDatabase);
  return applied;
}

/** @throws {DatabaseUnfit} when the product cannot live with what its own role sees */
async function judgeOwnDatabase(): Promise<void> {
  const facts = await readFacts(pool());
  judgeFacts(facts, { wished: schemaOf(env().databaseUrl), pooled: isPooled() });
  const { role, schema } = facts;
  const missing = await missingRights();
  if (missing === null) {
    throw new DatabaseUnfit(
      `migrations are applied, but not where ${role} looks (schema ${schema ?? "none"}). Name the same schema in both ` +
        `addresses: ?schema=${PRODUCT.command}; behind a pooler: ALTER ROLE … SET search_path = ${PRODUCT.command}`,
    );
  }
  if (missing.length > 0) {
    throw new DatabaseUnfit(grantsFor(role, schema, missing));
  }
}

/** Who may not do what, and what allows it. */
export function grantsFor(role: string, schema: string | null, missing: string[]): string {
  const some = `${missing.slice(0, 3).join(", ")}${missing.length > 3 ? " and others" : ""}`;
  return (
    `${role} may not read and write ${some}. As their owner: ` +
    `GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA ${schema} TO ${role}; ` +
    `GRANT USAGE ON ALL SEQUENCES IN SCHEMA ${schema} TO ${role} (docs/guides/databases.md)`
  );
}

/**
 * Tables and sequences of ours that the role of the product cannot work with; null when they are not where it looks. Ours
 * are those of whoever applied the migrations: a schema may hold others, which are nobody's business here.
 */
export async function missingRights(): Promise<string[] | null> {
  const { rows } = await pool().query<{ name: string; allowed: boolean }>(`
    SELECT c.relname AS name,
      CASE WHEN c.relkind = 'S' THEN has_sequence_privilege(c.oid, 'USAGE')
           WHEN c.oid = ledger.oid THEN has_table_privilege(c.oid, 'SELECT')
           ELSE has_table_privilege(c.oid, 'SELECT') AND has_table_privilege(c.oid, 'INSERT')
            AND has_table_privilege(c.oid, 'UPDATE') AND has_table_privilege(c.oid, 'DELETE') END AS allowed
    FROM pg_class ledger JOIN pg_class c USING (relnamespace, relowner)
    WHERE ledger.oid = to_regclass('_prisma_migrations') AND c.relkind IN ('r', 'S')
      AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.objid = c.oid AND d.deptype = 'e')`);
  if (rows.length === 0) return null;
  return rows.flatMap(({ name, allowed }) => (allowed ? [] : [name])).sort();
}
