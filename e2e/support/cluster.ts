import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import pg from "pg";
import { openEmbeddedPostgres } from "@/cli/embedded-postgres";
import { databaseEnv, runLatchkey } from "./latchkey";

/** Where workers find the cluster that the run has started. */
export const CLUSTER_URL = "LATCHKEY_TEST_CLUSTER";
export const TEMPLATE = "latchkey_template";

/** The same cluster, another database and role. */
export function clusterUrl(user: string, database: string): string {
  const url = new URL(process.env[CLUSTER_URL] ?? "");
  url.username = user;
  url.pathname = database;
  return url.href;
}

/**
 * Global set-up of Vitest and of Playwright: one embedded PostgreSQL for the whole run, with a migrated
 * database to copy. Returns the tear-down.
 */
export default async function startCluster(): Promise<() => Promise<void>> {
  const folder = await mkdtemp(path.join(tmpdir(), "latchkey-test-"));
  const postgres = await openEmbeddedPostgres(folder);
  process.env[CLUSTER_URL] = postgres.superuserUrl;
  const client = new pg.Client({ connectionString: postgres.superuserUrl });
  await client.connect();
  await client.query(`CREATE DATABASE ${TEMPLATE} OWNER latchkey`);
  await client.end();
  const { code, output } = await runLatchkey(
    ["migrate"],
    databaseEnv(clusterUrl("latchkey", TEMPLATE)),
  );
  if (code !== 0) throw new Error(output);
  return async () => {
    await postgres.close();
    await rm(folder, { recursive: true, force: true });
  };
}
