import type { Redis } from "ioredis";
import { PRODUCT } from "@/product";
import { env } from "../env";
import { log } from "../log";
import { isMade, processWide } from "../process-wide";

type Connection = { client: Redis | null; closed: boolean };

const CONNECTION = "redis";

/**
 * The Redis of this installation, or null when there is none, or its driver is still being loaded. Never waited for:
 * while it is away or slow a command fails at once, and whoever asked has something to fall back on.
 */
export function redis(): Redis | null {
  const { redisUrl } = env();
  if (redisUrl === undefined) return null;
  return processWide(CONNECTION, (): Connection => {
    const connection: Connection = { client: null, closed: false };
    import("ioredis")
      .then(({ Redis }) => {
        if (!connection.closed) connection.client = connect(Redis, redisUrl);
      })
      .catch((error) => log().error({ err: error }, "redis cannot be used"));
    return connection;
  }).client;
}

function connect(Client: typeof Redis, redisUrl: string): Redis {
  const client = new Client(redisUrl, {
    connectionName: PRODUCT.command,
    connectTimeout: 2_000,
    commandTimeout: 1_000,
    enableOfflineQueue: false,
    maxRetriesPerRequest: 0,
    retryStrategy: (attempt) => Math.min(attempt * 200, 5_000),
  });
  let told = false;
  client.on("error", (error: NodeJS.ErrnoException) => {
    if (!told) log().warn({ code: error.code ?? error.name }, "redis unavailable");
    told = true;
  });
  client.on("ready", () => {
    if (told) log().info("redis is back");
    told = false;
  });
  return client;
}

/** Ends the connection; for processes that end. */
export function closeRedis(): void {
  if (!isMade(CONNECTION)) return;
  const connection = processWide(CONNECTION, (): Connection => ({ client: null, closed: true }));
  connection.closed = true;
  connection.client?.disconnect();
}
