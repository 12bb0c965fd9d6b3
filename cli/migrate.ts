import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import type { MigrationList, SchemaEngine } from "@prisma/schema-engine-wasm/schema_engine_bg";
import type pg from "pg";
import { openPool, quoteName } from "@/lib/platform/database-pool";
import { schemaOf } from "@/lib/platform/database-url";
import { log } from "@/lib/platform/log";
import { sha256 } from "@/lib/platform/secrets/digest";
import { type DatabaseFacts, DatabaseUnfit, judgeFacts, readFacts } from "./database-facts";
import type { Connections } from "./with-engine";

const FILTERS = { externalTables: [], externalEnums: [] };

/** A connection for migrations, and a second one that is only used behind a pooler, to hold the lock. */
async function withConnections<T>(url: string, use: (connections: Connections) => Promise<T>) {
  let pooled = false;
  const pool = openPool({
    url,
    max: 2,
    connectTimeoutMs: 5_000,
    settings: { statement_timeout: "0", idle_in_transaction_session_timeout: "0" },
    onSession: (own) => {
      pooled = !own;
    },
  });
  pool.on("error", () => {}); // a connection lost while idle; the next query reports it
  try {
    await pool.query("SELECT 1");
    return await use({ pool, pooled });
  } finally {
    await pool.end();
  }
}

async function readMigrations(rootDir: string) {
  const baseDir = path.join(rootDir, "prisma", "migrations");
  const entries = await readdir(baseDir, { withFileTypes: true });
  const names = entries.flatMap((entry) => (entry.isDirectory() ? [entry.name] : [])).sort();
  return {
    baseDir,
    lockfile: {
      path: "migration_lock.toml",
      content: await readFile(path.join(baseDir, "migration_lock.toml"), "utf8"),
    },
    shadowDbInitScript: "",
    migrationDirectories: await Promise.all(
      names.map(async (name) => ({
        path: name,
        migrationFile: {
          path: "migration.sql",
          content: {
            tag: "ok" as const,
            value: await readFile(path.join(baseDir, name, "migration.sql"), "utf8"),
          },
        },
      })),
    ),
  };
}

/** Names of migrations that were begun and neither finished nor rolled back (Prisma error P3009). */
async function unfinished(engine: SchemaEngine, migrationsList: MigrationList) {
  const history = await engine.diagnoseMigrationHistory({
    migrationsList,
    optInToShadowDatabase: false,
    filters: FILTERS,
  });
  return history.failedMigrationNames;
}

/** What `_prisma_migrations` says of the migrations of this version. */
type MigrationState = {
  /** What `migrate` would apply. */
  pending: string[];
  /** Applied by a newer version: this one does not know them. */
  unknown: string[];
  /** Applied in another form than this version's. */
  changed: string[];
};

type Ledger = { name: string; checksum: string; finished: boolean }[];

/** Null when nothing has ever been applied. */
async function readLedger(pool: pg.Pool): Promise<Ledger | null> {
  try {
    const { rows } = await pool.query<Ledger[number]>(
      `SELECT migration_name AS name, checksum, finished_at IS NOT NULL AS finished
         FROM _prisma_migrations WHERE rolled_back_at IS NULL ORDER BY started_at`,
    );
    return rows;
  } catch (error) {
    if ((error as pg.DatabaseError).code !== "42P01") throw error;
    return null;
  }
}

/**
 * Applies every pending migration once, also when several processes start together. A migration that a
 * killed process left unfinished was rolled back whole by PostgreSQL, so it is applied again. Where there is nothing
 * to apply it only reads, so that a role that may not change tables can start the product.
 *
 * @returns the names it applied, empty when the database was up to date
 * @throws {DatabaseUnfit} {@link explainDatabaseFault} has words for the others: the driver's error when the database
 *   is away or refuses a migration's SQL, the engine's error
 */
