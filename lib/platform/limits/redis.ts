import { Redis } from "ioredis";
import { PRODUCT } from "@/product";
import { env } from "../env";
import { log } from "../log";
import { processWide } from "../process-wide";

/**
 * The Redis of this installation, or null when there is none. Never waited for: while it is away or slow a
 * command fails at once, and whoever asked has something to fall back on.
 */
export function redis(): Redis | null {
  const { redisUrl } = env();
  if (redisUrl === undefined) return null;
  return processWide("redis", () => {
    const client = new Redis(redisUrl, {
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
  });
}

/** Ends the connection; for processes that end. */
export function closeRedis(): void {
  redis()?.disconnect();
}
