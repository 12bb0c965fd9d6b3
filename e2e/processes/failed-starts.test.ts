import { execFileSync, spawn } from "node:child_process";
import { cp, mkdir, mkdtemp, readdir, rm, symlink, writeFile } from "node:fs/promises";
import { createServer, type Server } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { freePort } from "../support/installation";

/** A start in the product's own folder, or in one that is made for it. */
type Situation = {
  args?: string[];
  env?: Record<string, string>;
  /** What a shell does first. */
  shell?: string;
  root?: string;
  /** The last line that is printed. */
  words: RegExp;
};

let folder: string;
let other: Server;
let port: string;
const at = (...names: string[]) => path.join(folder, ...names);
const isRoot = process.getuid?.() === 0;
const canMount = isRoot && process.platform === "linux";

/** The product, without its packages. */
async function fork(name: string): Promise<void> {
  await mkdir(at(name, ".build"), { recursive: true });
  for (const part of ["cli", "lib", "prisma"]) await cp(part, at(name, part), { recursive: true });
  for (const part of [".stamp", "main.mjs"]) await cp(`.build/${part}`, at(name, ".build", part));
  for (const part of [
    "package.json",
    "package-lock.json",
    "prisma.config.ts",
    "product.ts",
    "tsconfig.json",
  ]) {
    await cp(part, at(name, part));
  }
}

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "latchkey-failed-"));
  other = createServer();
  port = String(await freePort());
  await new Promise<void>((resolve) => other.listen(Number(port), "127.0.0.1", resolve));
  await writeFile(at("file"), "");
  await mkdir(at("lost"));
  await writeFile(at("lost/auth-secret"), "secret");
  await mkdir(at("half/postgres/base"), { recursive: true });
  await mkdir(at("full"));
  if (canMount) execFileSync("mount", ["-t", "tmpfs", "-o", "size=20m", "tmpfs", at("full")]);

  await fork("bad-env-file");
  await symlink(path.resolve("node_modules"), at("bad-env-file/node_modules"));
  await writeFile(at("bad-env-file/.env"), 'PORT=3000\nSETUP_TOKEN="abc\nHOST=127.0.0.1\n');

  await fork("cannot-install");

  await fork("cannot-build");
  await symlink(path.resolve("node_modules"), at("cannot-build/node_modules"));
  await writeFile(at("cannot-build/next.config.ts"), 'throw new Error("it is broken");\n');

  await fork("no-package");
  await mkdir(at("no-package/node_modules"));
  for (const name of await readdir("node_modules")) {
    if (name === "commander") continue;
    await symlink(path.resolve("node_modules", name), at("no-package/node_modules", name));
  }
});
afterAll(async () => {
  other.close();
  if (canMount) execFileSync("umount", [at("full")]);
  await rm(folder, { recursive: true, force: true });
});

const SITUATIONS: [string, () => Situation][] = [
  ["a port that is none", () => ({ env: { PORT: "http" }, words: /^ {2}PORT: must be a whole / })],
  [
    "a taken port",
    () => ({ env: { PORT: port }, words: new RegExp(`^Port ${port} is taken.* PORT=`) }),
  ],
  ["no such address", () => ({ env: { HOST: "256.1.1.1" }, words: /^HOST: 256\.1\.1\.1 is n/ })],
  [
    "a file for data folder",
    () => ({ env: { DATA_DIR: at("file") }, words: /^DATA_DIR: .*no folder/ }),
  ],
  [
    "a data folder without its database",
    () => ({ env: { DATA_DIR: at("lost") }, words: /from a backup/ }),
  ],
  ["the half of a database", () => ({ env: { DATA_DIR: at("half") }, words: /from a backup/ })],
  [
    "a database that is none",
    () => ({ env: { DATABASE_URL: "mysql://x" }, words: /^ {2}DATABASE_URL: must / }),
  ],
  [
    "no secret",
    () => ({ env: { DATABASE_URL: "postgresql://x" }, words: /^ {2}AUTH_SECRET: is missing/ }),
  ],
  [
    "a short secret",
    () => ({ env: { ADMIN_SIGNUP_SECRET: "a-short-secret" }, words: /^ {2}ADMIN_SIGNUP_SECRET: / }),
  ],
  [
    "half an administrator",
    () => ({ env: { FIRST_ADMIN_EMAIL: "a@example.com" }, words: /^ {2}FIRST_ADMIN_PASSWORD: / }),
  ],
  [
    "a secret's file that is not there",
    () => ({ env: { SETUP_TOKEN_FILE: at("no") }, words: /^ {2}SETUP_TOKEN_FILE: no such/ }),
  ],
  ["an unknown command", () => ({ args: ["strat"], words: /^error: / })],
  [
    "a .env that can be read in two ways",
    () => ({ root: at("bad-env-file"), words: /^ {2}line 2: SETUP_TOKEN / }),
  ],
  [
    "a missing package",
    () => ({ root: at("no-package"), words: /^A package is missing .*commander.* npm ci$/ }),
  ],
  [
    "pages that cannot be built",
    () => ({ root: at("cannot-build"), words: /next build failed \(1\)\. Without/ }),
  ],
  [
    "packages that cannot be had",
    () => ({
      root: at("cannot-install"),
      env: {
        npm_config_registry: "http://127.0.0.1:1",
        npm_config_cache: at("cache"),
        npm_config_fetch_retries: "0",
      },
      words: /^npm ci .*failed \(1\)\. The packages come from npm's registry/,
    }),
  ],
  [
    "64 open files",
    () => ({ shell: "ulimit -n 64", words: /^Only 64 open files are allowed.* ulimit -n / }),
  ],
  ...(canMount
    ? ([
        [
          "a full disk",
          () => ({ env: { DATA_DIR: at("full") }, words: /^DATA_DIR: the disk of .* is full/ }),
        ],
      ] as [string, () => Situation][])
    : []),
];

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

test.concurrent.each(SITUATIONS)("%s: words and exit code 1", async (_what, situation) => {
  const asked = situation();
  const own = { PORT: String(await freePort()), HOST: "127.0.0.1", DATA_DIR: at("data") };
  const { code, output } = await run({ ...asked, env: { ...own, ...asked.env } });
  expect({ code, last: output.trimEnd().split("\n").at(-1) }).toEqual({
    code: 1,
    last: expect.stringMatching(asked.words),
  });
  expect(output).not.toContain("a-short-secret");
  if (!asked.root) expect(output).not.toMatch(/^ +at /m); // of npm and of next build all is shown
});