export async function migrate(url: string, rootDir: string): Promise<string[]> {
  const migrationsList = await readMigrations(rootDir);
  return withConnections(url, async (connections) => {
    const facts = await readFacts(connections.pool);
    judgeFacts(facts, { wished: schemaOf(url), pooled: connections.pooled });
    const schema = await ensureSchema(connections.pool, facts);
    const ledger = (await readLedger(connections.pool)) ?? [];
    const { pending, unknown } = compare(ledger, migrationsList);
    if (unknown.length > 0) log().warn({ unknown }, "the database belongs to a newer version");
    if (pending.length === 0 && ledger.every(({ finished }) => finished)) return [];
    await requireCreate(connections.pool, schema, facts.role);
    const { withEngine } = await import("./with-engine");
    return withEngine(connections, schema, async (engine) => {
      const apply = async () =>
        (await engine.applyMigrations({ migrationsList, filters: FILTERS })).appliedMigrationNames;
      try {
        return await apply();
      } catch (error) {
        const refusedBeforeTrying = (error as { code?: string }).code === "P3009";
        if (!refusedBeforeTrying) throw error;
        // The engine held the lock when it refused, so no living process is in the middle of these.
        const names = await unfinished(engine, migrationsList);
        if (names.length === 0) throw error;
        for (const migrationName of names) await engine.markMigrationRolledBack({ migrationName });
        return apply();
      }
    });
  });
}

/** @throws {DatabaseUnfit} when the role may not make tables in the schema */
async function requireCreate(pool: pg.Pool, schema: string, role: string): Promise<void> {
  const { rows } = await pool.query<{ may: boolean }>(
    "SELECT has_schema_privilege($1, 'CREATE') AS may",
    [schema],
  );
  if (rows[0]?.may === true) return;
  throw new DatabaseUnfit(
    `${role} may not make tables in the schema ${schema}. Allow it: GRANT USAGE, CREATE ON SCHEMA ${schema} TO ${role}; ` +
      `or give it one of its own: CREATE SCHEMA ${role} AUTHORIZATION ${role}; or apply migrations as another role: ` +
      "DATABASE_MIGRATION_URL",
  );
}

/** The schema to work in; made if the address or the role names one that the database lacks. */
async function ensureSchema(pool: pg.Pool, facts: DatabaseFacts): Promise<string> {
  const { schema, wishedSchema, role } = facts;
  if (schema !== null && (wishedSchema === null || wishedSchema === schema)) return schema;
  const wished = wishedSchema ?? "public";
  const there = await pool.query("SELECT FROM pg_namespace WHERE nspname = $1", [wished]);
  if (there.rowCount === 1) {
    throw new DatabaseUnfit(
      `${role} may not use the schema ${wished}. Allow it: GRANT USAGE, CREATE ON SCHEMA ${wished} TO ${role}`,
    );
  }
  await pool.query(`CREATE SCHEMA IF NOT EXISTS ${quoteName(wished)}`).catch((error) => {
    if ((error as pg.DatabaseError).code !== "42501") throw error;
    throw new DatabaseUnfit(
      `the schema ${wished} is not there, and ${role} may not make it. As the owner of the database: ` +
        `CREATE SCHEMA ${wished} AUTHORIZATION ${role}`,
    );
  });
  return wished;
}

function compare(
  ledger: Ledger,
  {
    migrationDirectories,
  }: { migrationDirectories: Awaited<ReturnType<typeof readMigrations>>["migrationDirectories"] },
): MigrationState {
  const applied = new Map(
    ledger.flatMap(({ name, checksum, finished }) => (finished ? [[name, checksum] as const] : [])),
  );
  const ours = new Map(
    migrationDirectories.map(({ path, migrationFile }) => [path, migrationFile.content.value]),
  );
  return {
    pending: [...ours.keys()].filter((name) => !applied.has(name)),
    unknown: [...applied.keys()].filter((name) => !ours.has(name)),
    changed: [...applied].flatMap(([name, checksum]) => {
      const script = ours.get(name);
      return script === undefined || sha256(script) === checksum ? [] : [name];
    }),
  };
}

/** How the database's migrations stand to those of this version. @throws the driver's error when it is away */
export async function migrationState(url: string, rootDir: string): Promise<MigrationState> {
  const migrationsList = await readMigrations(rootDir);
  return withConnections(url, async ({ pool }) =>
    compare((await readLedger(pool)) ?? [], migrationsList),
  );
}

/** The SQL that takes an empty database to `prisma/schema.prisma`: raw material for the next migration. */
export async function schemaAsSql(url: string, rootDir: string): Promise<string> {
  const file = path.join(rootDir, "prisma", "schema.prisma");
  const files = [{ path: file, content: await readFile(file, "utf8") }];
  const { withEngine } = await import("./with-engine");
  return withConnections(url, (connections) =>
    withEngine(connections, "public", async (engine) => {
      const to = { tag: "schemaDatamodel" as const, files };
      const result = await engine.diff({
        from: { tag: "empty" },
        to,
        script: true,
        exitCode: null,
        filters: FILTERS,
      });
      return result.stdout ?? "";
    }),
  );
}
