import { randomBytes } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";
import { clusterUrl, TEMPLATES } from "./cluster";

export type Rows = Record<string, unknown>[];

/** A database of a test's own, in the cluster of the run. */
export type Database = {
  /** As the app connects: owner of the database, no superuser. */
  url: string;
  /** Runs SQL as superuser on a connection of its own; returns the rows of the last statement. */
  sql(text: string): Promise<Rows>;
  /** A connection as superuser, for what takes several steps. */
  connect(): Promise<pg.Client>;
  drop(): Promise<void>;
};

export async function connect(connectionString: string): Promise<pg.Client> {
  const client = new pg.Client({ connectionString });
  client.on("error", () => {}); // a server that is killed between two queries fails the next one
  await client.connect();
  return client;
}

/** Runs SQL on a connection of its own, so that a transaction that broke off leaves nothing behind. */
export async function runSql(connectionString: string, text: string): Promise<Rows> {
  const client = await connect(connectionString);
  try {
    const results = [await client.query(text)].flat();
    return results.at(-1)?.rows ?? [];
  } finally {
    await client.end();
  }
}

/** Makes a database: with the schema unless told otherwise, and claimed by OWNER if told so. */
export async function freshDatabase({ migrated = true, claimed = false } = {}): Promise<Database> {
  const name = `test_${randomBytes(6).toString("hex")}`;
  const maintenance = clusterUrl("postgres", "postgres");
  const template = claimed ? TEMPLATES.claimed : migrated ? TEMPLATES.migrated : "template0";
  await runSql(maintenance, `CREATE DATABASE ${name} OWNER latchkey TEMPLATE ${template}`);
  return {
    url: clusterUrl("latchkey", name),
    sql: (text) => runSql(clusterUrl("postgres", name), text),
    connect: () => connect(clusterUrl("postgres", name)),
    drop: async () => {
      await runSql(maintenance, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
    },
  };
}

/**
 * Remembers what is in a database. The function returned puts it back, whatever has been written since and whatever
 * promise that breaks; it waits for jobs that run.
 */
export async function remember({
  connect,
}: Pick<Database, "connect">): Promise<() => Promise<void>> {
  const client = await connect();
  await client.query("BEGIN ISOLATION LEVEL REPEATABLE READ"); // a server may be sealing what it has recorded
  const { rows: tables } = await client.query<{ name: string; columns: string }>(
    `SELECT quote_ident(table_name) AS name, string_agg(quote_ident(column_name), ', ') AS columns
     FROM information_schema.columns JOIN information_schema.tables USING (table_schema, table_name)
     WHERE table_schema = 'public' AND table_type = 'BASE TABLE' AND is_generated = 'NEVER'
       AND table_name <> '_prisma_migrations'
     GROUP BY table_name`,
  );
  const contents = new Map<string, string>();
  for (const { name } of tables) {
    const { rows } = await client.query(`SELECT json_agg(t)::text AS content FROM ${name} AS t`);
    if (rows[0].content !== null) contents.set(name, rows[0].content);
  }
  const { rows: sequences } = await client.query<{ name: string; value: string | null }>(
    "SELECT sequencename AS name, last_value AS value FROM pg_sequences WHERE schemaname = 'public'",
  );
  await client.end();

  return async () => {
    const again = await connect();
    try {
      const running = "SELECT FROM jobs WHERE state = 'running'";
      while ((await again.query(running)).rowCount !== 0) await sleep(20);
      await again.query("BEGIN; SET LOCAL session_replication_role = replica"); // no trigger, no foreign key
      // Nobody seals meanwhile (lib/audit/seal-events.ts), or a seal would be left of an event that is gone.
      await again.query("SELECT pg_advisory_xact_lock(hashtext('seal_audit_events'))");
      for (const { name, columns } of tables) {
        await again.query(`DELETE FROM ${name}`);
        const content = contents.get(name);
        if (content === undefined) continue;
        await again.query(
          `INSERT INTO ${name} (${columns}) OVERRIDING SYSTEM VALUE
           SELECT ${columns} FROM json_populate_recordset(NULL::${name}, $1)`,
          [content],
        );
      }
      for (const { name, value } of sequences) {
        await again.query("SELECT setval($1::regclass, $2, $3)", [
          name,
          value ?? 1,
          value !== null,
        ]);
      }
      await again.query("COMMIT");
    } finally {
      await again.end();
    }
  };
}
