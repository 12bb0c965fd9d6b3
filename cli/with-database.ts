import { sealOwnEvents } from "@/lib/audit/sealer";
import { compareClocks } from "@/lib/platform/compare-clocks";
import { closeDb } from "@/lib/platform/db";
import { env } from "@/lib/platform/env";
import { EnvError } from "@/lib/platform/env/setting";
import { loadSettings } from "@/lib/settings/settings";
import { checkEnvironment, environmentProblems, openDatabase } from "./environment";
import { DatabaseTrouble, inDatabase } from "./explain-database-fault";
import { OperatorError } from "./operator-error";
import { readyDatabase } from "./ready-database";

/** The exit code of a command whose database cannot be reached (docs/contracts/wizard-and-headless.md#command-line). */
const DATABASE_UNREACHABLE = 5;

/**
 * Runs a command on the installation's database: beside a running server, or with the embedded one started
 * for the while. Migrates first, unless `migrated` is false.
 *
 * @throws {OperatorError} when the database is away or refuses
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
    if (migrated) await readyDatabase(root);
    await inDatabase("DATABASE_URL", env().databaseUrl, async () => {
      await compareClocks();
      if (migrated) await loadSettings();
      await work();
      await sealOwnEvents();
    });
  } catch (error) {
    if (error instanceof EnvError) throw environmentProblems(error.problems);
    if (!(error instanceof DatabaseTrouble)) throw error;
    throw new OperatorError(`${error.message}.`, DATABASE_UNREACHABLE);
  } finally {
    await closeDb();
    await database.close();
  }
}
