import pg from "pg";
import { PRODUCT } from "@/product";
import { driverUrl, schemaOf } from "./database-url";

type PoolOptions = {
  url: string;
  max: number;
  connectTimeoutMs: number;
  /** How long the client waits for an answer; the server is told by `settings`. */
  queryTimeoutMs?: number;
  /** Made on each session that is our own. */
  settings?: Record<string, string>;
  /** Called for each connection: whether its session is our own, or a pooler's that others use as well. */
  onSession?: (own: boolean) => void;
};

/**
 * Connections that look for their tables where the address says (`?schema=`), and are set up as `settings` say.
 *
 * Nothing of it is a start-up parameter, which poolers refuse. And nothing is set behind a pooler, where a setting
 * would go to whichever session is at hand: it would be missing in the next transaction and meet somebody else in
 * theirs. A pooler is known by the process that it names when it is connected to: its own invention.
 */
export function openPool(options: PoolOptions): pg.Pool {
  const schema = schemaOf(options.url);
  const settings = Object.entries({
    ...options.settings,
    ...(schema !== null && { search_path: quoteName(schema) }),
  });
  const pool = new pg.Pool({
    connectionString: driverUrl(options.url),
    max: options.max,
    connectionTimeoutMillis: options.connectTimeoutMs,
    ...(options.queryTimeoutMs !== undefined && { query_timeout: options.queryTimeoutMs }),
    application_name: PRODUCT.command,
    onConnect: async (client) => {
      options.onSession?.(await setUp(client, settings));
    },
  });
  // The pool listens while a connection is idle, and whoever has taken it may not yet when it breaks in their hands.
  // The next statement fails on it; without a listener it would be the process.
  pool.on("connect", (client) => client.on("error", () => {}));
  return pool;
}

/** Sets the session up in one statement if it is our own, and tells whether it is. */
async function setUp(client: pg.ClientBase, settings: [string, string][]): Promise<boolean> {
  const { processID } = client as pg.ClientBase & { processID: number | null };
  const each = settings.map((_, i) => `set_config($${2 * i + 2}, $${2 * i + 3}, false)`);
  const { rowCount } = await client.query(
    `SELECT ${["true", ...each].join(", ")} WHERE pg_backend_pid() = $1`,
    [processID, ...settings.flat()],
  );
  return rowCount === 1;
}

/** A name as SQL writes it, whatever is in it. */
export function quoteName(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}
