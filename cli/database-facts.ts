import type pg from "pg";
import { PRODUCT } from "@/product";

/** What a database says of itself, as one role sees it. */
export type DatabaseFacts = {
  version: string;
  versionNumber: number;
  encoding: string;
  database: string;
  role: string;
  /** Where tables are found and made; null when there is no such place. */
  schema: string | null;
  /** The schema that the address or the role names before all others; null for PostgreSQL's own rule. */
  wishedSchema: string | null;
  /** Whether the role may make tables in `schema`. */
  mayCreate: boolean;
  /** It only reads: a standby, or a primary that was told to. */
  readOnly: boolean;
  standby: boolean;
  statementTimeout: string;
  now: Date;
};

const OLDEST_POSTGRES = 140_000;

export async function readFacts(pool: pg.Pool): Promise<DatabaseFacts> {
  const { rows } = await pool.query<DatabaseFacts & { searchPath: string }>(`
    SELECT current_setting('server_version') AS "version",
      current_setting('server_version_num')::int AS "versionNumber",
      current_setting('server_encoding') AS "encoding",
      current_database() AS "database", current_user AS "role",
      current_schema() AS "schema", current_setting('search_path') AS "searchPath",
      coalesce(has_schema_privilege(current_schema(), 'CREATE'), false) AS "mayCreate",
      current_setting('transaction_read_only') = 'on' AS "readOnly",
      pg_is_in_recovery() AS "standby",
      current_setting('statement_timeout') AS "statementTimeout",
      clock_timestamp() AS "now"`);
  const [row] = rows;
  if (row === undefined) throw new Error("The database said nothing of itself.");
  const { searchPath, ...facts } = row;
  return { ...facts, wishedSchema: wishedSchema(searchPath) };
}

/** The first name of a search path, unless it is PostgreSQL's `"$user"`, which wishes for nothing. */
export function wishedSchema(searchPath: string): string | null {
  const [, quoted, plain] = /^\s*(?:"((?:[^"]|"")*)"|([^\s,"]+))/.exec(searchPath) ?? [];
  const name = quoted?.replaceAll('""', '"') ?? plain;
  return name === undefined || name === "" || name === "$user" ? null : name;
}

/** The database is one that the product cannot live in, and that will not change by itself. */
export class DatabaseUnfit extends Error {
  override name = "DatabaseUnfit";
}

/**
 * @param wished the schema that the address names by `?schema=`
 * @throws {DatabaseUnfit} with the fix
 */
export function judgeFacts(
  facts: DatabaseFacts,
  { wished, pooled }: { wished: string | null; pooled: boolean },
): void {
  const { database, role, schema } = facts;
  const refuse = (words: string) => {
    throw new DatabaseUnfit(words);
  };
  if (facts.versionNumber < OLDEST_POSTGRES) {
    refuse(`PostgreSQL ${facts.version} is too old; 14 or later is needed`);
  }
  if (facts.encoding !== "UTF8") {
    refuse(
      `the database ${database} is encoded as ${facts.encoding}, and names need UTF8. Make another: ` +
        `CREATE DATABASE ${PRODUCT.command} OWNER ${role} ENCODING 'UTF8' TEMPLATE template0`,
    );
  }
  if (pooled && wished !== null && wished !== schema) {
    refuse(
      `?schema=${wished} cannot be kept behind a pooler, whose sessions are shared. Give it to the role: ` +
        `ALTER ROLE ${role} IN DATABASE ${database} SET search_path = ${wished}; then end the pooler's connections (RECONNECT)`,
    );
  }
  if (schema === null && facts.wishedSchema === null) {
    refuse(
      `${role} has no schema to make tables in. Make one: CREATE SCHEMA ${PRODUCT.command} AUTHORIZATION ${role}, ` +
        `and add ?schema=${PRODUCT.command} to the address`,
    );
  }
}
