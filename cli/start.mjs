#!/usr/bin/env node
// The first file that runs, in a fresh clone with nothing installed: plain JavaScript, no packages, and nothing that
// a Node too old to run the rest cannot even read.

function words(text) {
  process.stderr.write(`\n${text}\n`);
}

/** The one place where a command that failed ends. The framework would swallow what is merely thrown. */
async function fail(error) {
  const { failure } = await import("./failure.mjs");
  const { words: text, exitCode } = failure(error);
  words(text);
  process.exit(exitCode);
}

/** Under `npm start` it is production, whatever is left in the environment: another mode would open a door. */
function setMode(command) {
  const mode = command === "dev" ? "development" : "production";
  const given = process.env.NODE_ENV;
  if (given && given !== mode && (command === "start" || command === "dev")) {
    words(`  Note: NODE_ENV: ${given} is ignored; ${command} runs in ${mode}.`);
  }
  process.env.NODE_ENV = mode;
}

async function run() {
  const [major, minor] = process.versions.node.split(".").map(Number);
  if (major < 20 || (major === 20 && minor < 19)) {
    words(`Node 20.19 or later is needed; this is ${process.versions.node}.`);
    process.exit(1);
  }
  for (const stream of [process.stdout, process.stderr]) {
    stream.on("error", () => {}); // a reader that left, a full disk: no reason to end
  }
  process.on("uncaughtException", fail);
  try {
    const args = process.argv.slice(2);
    const command = args[0] ?? "start";
    setMode(command); // before React is loaded: it picks its build by this
    if (command === "start" || command === "dev") {
      const { requireOpenFiles } = await import("./open-files.mjs");
      requireOpenFiles();
    }
    if (!process.env.NEXT_TELEMETRY_DISABLED) process.env.NEXT_TELEMETRY_DISABLED = "1";
    const { BUNDLE, ROOT, build, bundle, generate, install } = await import("./prepare.mjs");
    const cwd = process.cwd();
    process.chdir(ROOT);
    await install({ tools: command === "dev" });
    await generate();
    await bundle();
    const { main } = await import(BUNDLE);
    const listening = () => process.off("uncaughtException", fail);
    await main(args, { root: ROOT, cwd, build, listening });
  } catch (error) {
    await fail(error);
  }
  process.exit(); // libraries leave timers behind that would keep the process for seconds
}

run();
