import { AsyncLocalStorage } from "node:async_hooks";
import { PrismaPg } from "@prisma/adapter-pg";
import type pg from "pg";
import { openPool } from "./database-pool";
import { env } from "./env";
import { type Prisma, PrismaClient } from "./generated/client";
import { log } from "./log";
import { isMade, processWide } from "./process-wide";
import { getRequestContext } from "./request-context";

export { Prisma } from "./generated/client";
export { RefreshTokenState, UserStatus } from "./generated/enums";

/** What a statement runs on: a transaction where there is one, the pool otherwise. */
export type Tx = Prisma.TransactionClient;

/** The database is away, not migrated, read-only, full or out of connections. Doors answer 503 (door 3: its 500). */
export class DatabaseUnavailable extends Error {
  override name = "DatabaseUnavailable";

  /** What may be told to everybody: what does not work, and what to do. */
  get publicMessage(): string {
    return sqlState(this.cause) === READ_ONLY
      ? "The database takes no changes at the moment; reading goes on. Try again shortly."
      : "The database cannot be reached. Try again shortly.";
  }
}

const POOL_SIZE = 10;
const LIST_POOL_SIZE = 4;
/** A statement that runs longer is cut by PostgreSQL (57014), so that one slow query cannot hold the pool. */
export const STATEMENT_TIMEOUT_MS = 10_000;
/** A list is cut sooner: with its indexes it is a database under water that takes so long, and not the question. */
export const LIST_TIMEOUT_MS = 3_000;
const CONNECT_TIMEOUT_MS = 4_000;

/** Whether the newest connection leads to a pooler. */
function session(): { pooled: boolean } {
  return processWide("database-session", () => ({ pooled: false }));
}

/** Whether statements reach the database through a pooler, as far as a connection has told. */
export function isPooled(): boolean {
  return session().pooled;
}

const CLIENT = "prisma";
const POOL = "pool";
const LIST_POOL = "list-pool";

/** The connections of this process, under Prisma and under what is asked by hand. */
export function pool(): pg.Pool {
  return processWide(POOL, () => makePool(POOL_SIZE, STATEMENT_TIMEOUT_MS));
}

/** Those of lists: a few that take long hold up neither a sign-in nor who is signed in. */
export function listPool(): pg.Pool {
  return processWide(LIST_POOL, () => makePool(LIST_POOL_SIZE, LIST_TIMEOUT_MS));
}

function makePool(max: number, statementMs: number): pg.Pool {
  const made = openPool({
    url: env().databaseUrl,
    max,
    connectTimeoutMs: CONNECT_TIMEOUT_MS,
    // The server cuts a slow statement; the client gives up on a server that no longer answers at all.
    settings: {
      statement_timeout: String(statementMs),
      idle_in_transaction_session_timeout: "15000",
      // No statement here runs long enough for a compiled plan to pay, whatever PostgreSQL believes that it costs.
      jit: "off",
    },
    queryTimeoutMs: statementMs + 2_000,
    onSession: (own) => {
      session().pooled = !own;
    },
  });
  // A connection that breaks while idle is replaced by the next query; without a listener Node would exit.
  made.on("error", (error) => log().warn({ code: sqlState(error) }, "database connection lost"));
  const born = new WeakMap<pg.PoolClient, number>();
  made.on("connect", (client) => born.set(client, performance.now()));
  made.on("release", (_error, client) => {
    // It stays what it was when it was opened; one that takes writes again is got by opening it anew.
    if ((born.get(client) ?? Number.POSITIVE_INFINITY) < refusedWrites().at) void client.end();
  });
  return made;
}

/**
 * Prisma writes the schema in front of every table; SQL by hand leaves it to the session. So that both mean the same
 * tables, Prisma is told what the session says.
 */
class InSchemaOfSession extends PrismaPg {
  override async connect() {
    const adapter = await super.connect();
    const schemaName = await currentSchema(pool());
    adapter.getConnectionInfo = () => ({
      supportsRelationJoins: true,
      ...(schemaName && { schemaName }),
    });
    return adapter;
  }
}

/** Where the sessions of `connections` find and make tables; null when they have no such place. */
async function currentSchema(connections: pg.Pool): Promise<string | null> {
  const { rows } = await connections.query<{ schema: string | null }>(
    `SELECT current_schema() AS "schema"`,
  );
  return rows[0]?.schema ?? null;
}

/** PostgreSQL's word for "this database takes no writes": a standby, or default_transaction_read_only. */
const READ_ONLY = "25006";
/** How often connections are opened anew while it is so: often enough to be well again at once. */
const RENEW_EVERY_MS = 5_000;

/** When this process last heard that the database takes no writes; connections of before are given up. */
function refusedWrites(): { at: number } {
  return processWide("refused-writes", () => ({ at: Number.NEGATIVE_INFINITY }));
}

function noteRefusedWrite(): void {
  const refused = refusedWrites();
  if (performance.now() - refused.at < RENEW_EVERY_MS) return;
  refused.at = performance.now();
  log().warn({ code: READ_ONLY }, "the database takes no writes; reading goes on");
}

