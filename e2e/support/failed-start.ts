import { spawn } from "node:child_process";
import path from "node:path";
import { expect } from "vitest";
import { freePort } from "./installation";

/** A start that cannot succeed, in the product's own folder or in one that is made for it. */
export type Situation = {
  args?: string[];
  env?: Record<string, string>;
  /** What a shell does first. */
  shell?: string;
  root?: string;
  /** The last line that is printed. */
  words: RegExp;
};

/** Runs it to its end, by a shell that may set limits first. */
function run({ shell = "true", root = ".", env = {}, args = ["start"] }: Situation) {
  const start = [process.execPath, path.join(root, "cli/start.mjs"), ...args];
  const child = spawn("sh", ["-c", `${shell}; exec "$0" "$@"`, ...start], {
    env: {
      PATH: process.env["PATH"] ?? "",
      HOME: process.env["HOME"] ?? "",
      NODE_ENV: "production",
      ...env,
    },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding("utf8").on("data", (chunk: string) => {
      output += chunk;
    });
  }
  return new Promise<{ code: number | null; output: string }>((resolve) => {
    child.once("close", (code) => resolve({ code, output }));
  });
}

/** It ends with words and exit code 1. Its data folder is `dataDir` unless it names another. */
export async function expectFailedStart(situation: Situation, dataDir: string): Promise<void> {
  const own = { PORT: String(await freePort()), HOST: "127.0.0.1", DATA_DIR: dataDir };
  const { code, output } = await run({ ...situation, env: { ...own, ...situation.env } });
  expect({ code, last: output.trimEnd().split("\n").at(-1) }).toEqual({
    code: 1,
    last: expect.stringMatching(situation.words),
  });
  expect(output).not.toContain("a-short-secret");
  if (!situation.root) expect(output).not.toMatch(/^ +at /m); // of npm and of next build all is shown
}
