import type { Server } from "node:http";
import type { Socket } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";

const SWEEP_MS = 50;
/** How long a connection on which nothing was ever asked is given for the first bytes of what is on its way. */
const SILENT_MS = 500;

/**
 * Watches a server that does not listen yet.
 *
 * @returns takes no more connections, lets the requests being served finish, and cuts what is left after `patience`
 *   milliseconds
 */
export function drainable(server: Server): (patience: number) => Promise<void> {
  // Browsers open connections ahead of need. Node takes one without a request for busy, and would wait for it.
  const silent = new Set<Socket>();
  server.on("connection", (socket) => {
    silent.add(socket);
    socket.once("close", () => silent.delete(socket));
  });
  server.on("request", ({ socket }) => silent.delete(socket));

  return async (patience) => {
    const started = performance.now();
    // Closing ends the connections that are idle now; those that become idle later have to be looked for.
    const sweep = setInterval(() => {
      server.closeIdleConnections();
      if (performance.now() - started < SILENT_MS) return;
      for (const socket of silent) if (socket.bytesRead === 0) socket.destroy();
    }, SWEEP_MS);
    const closed = new Promise((resolve) => server.close(resolve));
    await Promise.race([closed, sleep(patience)]);
    clearInterval(sweep);
    server.closeAllConnections();
  };
}
