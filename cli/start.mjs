#!/usr/bin/env node
// The first file that runs, in a fresh clone with nothing installed: plain JavaScript, no packages.

const [major, minor] = process.versions.node.split(".").map(Number);
if (major < 20 || (major === 20 && minor < 19)) {
  process.stderr.write(`Latchkey needs Node 20.19 or later; this is ${process.versions.node}.\n`);
  process.exit(1);
}

// Before React is loaded: it picks its build by this.
if (!process.env.NODE_ENV) {
  process.env.NODE_ENV = process.argv[2] === "dev" ? "development" : "production";
}
if (!process.env.NEXT_TELEMETRY_DISABLED) process.env.NEXT_TELEMETRY_DISABLED = "1";

const { BUNDLE, ROOT, build, bundle, generate, install, StepFailed } = await import(
  "./prepare.mjs"
);
const cwd = process.cwd();
process.chdir(ROOT);
try {
  await install();
  await generate();
  await bundle();
  const { main } = await import(BUNDLE);
  await main(process.argv.slice(2), { root: ROOT, cwd, build });
} catch (error) {
  if (!(error instanceof StepFailed)) throw error;
  process.stderr.write(`\n${error.message}\n`);
  process.exitCode = 1;
}
process.exit(); // libraries leave timers behind that would keep the process for seconds
