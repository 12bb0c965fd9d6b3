import { closeDb } from "@/lib/platform/db";
import { type Database, freshDatabase } from "./database";
import { databaseEnv } from "./latchkey";

/**
 * A fresh database for a test that calls operations of lib/ itself: what runs in this process uses it until `drop`.
 *
 * @param options.env added to the environment of this process
 * @param options.claimed it is one that OWNER has claimed
 */
export async function databaseInProcess({
  env = {},
  claimed = false,
}: {
  env?: Record<string, string>;
  claimed?: boolean;
} = {}): Promise<Database> {
  const database = await freshDatabase({ claimed });
  delete process.env["BASE_URL"]; // the test runner's, which means something else
  Object.assign(process.env, databaseEnv(database.url), { LOG_LEVEL: "silent", ...env });
  const drop = async () => {
    await closeDb();
    await database.drop();
  };
  return { ...database, drop };
}
