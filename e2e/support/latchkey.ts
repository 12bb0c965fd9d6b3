import { type ChildProcess, spawn } from "node:child_process";
import { rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { runFolder } from "./run-folder";

/** What the product needs to be told when it does not bring its own database. */
export function databaseEnv(url: string): Record<string, string> {
  return { DATABASE_URL: url, AUTH_SECRET: "kT5cW1mQ9zX3vB7nL2hF8rJ4pD6sG0yA" };
}

/**
 * Most processes of the tests do not live for long enough to gain by optimizing the database client's WebAssembly, which
 * takes each of them half a second: only what runs far more often than usual is optimized.
 */
export const SHORT_LIVED = "--wasm-tiering-budget=50000000";

/**
 * Starts the `latchkey` command in a clean environment: the caller's own does not reach the product.
 *
 * @param root the folder of the product, if it is another than this one
 */
export function startLatchkey(
  args: string[],
  env: Record<string, string>,
  root = ".",
): ChildProcess {
  const child = spawn(process.execPath, [SHORT_LIVED, path.join(root, "cli/start.mjs"), ...args], {
    env: {
      NODE_ENV: "production",
      PATH: process.env["PATH"] ?? "",
      HOME: process.env["HOME"] ?? "",
      PASSWORD_HASH: "argon2id", // a third of the default's work; what is about hashes says which
      ...env,
    },
  });
  const pidFile = path.join(runFolder(), `pid-${child.pid}`); // for the tear-down, if we cannot stop it
  writeFileSync(pidFile, String(child.pid));
  child.once("exit", () => rmSync(pidFile, { force: true }));
  return child;
}

/** Resolves when the process has ended; null when a signal ended it. */
export function exitCode(child: ChildProcess): Promise<number | null> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve(child.exitCode);
  return new Promise((resolve) => child.once("exit", resolve));
}

/** Runs the `latchkey` command to its end. */
export async function runLatchkey(
  args: string[],
  env: Record<string, string>,
  input = "",
): Promise<{ code: number | null; output: string }> {
  const child = startLatchkey(args, env);
  let output = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding("utf8").on("data", (chunk: string) => {
      output += chunk;
    });
  }
  child.stdin?.end(input);
  await new Promise((resolve) => child.once("close", resolve));
  return { code: child.exitCode, output };
}
