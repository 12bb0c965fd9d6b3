import { randomBytes } from "node:crypto";
import pg from "pg";
import { clusterUrl, TEMPLATE } from "./cluster";

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

async function connect(connectionString: string): Promise<pg.Client> {
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

/** Makes an empty database, migrated unless told otherwise. */
export async function freshDatabase({ migrated = true } = {}): Promise<Database> {
  const name = `test_${randomBytes(6).toString("hex")}`;
  const maintenance = clusterUrl("postgres", "postgres");
  const template = migrated ? TEMPLATE : "template0";
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
