import { readdir } from "node:fs/promises";
import type { Database } from "./database";

/** The names of all migrations there are, in their order. */
export async function migrationNames(): Promise<string[]> {
  const entries = await readdir("prisma/migrations", { withFileTypes: true });
  return entries.flatMap((entry) => (entry.isDirectory() ? [entry.name] : [])).sort();
}

/** The names of those that a database has, as rows, in the order in which they were applied. */
export const appliedMigrations = (database: Database) =>
  database.sql(
    `SELECT migration_name AS name FROM _prisma_migrations
     WHERE finished_at IS NOT NULL AND rolled_back_at IS NULL ORDER BY started_at`,
  );
