// Plain JavaScript without packages: this is what installs them. Each step asks first whether its result is
// still what its inputs would make, so that a start with nothing to do costs milliseconds: it looks whether any file
// was touched, and only then what is in them.
import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { readdirSync, readFileSync, statSync } from "node:fs";
import { mkdir, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { withFileLock } from "./file-lock.mjs";
import { step } from "./progress.mjs";

export const ROOT = path.resolve(import.meta.dirname, "..");
export const BUNDLE = path.join(ROOT, ".build", "main.mjs");

const inRoot = (...parts) => path.join(ROOT, ...parts);
const readOr = (file, otherwise) => readFile(file, "utf8").catch(() => otherwise);

/** A program that we run failed; `output` is all it said, and what it means for the start stands below it. */
class StepFailed extends Error {
  name = "StepFailed";
  exitCode = 1;
  constructor(command, code, output, meaning = "") {
    super([output.trim(), `${command} failed (${code}). ${meaning}`.trim()].join("\n\n").trim());
  }
}

/** Runs a program quietly. Its output is shown only if it fails. */
export function run(command, args, { env = {}, signal, meaning } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd: ROOT,
      env: { ...process.env, ...env },
      signal,
      stdio: ["ignore", "pipe", "pipe"],
      shell: process.platform === "win32",
    });
    let output = "";
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding("utf8");
      stream.on("data", (chunk) => {
        output += chunk;
      });
    }
    const failed = (code, said) => {
      const name = [command, ...args]
        .map((part) => part.replace(`${ROOT}${path.sep}`, ""))
        .join(" ");
      reject(new StepFailed(name, code, said, meaning));
    };
    child.on("error", (error) => failed(error.code, error.message));
    child.on("close", (code, killed) =>
      code === 0 ? resolve(output) : failed(killed ?? code, output),
    );
  });
}

/** A program that a package brings, run by this very Node. */
export function runBin(file, args, options) {
  return run(process.execPath, [inRoot("node_modules", file), ...args], options);
}

const isTest = (name) => /\.test\.tsx?$/.test(name);

/** Of files and folders, tests left out, what every write, move and copy of a file changes. */
function touches(inputs) {
  const hash = createHash("sha256");
  const add = (name) => {
    if (isTest(name)) return;
    const stat = statSync(inRoot(name), { throwIfNoEntry: false });
    if (stat?.isDirectory()) {
      for (const child of readdirSync(inRoot(name)))
        if (child !== "generated") add(`${name}/${child}`);
    } else hash.update(`${name}\0${stat?.ino}\0${stat?.size}\0${stat?.ctimeMs}\0`);
  };
  for (const input of inputs) add(input);
  return hash.digest("hex");
}

/**
 * Does `look` unless no file was touched since it had nothing left to do: neither what goes in, as of before it looked,
 * nor `result`, as of afterwards. `kind` tells apart what is looked for in one result.
 */
async function unlessUntouched(inputs, result, look, kind = "") {
  const seen = inRoot(".build", `untouched-${kind}${result.replaceAll("/", "-")}`);
  const before = touches(inputs);
  const now = () => `${before} ${touches([result])}`;
  try {
    if (readFileSync(seen, "utf8") === now()) return;
  } catch {
    // never looked
  }
  await look();
  const draft = `${seen}.${process.pid}`;
  const note = async () => {
    await mkdir(path.dirname(seen), { recursive: true });
    await writeFile(draft, now());
    await rename(draft, seen);
  };
  await note().catch(() => {}); // a folder that only reads: it is looked into at each start
}

/** SHA-256 over the names and contents of files and folders, tests left out. */
async function digest(inputs) {
  const hash = createHash("sha256");
  const add = async (name) => {
    if (isTest(name)) return;
    const entries = await readdir(inRoot(name), { withFileTypes: true }).catch((error) => {
      if (error.code === "ENOTDIR") return null;
      if (error.code === "ENOENT") return [];
      throw error;
    });
    if (entries === null) {
      hash.update(`${name}\0`).update(await readFile(inRoot(name)));
      return;
    }
    for (const child of entries.map((entry) => entry.name).sort()) {
      if (child !== "generated") await add(`${name}/${child}`);
    }
  };
  for (const input of inputs) await add(input);
  return hash.digest("hex");
}

/** Makes what `stamp` stands for once per state of `inputs`, also when several starts come together. */
async function unlessFresh(label, stampName, inputs, make) {
  const stamp = inRoot(stampName);
  await unlessUntouched(inputs, stampName, async () => {
    const wanted = await digest(inputs);
    const isFresh = async () => (await readOr(stamp, "")) === wanted;
    if (await isFresh()) return;
    await withFileLock(inRoot("node_modules", ".build-lock"), async () => {
      if (await isFresh()) return; // another start has made it while we waited
      await step(label, () => make(wanted));
      await mkdir(path.dirname(stamp), { recursive: true });
      await writeFile(stamp, wanted);
    });
  });
}