export function db(): PrismaClient {
  return processWide(CLIENT, () => new PrismaClient({ adapter: new InSchemaOfSession(pool()) }));
}

/**
 * The name to prepare a statement by, or none (""): a pooler may have prepared it in another session than the one that
 * is to run it. Unless DATABASE_PREPARED_STATEMENTS says that it keeps count of them, that is not tried.
 */
export function preparedName(name: string): string {
  const { preparedStatements } = env();
  return (preparedStatements ?? !isPooled()) ? name : "";
}

/** Closes the pool; for processes that end (command line, drained server). */
export async function closeDb(): Promise<void> {
  if (isMade(CLIENT)) await db().$disconnect();
  await Promise.all([isMade(POOL) && pool().end(), isMade(LIST_POOL) && listPool().end()]);
}

function gate(): { shut: boolean } {
  return processWide("database-gate", () => ({ shut: false }));
}

/**
 * Shuts or opens the database to requests; everybody else goes in and out. Shut while the start migrates and prepares:
 * a claim must not stand on half a schema, nor wait for a migration that waits for it.
 */
export function shutToRequests(shut: boolean): void {
  gate().shut = shut;
}

/** @throws {DatabaseUnavailable} in a request that came before the start has finished */
export function requireOpenToRequests(): void {
  if (!gate().shut || getRequestContext() === null) return;
  throw asDatabaseFault(new DatabaseUnavailable("The start has not finished yet."));
}

function companion(): AsyncLocalStorage<(tx: Tx) => Promise<void>> {
  return processWide("transaction-companion", () => new AsyncLocalStorage());
}

/** Runs `work`. Every transaction that it makes does `also` as its last step: both are committed, or neither. */
export function committingWith<T>(
  also: (tx: Tx) => Promise<void>,
  work: () => Promise<T>,
): Promise<T> {
  return companion().run(also, work);
}

/**
 * Runs `work` in one READ COMMITTED transaction and again, up to five times, when it met another one
 * (serialization failure, deadlock, a row deleted that it was about to refer to). `work` must put every statement
 * through `tx`: one that asks the pool again starves it under load.
 *
 * @param patienceMs how long all of its statements may take together
 * @throws {DatabaseUnavailable} instead of the driver's error
 */
export async function transaction<T>(
  work: (tx: Tx) => Promise<T>,
  { patienceMs = 12_000 }: { patienceMs?: number } = {},
): Promise<T> {
  const also = companion().getStore();
  const both = async (tx: Tx) => {
    const result = await work(tx);
    await also?.(tx);
    return result;
  };
  return retried(() => db().$transaction(both, { maxWait: 8_000, timeout: patienceMs }));
}

/** Whether each transaction has to do something more (`committingWith`), so that none is to be left out. */
export function isAccompanied(): boolean {
  return companion().getStore() !== undefined;
}

/** Runs `work` again, up to five times, when it met another one. @throws {DatabaseUnavailable} */
export async function retried<T>(work: () => Promise<T>): Promise<T> {
  requireOpenToRequests();
  for (let attempt = 1; ; attempt++) {
    try {
      return await work();
    } catch (error) {
      if (attempt === 5 || !isRetryable(error)) throw asDatabaseFault(error);
      await new Promise((resolve) => setTimeout(resolve, Math.random() * 20 * 2 ** attempt));
    }
  }
}

/**
 * Runs a read or a single statement outside a transaction.
 *
 * @throws {DatabaseUnavailable} instead of the driver's error
 */
export async function query<T>(work: (client: PrismaClient) => Promise<T>): Promise<T> {
  requireOpenToRequests();
  try {
    return await work(db());
  } catch (error) {
    throw asDatabaseFault(error);
  }
}

/** Every object in the chain of causes and of Prisma's `meta`, outermost first. */
function* causes(error: unknown): Generator<Record<string, unknown>> {
  const seen = new Set<unknown>();
  const waiting: unknown[] = [error];
  while (waiting.length > 0) {
    const next = waiting.shift();
    if (typeof next !== "object" || next === null || seen.has(next)) continue;
    seen.add(next);
    const record = next as Record<string, unknown>;
    yield record;
    waiting.push(record["cause"], record["meta"], record["driverAdapterError"], record["errors"]);
    if (Array.isArray(next)) waiting.push(...next);
  }
}

/**
 * PostgreSQL's SQLSTATE, or Node's error code (ECONNREFUSED), from however deep Prisma has wrapped it. LK001 to LK004
 * are refusals of our own triggers (see the first migration).
 */
export function sqlState(error: unknown): string | undefined {
  for (const cause of causes(error)) {
    const code = cause["originalCode"] ?? cause["code"];
    if (typeof code === "string" && !/^P\d{4}$/.test(code) && code !== "N/A") return code;
  }
  return undefined;
}

