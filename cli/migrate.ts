import { readdir, readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import path from "node:path";
import { PrismaPg } from "@prisma/adapter-pg";
import {
  bindMigrationAwareSqlAdapterFactory,
  DriverAdapterError,
} from "@prisma/driver-adapter-utils";
import * as bindings from "@prisma/schema-engine-wasm/schema_engine_bg";
import pg from "pg";

type SchemaEngine = bindings.SchemaEngine;

const require = createRequire(import.meta.url);
const FILTERS = { externalTables: [], externalEnums: [] };

/** Part of the script's own transaction: whether it is noted as finished is then never in doubt. */
const NOTE_FINISHED = `
;DO $$ BEGIN
  IF to_regclass('_prisma_migrations') IS NOT NULL THEN
    UPDATE _prisma_migrations SET finished_at = now()
      WHERE finished_at IS NULL AND rolled_back_at IS NULL;
  END IF;
END $$`;

/**
 * Sends a migration as one simple-protocol query: PostgreSQL then runs it in one implicit transaction. The
 * adapter's own `executeScript` splits at every semicolon, which is neither atomic nor able to carry a function
 * body. When we are killed, PostgreSQL may not notice and still commit what it has received; the engine would
 * find its note unfinished and the tables there. So the note is finished in the same transaction.
 */
class AtomicScripts extends PrismaPg {
  readonly #pool: pg.Pool;

  constructor(pool: pg.Pool) {
    super(pool);
    this.#pool = pool;
  }

  override async connect() {
    const adapter = await super.connect();
    adapter.executeScript = async (script) => {
      await this.#pool.query(script + NOTE_FINISHED).catch((error: pg.DatabaseError) => {
        throw new DriverAdapterError({
          kind: "postgres",
          code: error.code ?? "N/A",
          severity: error.severity ?? "N/A",
          message: error.message,
          detail: error.detail,
          column: error.column,
          hint: error.hint,
        });
      });
    };
    return adapter;
  }
}

let instantiated: Promise<void> | undefined;

/** The engine's glue keeps views of one memory, so there can be one instance a process. */
function loadEngine(): Promise<void> {
  instantiated ??= (async () => {
    const file = require.resolve("@prisma/schema-engine-wasm/schema_engine_bg");
    const wasm = await readFile(path.join(path.dirname(file), "schema_engine_bg.wasm"));
    const { instance } = await WebAssembly.instantiate(wasm, {
      "./schema_engine_bg.js": bindings as unknown as WebAssembly.ModuleImports,
    });
    bindings.__wbg_set_wasm(instance.exports);
    (instance.exports["__wbindgen_start"] as () => void)();
  })();
  return instantiated;
}

/**
 * Prisma's own schema engine as WebAssembly: the same engine, the same `_prisma_migrations` table and the
 * same advisory lock as `prisma migrate deploy`, without the native binary that has to be downloaded.
 * One connection, so that the session that holds the lock is the one that works and closing it frees it.
 *
 * @throws the driver's error, which has a code, when the database is away; else the engine's
 */
async function withEngine<T>(databaseUrl: string, use: (engine: SchemaEngine) => Promise<T>) {
  const pool = new pg.Pool({
    connectionString: databaseUrl,
    max: 1,
    connectionTimeoutMillis: 5_000,
  });
  pool.on("error", () => {}); // a connection lost while idle; the next query reports it
  // The engine flattens every error to text; the connection itself says whether the database is away.
  const probe = () => pool.query("SELECT 1");
  try {
    await probe();
    await loadEngine();
    const adapters = bindMigrationAwareSqlAdapterFactory(new AtomicScripts(pool));
    const engine = await bindings.SchemaEngine.new({ datamodels: undefined }, () => {}, adapters);
    try {
      return await use(engine);
    } finally {
      engine.free();
    }
  } catch (error) {
    await probe();
    throw error;
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
async function unfinished(engine: SchemaEngine, migrationsList: bindings.MigrationList) {
  const history = await engine.diagnoseMigrationHistory({
    migrationsList,
    optInToShadowDatabase: false,
    filters: FILTERS,
  });
  return history.failedMigrationNames;
}

/**
 * Applies every pending migration once, also when several processes start together. A migration that a
 * killed process left unfinished was rolled back whole by PostgreSQL, so it is applied again.
 *
 * @returns the names it applied, empty when the database was up to date
 * @throws the engine's error when the database is away or a migration's SQL fails
 */
export async function migrate(databaseUrl: string, rootDir: string): Promise<string[]> {
  const migrationsList = await readMigrations(rootDir);
  return withEngine(databaseUrl, async (engine) => {
    const apply = async () =>
      (await engine.applyMigrations({ migrationsList, filters: FILTERS })).appliedMigrationNames;
    try {
      return await apply();
    } catch (error) {
      // The engine held the lock when it refused, so no living process is in the middle of these.
      const names = await unfinished(engine, migrationsList);
      const refusedBeforeTrying = (error as { code?: string }).code === "P3009";
      if (!refusedBeforeTrying || names.length === 0) throw error;
      for (const migrationName of names) await engine.markMigrationRolledBack({ migrationName });
      return apply();
    }
  });
}

/**
 * Names of the migrations that `migrate` would apply.
 *
 * @throws the engine's error when the database is away
 */
export async function pendingMigrations(databaseUrl: string, rootDir: string): Promise<string[]> {
  const { migrationDirectories } = await readMigrations(rootDir);
  const pool = new pg.Pool({ connectionString: databaseUrl, max: 1 });
  try {
    const { rows } = await pool.query<{ name: string }>(
      `SELECT migration_name AS name FROM _prisma_migrations WHERE finished_at IS NOT NULL`,
    );
    const applied = new Set(rows.map(({ name }) => name));
    return migrationDirectories.flatMap(({ path }) => (applied.has(path) ? [] : [path]));
  } catch (error) {
    if ((error as pg.DatabaseError).code !== "42P01") throw error;
    return migrationDirectories.map(({ path }) => path); // nothing has ever been applied
  } finally {
    await pool.end();
  }
}

/** The SQL that takes an empty database to `prisma/schema.prisma`: raw material for the next migration. */
export async function schemaAsSql(databaseUrl: string, rootDir: string): Promise<string> {
  const file = path.join(rootDir, "prisma", "schema.prisma");
  const files = [{ path: file, content: await readFile(file, "utf8") }];
  return withEngine(databaseUrl, async (engine) => {
    const to = { tag: "schemaDatamodel" as const, files };
    const result = await engine.diff({
      from: { tag: "empty" },
      to,
      script: true,
      exitCode: null,
      filters: FILTERS,
    });
    return result.stdout ?? "";
  });
}
