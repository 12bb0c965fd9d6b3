import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import pg from "pg";
import { openEmbeddedPostgres } from "@/cli/embedded-postgres";
import { databaseEnv, runLatchkey } from "./latchkey";
import { OWNER } from "./owner";
import { RUN_FOLDER } from "./run-folder";
import { validatedAnswers } from "./validated-answers";

/** Where workers find the cluster that the run has started. */
const CLUSTER_URL = "LATCHKEY_TEST_CLUSTER";
/** Databases to copy: with the schema of today, and claimed by OWNER. */
export const TEMPLATES = { migrated: "latchkey_template", claimed: "latchkey_claimed_template" };

/** The same cluster, another database and role. */
export function clusterUrl(user: string, database: string): string {
  const url = new URL(process.env[CLUSTER_URL] ?? "");
  url.username = user;
  url.pathname = database;
  return url.href;
}

/** A worker that was ended in the middle of a test could not stop what it had started. */
async function killLeftOvers(folder: string): Promise<void> {
  for (const entry of await readdir(folder)) {
    const pidFile = entry.startsWith("pid-") ? entry : path.join(entry, "postgres/postmaster.pid");
    const pid = Number.parseInt(
      await readFile(path.join(folder, pidFile), "utf8").catch(() => ""),
      10,
    );
    if (Number.isNaN(pid)) continue;
    try {
      process.kill(pid, "SIGKILL");
    } catch {
      // it has ended
    }
  }
}

/** Runs SQL as superuser. */
async function execute(postgres: { superuserUrl: string }, ...texts: string[]): Promise<void> {
  const client = new pg.Client({ connectionString: postgres.superuserUrl });
  await client.connect();
  for (const text of texts) await client.query(text);
  await client.end();
}

/** Nothing in the cluster has to outlive the machine. What is to survive a crash is tested on embedded databases. */
const FORGETFUL = {
  fsync: "off",
  full_page_writes: "off",
  synchronous_commit: "off",
  wal_init_zero: "off",
  max_wal_size: "4GB",
  checkpoint_timeout: "1h",
};

/** Runs the `latchkey` command on a database, and has it succeed. */
async function latchkey(database: string, args: string[], input = ""): Promise<void> {
  const env = databaseEnv(clusterUrl("latchkey", database));
  const { code, output } = await runLatchkey(args, env, input);
  if (code !== 0) throw new Error(output);
}

/**
 * Global set-up of Vitest and of Playwright: one embedded PostgreSQL for the whole run, with databases to copy.
 * Returns the tear-down.
 */
export default async function startCluster(): Promise<() => Promise<void>> {
  const folder = await mkdtemp(path.join(tmpdir(), "latchkey-test-"));
  process.env[RUN_FOLDER] = folder;
  const postgres = await openEmbeddedPostgres(path.join(folder, "cluster"));
  process.env[CLUSTER_URL] = postgres.superuserUrl;
  const forget = Object.entries(FORGETFUL).map(
    ([name, value]) => `ALTER SYSTEM SET ${name} = '${value}'`,
  );
  await execute(postgres, ...forget, "SELECT pg_reload_conf()");
  const { migrated, claimed } = TEMPLATES;
  const { email, name, password } = OWNER;
  await execute(postgres, `CREATE DATABASE ${migrated} OWNER latchkey`);
  await latchkey(migrated, ["migrate"]);
  await execute(postgres, `CREATE DATABASE ${claimed} OWNER latchkey TEMPLATE ${migrated}`);
  await latchkey(claimed, ["admin", "create", "--email", email, "--name", name], `${password}\n`);
  return async () => {
    const validated = validatedAnswers();
    if (validated > 0) process.stdout.write(`${validated} responses validated against OpenAPI\n`);
    await postgres.close();
    await killLeftOvers(folder);
    await rm(folder, { recursive: true, force: true });
  };
}
