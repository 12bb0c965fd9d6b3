import { type ChildProcess, fork } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { build } from "esbuild";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { freshDatabase } from "../support/database";

const SECRET = "a-very-secret-signup-key-for-tests";
const AUTH_SECRET = "kT5cW1mQ9zX3vB7nL2hF8rJ4pD6sG0yA";

let folder: string;
let claimant: string;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "latchkey-race-"));
  // Beside node_modules, so that the bundle finds its packages.
  claimant = path.resolve(`.build/claimant-${process.pid}.mjs`);
  await build({
    entryPoints: ["e2e/races/claimant.ts"],
    outfile: claimant,
    bundle: true,
    platform: "node",
    format: "esm",
    packages: "external",
    alias: { "@": path.resolve(".") },
    logLevel: "error",
  });
});
afterAll(async () => {
  await rm(claimant, { force: true });
  await rm(folder, { recursive: true, force: true });
});

/** Runs one race on a fresh database and returns what everybody heard and what was stored. */
async function race(processes: number, parallel: number, doors: string) {
  const database = await freshDatabase();
  const children: ChildProcess[] = [];
  try {
    const ready: Promise<unknown>[] = [];
    for (let i = 0; i < processes; i++) {
      const child = fork(claimant, [String(parallel), doors, SECRET, `p${i}`], {
        env: {
          ...process.env,
          DATABASE_URL: database.url,
          AUTH_SECRET,
          DATA_DIR: path.join(folder, `data-${i}`),
          ALLOW_BOOTSTRAP: "true",
          ADMIN_SIGNUP_SECRET: SECRET,
          LOG_LEVEL: "silent",
        },
      });
      children.push(child);
      ready.push(message(child));
    }
    await Promise.all(ready);
    const heard = Promise.all(children.map((child) => message(child)));
    for (const child of children) child.send("go");
    const tally: Record<string, number> = {};
    for (const part of (await heard) as Record<string, number>[]) {
      for (const [kind, count] of Object.entries(part)) tally[kind] = (tally[kind] ?? 0) + count;
    }
    const [stored] = await database.sql(
      `SELECT (SELECT count(*)::int FROM installation) AS installations,
              (SELECT count(*)::int FROM users) AS users,
              (SELECT count(*)::int FROM audit_events WHERE action = 'installation.claimed') AS claims`,
    );
    return { tally, stored };
  } finally {
    for (const child of children) child.kill("SIGKILL");
    await database.drop();
  }
}

function message(child: ChildProcess): Promise<unknown> {
  return new Promise((resolve, reject) => {
    child.once("message", resolve);
    child.once("exit", (code) => reject(new Error(`a claimant ended with ${code}`)));
    child.once("error", reject);
  });
}

/** Doors that claim once; `signup` may create more administrators by its contract and has a row of its own. */
const ONCE = "bootstrap,setup,initialize,wizard,headless";

describe("who is first administrator when many ask at once", () => {
  const table: Record<string, unknown>[] = [];
  afterAll(() => {
    console.log("doors x processes x rounds -> first administrators");
    console.table(table);
  });

  test.each([
    { doors: "setup", processes: 2, parallel: 50, rounds: 3 },
    { doors: "bootstrap", processes: 2, parallel: 50, rounds: 2 },
    { doors: "initialize", processes: 2, parallel: 50, rounds: 2 },
    { doors: "wizard", processes: 2, parallel: 50, rounds: 2 },
    { doors: "headless", processes: 3, parallel: 1, rounds: 3 },
    { doors: ONCE, processes: 4, parallel: 30, rounds: 10 },
  ])("$doors, $processes processes x $parallel, $rounds rounds", async (row) => {
    for (let round = 0; round < row.rounds; round++) {
      const { tally, stored } = await race(row.processes, row.parallel, row.doors);
      expect(tally).toEqual({ created: 1, alreadySetUp: row.processes * row.parallel - 1 });
      expect(stored).toEqual({ installations: 1, users: 1, claims: 1 });
    }
    table.push({ ...row, administrators: 1 });
  });

  test("with signup among them: one claim, and only signup may add administrators", async () => {
    const rounds = 3;
    for (let round = 0; round < rounds; round++) {
      const { tally, stored } = await race(2, 24, `${ONCE},signup`);
      expect(stored).toMatchObject({ installations: 1, claims: 1 });
      expect(stored?.["users"]).toBe(tally["created"]);
      expect(tally["created"]).toBeLessThanOrEqual(1 + 2 * 4);
    }
    table.push({ doors: `${ONCE},signup`, processes: 2, parallel: 24, rounds, administrators: 1 });
  });
});
