import { closeDb, isDatabaseFault } from "@/lib/platform/db";
import { env } from "@/lib/platform/env";
import { checkEnvironment, openDatabase } from "./environment";
import { migrate } from "./migrate";
import { OperatorError } from "./operator-error";

/** The exit code of a command whose database cannot be reached (contract: "Command line"). */
const DATABASE_UNREACHABLE = 5;

/**
 * Runs a command on the installation's database: beside a running server, or with the embedded one started
 * for the while. Migrates first, unless `migrated` is false.
 *
 * @throws {OperatorError} when the database is away
 */
export async function withDatabase(
  { root, migrated = true }: { root: string; migrated?: boolean },
  work: () => Promise<void>,
): Promise<void> {
  // Two lines for a person, not a log; what a command has to say it prints.
  process.env["LOG_LEVEL"] ||= "error";
  checkEnvironment();
  const database = await openDatabase();
  try {
    if (migrated) await migrate(env().databaseUrl, root);
    await work();
  } catch (error) {
    if (!isDatabaseFault(error)) throw error;
    throw new OperatorError("The database cannot be reached.", DATABASE_UNREACHABLE);
  } finally {
    await closeDb();
    await database.close();
  }
}
