import { type ChildProcess, fork } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { build } from "esbuild";
import { SHORT_LIVED } from "../support/latchkey";
import type { Race } from "./claimant";

export const SIGNUP_SECRET = "a-very-secret-signup-key-for-tests";
const AUTH_SECRET = "kT5cW1mQ9zX3vB7nL2hF8rJ4pD6sG0yA";

/** What all that asked heard: outcome -> how many. */
export type Tally = Record<string, number>;

/** Bundles the claimant once; call `remove` when all races are run. */
export async function buildClaimant() {
  const folder = await mkdtemp(path.join(tmpdir(), "latchkey-race-"));
  // Inside the project, so that the bundle finds its packages.
  const file = path.resolve(`.build/claimant-${process.pid}.mjs`);
  await build({
    entryPoints: ["e2e/races/claimant.ts"],
    outfile: file,
    bundle: true,
    platform: "node",
    format: "esm",
    packages: "external",
    alias: { "@": path.resolve(".") },
    logLevel: "error",
  });

  const forked: ChildProcess[] = [];
  const forkOne = () => {
    const name = `p${forked.length}`;
    const child = fork(file, [SIGNUP_SECRET, name], {
      execArgv: [SHORT_LIVED],
      // Nothing inherited: the test runner sets variables (BASE_URL) that mean something else to us.
      env: {
        NODE_ENV: "production",
        AUTH_SECRET,
        DATA_DIR: path.join(folder, name),
        ALLOW_BOOTSTRAP: "true",
        ADMIN_SIGNUP_SECRET: SIGNUP_SECRET,
        LOG_LEVEL: "silent",
        PASSWORD_HASH: "argon2id", // the sooner they are all at the door
      },
    });
    forked.push(child);
    return child;
  };
  /** Those that have run their race. To start one takes longer than any race. */
  const idle: ChildProcess[] = [];

  /** Processes that are connected and wait for `go`. */
  const start = async ({ processes, ...race }: Race & { processes: number }) => {
    const children = Array.from({ length: processes }, () => idle.pop() ?? forkOne());
    await Promise.all(
      children.map((child) => {
        child.send(race);
        return nextMessage(child);
      }),
    );
    return {
      /** All ask at once; resolves to what they heard. A process that was killed heard nothing. */
      go: async (): Promise<Tally> => {
        const heard = children.map((child) => nextMessage(child).catch(() => ({})));
        for (const child of children) child.send("go");
        const sum: Tally = {};
        for (const part of (await Promise.all(heard)) as Tally[]) {
          for (const [kind, count] of Object.entries(part)) sum[kind] = (sum[kind] ?? 0) + count;
        }
        return sum;
      },
      /** For the next race. */
      release: () => idle.push(...children),
      kill9: () => {
        for (const child of children) child.kill("SIGKILL");
      },
    };
  };

  const remove = async () => {
    for (const child of forked) child.kill("SIGKILL");
    await rm(file, { force: true });
    await rm(folder, { recursive: true, force: true });
  };
  return { start, remove };
}

function nextMessage(child: ChildProcess): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const ended = (code: number | null, signal: string | null) =>
      reject(new Error(`a claimant ended: ${code ?? signal}`));
    child.once("exit", ended).once("error", reject);
    child.once("message", (message) => {
      child.off("exit", ended).off("error", reject);
      resolve(message);
    });
  });
}
