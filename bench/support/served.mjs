import { spawn } from "node:child_process";
import http from "node:http";
import { createServer } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";

const READY_MS = 60_000;

export function freePort() {
  return new Promise((resolve) => {
    const server = createServer().listen(0, "127.0.0.1", () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}

/**
 * Starts a Node server that the product is compared with and waits for its first answer.
 *
 * @param app as `bareNext` makes one
 * @returns `{ baseUrl, pid, readyMs, stop }`; `readyMs` from the start of the process to its first answer
 */
export async function serve(app, { env = {}, signal } = {}) {
  const port = await freePort();
  const started = performance.now();
  const child = spawn(process.execPath, app.args, {
    cwd: app.cwd,
    env: {
      ...{ PATH: process.env.PATH, HOME: process.env.HOME },
      ...{ NODE_ENV: "production", NEXT_TELEMETRY_DISABLED: "1", PORT: String(port) },
      ...env,
    },
    stdio: ["ignore", "ignore", "pipe"],
  });
  let said = "";
  child.stderr.setEncoding("utf8").on("data", (chunk) => {
    said += chunk;
  });
  const ended = new Promise((resolve) => child.once("exit", resolve));
  const stop = async () => {
    child.kill("SIGTERM");
    await ended;
  };
  try {
    while ((await statusOf(port, app.path)) !== 200) {
      if (child.exitCode !== null) throw new Error(`${app.cwd} ended:\n${said}`);
      if (performance.now() - started > READY_MS)
        throw new Error(`${app.cwd} stays silent:\n${said}`);
      await sleep(5, undefined, { signal });
    }
  } catch (error) {
    await stop();
    throw error;
  }
  const readyMs = performance.now() - started;
  return { baseUrl: `http://127.0.0.1:${port}`, pid: child.pid, readyMs, stop };
}

function statusOf(port, path) {
  return new Promise((resolve) => {
    http
      .get({ port, host: "127.0.0.1", path, agent: false }, (answer) => {
        answer.resume().on("end", () => resolve(answer.statusCode));
      })
      .on("error", () => resolve(null));
  });
}
