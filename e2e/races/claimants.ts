import { type ChildProcess, fork } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { build } from "esbuild";
import { SHORT_LIVED } from "../support/latchkey";

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

  /** Starts processes that are connected and wait for `go`. */
  const start = async (
    databaseUrl: string,
    { processes, parallel, doors }: { processes: number; parallel: number; doors: string },
  ) => {
    const children = Array.from({ length: processes }, (_, i) =>
      fork(file, [String(parallel), doors, SIGNUP_SECRET, `p${i}`], {
        execArgv: [SHORT_LIVED],
        // Nothing inherited: the test runner sets variables (BASE_URL) that mean something else to us.
        env: {
          NODE_ENV: "production",
          DATABASE_URL: databaseUrl,
          AUTH_SECRET,
          DATA_DIR: path.join(folder, `data-${i}`),
          ALLOW_BOOTSTRAP: "true",
          ADMIN_SIGNUP_SECRET: SIGNUP_SECRET,
          LOG_LEVEL: "silent",
          PASSWORD_HASH: "argon2id", // the sooner they are all at the door
        },
      }),
    );
    await Promise.all(children.map(nextMessage));
    return {
      children,
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
      stop: () => {
        for (const child of children) child.kill("SIGKILL");
      },
    };
  };

  const remove = async () => {
    await rm(file, { force: true });
    await rm(folder, { recursive: true, force: true });
  };
  return { start, remove };
}

function nextMessage(child: ChildProcess): Promise<unknown> {
  return new Promise((resolve, reject) => {
    child.once("message", resolve);
    child.once("exit", (code, signal) => reject(new Error(`a claimant ended: ${code ?? signal}`)));
    child.once("error", reject);
  });
}
