// Everything that must hold; what a reading tells is told in the first minute. Runs in a fresh clone, and says in the end
// how long each stage took.
//
//   npm test                        all of it
//   npm test -- --changed[=commit]  of the tests, those that a change since then can break (touched.mjs)
import { spawn } from "node:child_process";
import { mkdir, readFile, rm } from "node:fs/promises";
import path from "node:path";
import { build, bundle, generate, install, ROOT, run, runBin } from "../cli/prepare.mjs";
import { step } from "../cli/progress.mjs";
import { changedFiles, testsThatLookAt } from "./touched.mjs";

process.chdir(ROOT);
const REPORTS = path.join(ROOT, ".build", "reports");
const total = { passed: 0, failed: 0 };
/** How many seconds each stage took, in the order in which they ended. */
const took = [];

/** A stage that passes or fails as one. */
async function stage(label, work) {
  try {
    await timed(label, () => step(label, work));
    total.passed += 1;
    return true;
  } catch (error) {
    process.stdout.write(`\n${error instanceof Error ? error.message : error}\n\n`);
    total.failed += 1;
    return false;
  }
}

async function timed(label, work) {
  const began = performance.now();
  try {
    return await work();
  } finally {
    took.push([label, Math.round((performance.now() - began) / 1000)]);
  }
}

/** Runs a test runner in sight and counts its tests; one that fails without a failed test counts as one. */
async function tests(label, command, args, count, { env = {}, mayBeNone = false } = {}) {
  process.stdout.write(`\n${label}\n`);
  const child = spawn(process.execPath, [path.join(ROOT, "node_modules", command), ...args], {
    env: { ...process.env, ...env },
    stdio: ["ignore", "inherit", "inherit"],
  });
  const code = await timed(label, () => new Promise((resolve) => child.once("close", resolve)));
  const report = await readFile(path.join(REPORTS, `${label}.json`), "utf8").catch(() => null);
  const { passed, failed } = report === null ? { passed: 0, failed: 0 } : count(JSON.parse(report));
  const unexplained = failed === 0 && (code !== 0 || (passed === 0 && !mayBeNone));
  total.passed += passed;
  total.failed += unexplained ? 1 : failed;
  if (unexplained) process.stdout.write(`${label} ended with ${code}, ${passed} tests passed\n`);
}

function close() {
  const all = [...took, ["altogether", Math.round(performance.now() / 1000)]];
  process.stdout.write(`\n${all.map(([label, seconds]) => `${seconds} s ${label}`).join(", ")}\n`);
  process.stdout.write(`\n${total.passed} passed, ${total.failed} failed\n`);
  process.exit(total.failed === 0 ? 0 : 1);
}

await rm(REPORTS, { recursive: true, force: true });
if (!(await stage("packages", () => install({ tools: true })))) close(); // nothing below could run

// What a reading tells comes first; none of it needs a page built.
const typegen = () =>
  runBin("next/dist/bin/next", ["typegen"], { env: { NEXT_TELEMETRY_DISABLED: "1" } });
const [generated] = await Promise.all([
  stage("database client", () => Promise.all([generate(), typegen()])),
  stage("import law", () => run(process.execPath, ["scripts/import-law.mjs"])),
  stage("links", () => run(process.execPath, ["scripts/links.mjs"])),
  stage("lint", () => runBin("@biomejs/biome/bin/biome", ["ci", "--colors=off", "."])),
]);
if (!generated) close();
await stage("types", () => runBin("typescript/bin/tsc", ["--noEmit", "--project", "."]));

const argument = process.argv.slice(2).find((one) => /^--changed(=|$)/.test(one));
const changed = argument && (await changedFiles(argument.split("=")[1]));
/** Files in e2e/ to run, by what their names begin with; null for all. */
const chosen = changed ? testsThatLookAt(changed.files) : null;
if (changed) {
  const which = chosen === null ? "everything" : chosen.join(", ") || "nothing in e2e";
  process.stdout.write(`${changed.files.length} files changed since ${changed.base}: ${which}\n`);
}
const e2e = chosen?.map((name) => `e2e/${name}`);
const inBrowser = e2e?.filter((name) => name.startsWith("e2e/browser/"));
const others = e2e?.filter((name) => !name.startsWith("e2e/browser/"));

// One may have to be fetched, which is mostly waiting.
const { findBrowser } = await import("./find-browser.mjs");
let browser;
const browserFound =
  inBrowser?.length !== 0 &&
  stage("browser", async () => {
    browser = await findBrowser();
  });

const prepared = (await stage("command line", bundle)) && (await stage("pages", () => build()));
if (!prepared) close();

await mkdir(REPORTS, { recursive: true });
const vitest = (label, filters, mayBeNone = false) =>
  tests(
    label,
    "vitest/vitest.mjs",
    [
      ...["run", "--reporter=default", "--reporter=json"],
      ...[`--outputFile.json=${REPORTS}/${label}.json`, "--passWithNoTests", ...filters],
    ],
    ({ numPassedTests, numFailedTests }) => ({ passed: numPassedTests, failed: numFailedTests }),
    { mayBeNone },
  );
if (chosen === null) {
  await vitest("vitest", ["--project=unit", "--project=e2e"]);
} else {
  await vitest("unit", ["--project=unit", "--changed", changed.base], true);
  if (others.length > 0) await vitest("vitest", ["--project=e2e", ...others]);
}
if (inBrowser?.length === 0) close();

if (await browserFound) {
  await tests(
    "playwright",
    "playwright/cli.js",
    ["test", "--project=browser", "--reporter=line,json", ...(inBrowser ?? [])],
    ({ stats }) => ({ passed: stats.expected + stats.flaky, failed: stats.unexpected }),
    {
      env: {
        CHROMIUM_PATH: browser,
        PLAYWRIGHT_JSON_OUTPUT_NAME: path.join(REPORTS, "playwright.json"),
      },
    },
  );
}
close();
