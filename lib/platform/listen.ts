import { setTimeout as sleep } from "node:timers/promises";
import { openPool, quoteName } from "./database-pool";
import { env } from "./env";

/** How long after a connection was lost, or not got, another one is tried. */
const AGAIN_MS = 5_000;
const CONNECT_TIMEOUT_MS = 4_000;

type Listener = {
  /** Whether what is told now is heard; where it is not, somebody has to look. */
  isListening(): boolean;
  stop(): Promise<void>;
};

/**
 * Hears what is told on a channel of the database (PostgreSQL, LISTEN), by a connection of its own to
 * DATABASE_MIGRATION_URL: a pooler lends its sessions to others, who would hear it instead. Where there is nothing but a
 * pooler it does not listen; while the database is away it tries again.
 *
 * @param heard called also whenever it begins to listen: what was told before, nobody has heard
 */
export function listen(channel: string, heard: () => void): Listener {
  const stopping = new AbortController();
  const { signal } = stopping;
  let listening = false;

  /** Listens until the connection is lost. @returns whether it is worth trying again */
  const once = async (): Promise<boolean> => {
    let isOwn = true;
    const connections = openPool({
      url: env().migrationUrl,
      max: 1,
      connectTimeoutMs: CONNECT_TIMEOUT_MS,
      onSession: (own) => {
        isOwn = own;
      },
    });
    connections.on("error", () => {});
    try {
      const client = await connections.connect();
      const over = new Promise<void>((resolve) => {
        client.once("end", resolve);
        client.once("error", () => resolve());
        signal.addEventListener("abort", () => resolve(), { once: true });
      });
      client.on("notification", heard);
      if (isOwn && !signal.aborted) {
        await client.query(`LISTEN ${quoteName(channel)}`);
        listening = true;
        heard();
        await over;
      }
      client.release(true);
      return isOwn;
    } catch {
      return true; // away, or a standby, which does not listen
    } finally {
      listening = false;
      await connections.end();
    }
  };

  const work = async () => {
    while (!signal.aborted && (await once())) {
      await sleep(AGAIN_MS, undefined, { signal }).catch(() => {});
    }
  };
  const worked = work();
  return {
    isListening: () => listening,
    stop: async () => {
      stopping.abort();
      await worked;
    },
  };
}