function prismaCode(error: unknown): string | undefined {
  for (const cause of causes(error)) {
    const code = cause["code"];
    if (typeof code === "string" && /^P\d{4}$/.test(code)) return code;
  }
  return undefined;
}

/** A unique constraint refused the write (23505, P2002). */
export function isUniqueViolation(error: unknown): boolean {
  return prismaCode(error) === "P2002" || sqlState(error) === "23505";
}

/** What a row was to refer to is not there, or not any more (23503, P2003). */
export function isForeignKeyViolation(error: unknown): boolean {
  return prismaCode(error) === "P2003" || sqlState(error) === "23503";
}

function isRetryable(error: unknown): boolean {
  const state = sqlState(error);
  if (state === "40001" || state === "40P01" || prismaCode(error) === "P2034") return true;
  // A row that the transaction has read was deleted by another one before it was referred to: reading again tells.
  return isForeignKeyViolation(error);
}

const AWAY_PRISMA = new Set([
  "P1000", // credentials refused
  "P1001", // cannot reach
  "P1002", // timed out
  "P1003", // database does not exist
  "P1008", // operation timed out
  "P1010", // access denied
  "P1011", // TLS
  "P1017", // connection closed
  "P2021", // table missing: not migrated
  "P2022", // column missing: not migrated
  "P2024", // pool exhausted
  "P2028", // transaction could not start or was lost
  "P2037", // too many connections
]);
/** After a touch that failed, none is tried for so long: each would cost its request a connection. */
const TOUCH_AGAIN_MS = 10_000;

/**
 * Runs a small write that nobody asked for, such as when somebody was last seen. A database that does not take it
 * now is no reason to refuse what was asked for: it is left out.
 */
export async function touch(work: (client: PrismaClient) => Promise<unknown>): Promise<void> {
  const failed = processWide("touch-failed", () => ({ at: Number.NEGATIVE_INFINITY }));
  if (performance.now() - failed.at < TOUCH_AGAIN_MS) return;
  try {
    await work(db());
  } catch (error) {
    if (!isDatabaseFault(error)) throw error;
    failed.at = performance.now();
    if (sqlState(error) === READ_ONLY) noteRefusedWrite();
  }
}

/**
 * SQLSTATE classes: connection, out of resources, operator intervention, system error; and single states. A right that
 * was taken (42501) and a prepared statement that a pooler lost (26000, 42P05) are an operator's matter as well.
 */
const AWAY_SQLSTATE =
  /^(08|53|57|58|XX)...$|^(25006|3D000|55000|28000|28P01|42501|42P01|42703|26000|42P05|55P03|25P03|40001|40P01)$|^E[A-Z]{3,}$/;
const AWAY_MESSAGE =
  /connection (terminated|timeout|ended)|timeout exceeded when trying to connect|query read timeout|client has encountered a connection error|not queryable|server closed the connection|transaction (already closed|not found|api error)|the database system is|unlogged relations during recovery|cannot use a pool after/i;

/**
 * Whether `error` is a fault of the database and not of the request. A statement that PostgreSQL cut for its
 * time, and a conflict that outlived its retries, count too: the honest answer to both is "try again".
 */
export function isDatabaseFault(error: unknown): boolean {
  if (error instanceof DatabaseUnavailable) return true;
  const code = prismaCode(error);
  if (code !== undefined && AWAY_PRISMA.has(code)) return true;
  const state = sqlState(error);
  if (state !== undefined && AWAY_SQLSTATE.test(state)) return true;
  for (const cause of causes(error)) {
    if (cause["kind"] === "DatabaseNotReachable" || cause["kind"] === "ConnectionClosed")
      return true;
    const message = cause["message"];
    if (typeof message === "string" && AWAY_MESSAGE.test(message)) return true;
  }
  return false;
}

/** Values that PostgreSQL cannot read or hold: SQLSTATE class 22 (data exception), and Prisma's names for some of it. */
const DATA_EXCEPTION = /^(22...|P2000|P2006|P2007|P2020|P2023|P2033|P2039)$/;

/**
 * Whether the database refused a value as such: text with NUL, a number or a date beyond its range. The schemas stand
 * in front of it; what gets past them is still the fault of who sent it, and no fault of the server.
 */
export function isDataException(error: unknown): boolean {
  return DATA_EXCEPTION.test(sqlState(error) ?? "") || DATA_EXCEPTION.test(prismaCode(error) ?? "");
}

/** The error to throw on: a fault of the database becomes DatabaseUnavailable and marks the request. */
export function asDatabaseFault(error: unknown): unknown {
  if (!isDatabaseFault(error)) return error;
  const request = getRequestContext();
  if (request) request.databaseFault = true;
  if (error instanceof DatabaseUnavailable) return error;
  const code = sqlState(error) ?? prismaCode(error);
  if (code === READ_ONLY) noteRefusedWrite();
  else log().warn({ requestId: request?.id, code }, "database unavailable");
  return new DatabaseUnavailable("The database cannot be reached.", { cause: error });
}
