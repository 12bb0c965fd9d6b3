import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import path from "node:path";
import { PrismaPg } from "@prisma/adapter-pg";
import {
  bindMigrationAwareSqlAdapterFactory,
  DriverAdapterError,
} from "@prisma/driver-adapter-utils";
import * as bindings from "@prisma/schema-engine-wasm/schema_engine_bg";
import type pg from "pg";
import { MigrationFailed } from "./explain-database-fault";

type SchemaEngine = bindings.SchemaEngine;

const require = createRequire(import.meta.url);

/** Part of the script's own transaction: whether it is noted as finished is then never in doubt. */
const NOTE_FINISHED = `
;DO $$ BEGIN
  IF to_regclass('_prisma_migrations') IS NOT NULL THEN
    UPDATE _prisma_migrations SET finished_at = now()
      WHERE finished_at IS NULL AND rolled_back_at IS NULL;
  END IF;
END $$`;

/** Prisma writes it at the head of a first migration. */
const CREATE_SCHEMA = /^(?:--[^\n]*\n)?CREATE SCHEMA IF NOT EXISTS "public";\n/;
/** How Prisma's engine takes its lock, for as long as the session lasts. */
const SESSION_LOCK = "SELECT pg_advisory_lock(72707369)";
/** The same lock, for as long as the transaction lasts. */
const TRANSACTION_LOCK = "SELECT pg_advisory_xact_lock(72707369)";

/**
 * Sends a migration as one simple-protocol query: PostgreSQL then runs it in one implicit transaction. The
 * adapter's own `executeScript` splits at every semicolon, which is neither atomic nor able to carry a function
 * body. When we are killed, PostgreSQL may not notice and still commit what it has received; the engine would
 * find its note unfinished and the tables there. So the note is finished in the same transaction.
 *
 * It leaves out the creation of the schema: that is there already, and even of one that exists it takes a right on the
 * whole database, which a role with a schema of its own does not have.
 */
class AtomicScripts extends PrismaPg {
  readonly #pool: pg.Pool;
  readonly #locked: boolean;
  /** What the database said to the last statement, if it refused it: the engine keeps the text only. */
  refusal: Error | null = null;

  /** @param locked whether the engine's lock is held already */
  constructor(pool: pg.Pool, schema: string, locked: boolean) {
    super(pool, { schema });
    this.#pool = pool;
    this.#locked = locked;
  }

  override async connect() {
    const adapter = await super.connect();
    const executeRaw = adapter.executeRaw.bind(adapter);
    const queryRaw = adapter.queryRaw.bind(adapter);
    adapter.queryRaw = (query) => this.#noting(queryRaw(query));
    adapter.executeRaw = async (query) =>
      this.#locked && query.sql.startsWith(SESSION_LOCK) ? 0 : this.#noting(executeRaw(query));
    adapter.executeScript = async (script) => {
      const sql = script.replace(CREATE_SCHEMA, "") + NOTE_FINISHED;
      await this.#noting(this.#pool.query(sql)).catch((error: pg.DatabaseError) => {
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

  async #noting<T>(statement: Promise<T>): Promise<T> {
    this.refusal = null;
    try {
      return await statement;
    } catch (error) {
      this.refusal = error as Error;
      throw error;
    }
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

/** `pooled`: behind a pooler, which gives no session. */
export type Connections = { pool: pg.Pool; pooled: boolean };

/**
 * Prisma's own schema engine as WebAssembly: the same engine, the same `_prisma_migrations` table and the
 * same advisory lock as `prisma migrate deploy`, without the native binary that has to be downloaded.
 * One query at a time and so one connection: the session that holds the lock is the one that works, and closing it
 * frees it. A pooler gives no session; there a transaction beside the engine holds the lock.
 *
 * @throws the driver's error, which has a code, when the database is away or refuses; else the engine's
 */
export async function withEngine<T>(
  { pool, pooled }: Connections,
  schema: string,
  use: (engine: SchemaEngine) => Promise<T>,
): Promise<T> {
  await loadEngine();
  const keeper = pooled ? await pool.connect() : null;
  const scripts = new AtomicScripts(pool, schema, pooled);
  try {
    if (keeper) await keeper.query(`BEGIN; ${TRANSACTION_LOCK}`);
    const adapters = bindMigrationAwareSqlAdapterFactory(scripts);
    const engine = await bindings.SchemaEngine.new({ datamodels: undefined }, () => {}, adapters);
    try {
      return await use(engine);
    } finally {
      engine.free();
    }
  } catch (error) {
    // The engine flattens every error to text; the connection itself says whether the database is away.
    await pool.query("SELECT 1");
    if (scripts.refusal === null) throw error;
    const [, migration = "of the table _prisma_migrations"] =
      /Migration name: (\S+)/.exec(String(error)) ?? [];
    throw new MigrationFailed(migration, scripts.refusal);
  } finally {
    keeper?.release(true); // closing it ends the transaction
  }
}
