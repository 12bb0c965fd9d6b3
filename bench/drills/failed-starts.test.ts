import { execFileSync } from "node:child_process";
import { cp, mkdir, mkdtemp, readdir, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, test } from "vitest";
import { expectFailedStart, type Situation } from "@/e2e/support/failed-start";

let folder: string;
const at = (...names: string[]) => path.join(folder, ...names);
const isRoot = process.getuid?.() === 0;
const canMount = isRoot && process.platform === "linux";

/** The product, without its packages. */
async function fork(name: string): Promise<void> {
  await mkdir(at(name, ".build"), { recursive: true });
  for (const part of ["cli", "lib", "prisma"]) await cp(part, at(name, part), { recursive: true });
  for (const part of [".stamp", "main.mjs"]) await cp(`.build/${part}`, at(name, ".build", part));
  for (const part of ["package.json", "package-lock.json", "product.ts", "tsconfig.json"]) {
    await cp(part, at(name, part));
  }
}

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "latchkey-failed-"));
  await writeFile(at("file"), "");
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
  if (canMount) execFileSync("umount", [at("full")]);
  await rm(folder, { recursive: true, force: true });
});

const SITUATIONS: [string, () => Situation][] = [
  ["a port that is none", () => ({ env: { PORT: "http" }, words: /^ {2}PORT: must be a whole / })],
  ["no such address", () => ({ env: { HOST: "256.1.1.1" }, words: /^HOST: 256\.1\.1\.1 is n/ })],
  [
    "a file for data folder",
    () => ({ env: { DATA_DIR: at("file") }, words: /^DATA_DIR: .*no folder/ }),
  ],
  ["the half of a database", () => ({ env: { DATA_DIR: at("half") }, words: /from a backup/ })],
  [
    "a database that is none",
    () => ({ env: { DATABASE_URL: "mysql://x" }, words: /^ {2}DATABASE_URL: must / }),
  ],
  [
    "a secret's file that is not there",
    () => ({ env: { SETUP_TOKEN_FILE: at("no") }, words: /^ {2}SETUP_TOKEN_FILE: no such/ }),
  ],
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

test.concurrent.each(SITUATIONS)("%s: words and exit code 1", (_what, situation) =>
  expectFailedStart(situation(), at("data")),
);