/** Whether what npm has installed is what the lock file asks for; without `tools`, of what a server needs. */
async function isInstalled(tools) {
  const lock = JSON.parse(await readOr(inRoot("package-lock.json"), '{"packages":{}}'));
  const installed = await installedPackages();
  return Object.entries(lock.packages).every(
    ([name, { version, optional, extraneous, dev, devOptional }]) =>
      name === "" ||
      optional ||
      extraneous ||
      (!tools && (dev || devOptional)) ||
      installed[name]?.version === version,
  );
}

async function installedPackages() {
  return JSON.parse(await readOr(inRoot("node_modules/.package-lock.json"), "{}")).packages ?? {};
}

/**
 * The packages of the lock file, without install scripts: those that a server needs to be built and to run, whatever
 * NODE_ENV says; with `tools`, those of tests and development as well. Once they are there they stay.
 */
export async function install({ tools = false } = {}) {
  const inputs = ["package-lock.json"];
  const kind = tools ? "tools" : "server";
  await unlessUntouched(
    inputs,
    "node_modules/.package-lock.json",
    () => installPackages(tools),
    kind,
  );
}

async function installPackages(tools) {
  if (await isInstalled(tools)) return;
  // Not inside node_modules: npm empties that.
  await withFileLock(inRoot(".build", "install-lock"), async () => {
    if (await isInstalled(tools)) return;
    const kept = Object.values(await installedPackages()).some(({ dev }) => dev);
    const flags = [tools || kept ? "--include=dev" : "--omit=dev"];
    flags.push("--include=optional", "--ignore-scripts");
    const quiet = ["--no-audit", "--no-fund", "--loglevel=error"];
    await step("Install packages", () =>
      run("npm", ["ci", ...flags, ...quiet], {
        meaning:
          "The packages come from npm's registry: see that it can be reached (npm ping) and start again.",
      }),
    );
    await dropOtherDatabases();
  });
}

/** What Prisma's client brings for other databases: 55 MB that an app on PostgreSQL never loads (decision 53). */
async function dropOtherDatabases() {
  const runtime = inRoot("node_modules/@prisma/client/runtime");
  const others = /^query_compiler_\w+\.(cockroachdb|mysql|sqlite|sqlserver)\./;
  for (const name of await readdir(runtime)) {
    if (others.test(name)) await rm(path.join(runtime, name));
  }
}

/** The database client that Prisma writes from the schema. */
export async function generate() {
  const inputs = ["prisma/schema.prisma", "cli/generate-client.mjs", "package-lock.json"];
  const stamp = "lib/platform/generated/.stamp";
  await unlessFresh("Generate the database client", stamp, inputs, () =>
    run(process.execPath, [inRoot("cli/generate-client.mjs")]),
  );
}

/**
 * Packages that every command loads and that come as dozens of small files: reading and linking those takes longer than
 * running them.
 */
const INLINED = ["zod", "otpauth", "p-queue", "@casl/ability"];

const INLINING = {
  name: "inlining",
  setup({ onResolve }) {
    onResolve({ filter: new RegExp(`^(${INLINED.join("|")})$`) }, ({ path: name }) => ({
      path: fileURLToPath(import.meta.resolve(name)),
    }));
  },
};

/** The command line as one file that this Node can run. */
export async function bundle() {
  const inputs = [
    "app",
    "cli",
    "lib",
    "product.ts",
    "prisma/schema.prisma",
    "tsconfig.json",
    "package-lock.json",
  ];
  await unlessFresh("Bundle the command line", ".build/.stamp", inputs, async () => {
    const { build } = await import("esbuild");
    const draft = `${BUNDLE}.${process.pid}`;
    await build({
      entryPoints: [inRoot("cli/main.ts")],
      outfile: draft,
      bundle: true,
      format: "esm",
      platform: "node",
      target: "node20",
      packages: "external",
      plugins: [INLINING],
      logLevel: "silent",
    });
    await rename(draft, BUNDLE);
  });
}

const APP_INPUTS = [
  ...["app", "components", "lib", "messages", "public"],
  ...["product.ts", "proxy.ts", "instrumentation.ts", "next.config.ts", "tailwind.config.ts"],
  ...["postcss.config.mjs", "tsconfig.json", "package-lock.json", "prisma/schema.prisma"],
];

/**
 * Next mixes a key into the ids of server actions, a new one in every folder unless it is given one, and then a form
 * from one build is unknown to the next. No secret: the ids are in every page, and a server brings a key of its own
 * for what it seals (cli/serve.ts).
 */
const ACTION_ID_SALT = createHash("sha256").update("server actions").digest("base64");

/** The pages, for production: of one source, the same in every folder. Needs neither database nor secrets. `signal` ends it. */
export async function build({ signal } = {}) {
  await unlessFresh("Build the pages", ".next/stamp", APP_INPUTS, async (state) => {
    await rm(inRoot(".next/stamp"), { force: true }); // a build that breaks off leaves no valid one
    await runBin("next/dist/bin/next", ["build"], {
      env: {
        NODE_ENV: "production",
        NEXT_TELEMETRY_DISABLED: "1",
        NEXT_SERVER_ACTIONS_ENCRYPTION_KEY: ACTION_ID_SALT,
        BUILD_ID: state.slice(0, 20),
      },
      meaning: "Without the pages there is nothing to start; what it said stands above.",
      signal,
    });
  });
}
