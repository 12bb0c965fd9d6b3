// Runs the benchmarks of this folder, all or those that are named, and prints their tables in Markdown:
//
//   npm run bench -- [name ...] [--users 1000000] [--times 30] [--minutes 30]
//
// `npm run bench -- races` goes on with the races of `npm test` for a long time, `npm run bench -- drills` runs the tests
// that are too slow for it (bench/drills), `npm run bench -- install` installs fresh clones; they run only when named.
// A benchmark is a file bench/<name>.mjs with `export default { title, run }`. `run({ users, times, minutes, signal })` resolves to
// `{ rows }` and what else is to be kept of it in bench/results/<name>.json. A row is `{ what, measured, aim, met }`, all
// of them text but `met`: true, false, or null when nothing is aimed at; one with a `bar` is drawn (support/chart.mjs).
import { readdir } from "node:fs/promises";
import path from "node:path";
import { parseArgs } from "node:util";
import { build, bundle, generate, install } from "../cli/prepare.mjs";
import { describeMachine } from "./support/machine.mjs";
import { markdownTable } from "./support/markdown-table.mjs";
import { drawResults, keepResult } from "./support/results.mjs";

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    users: { type: "string", default: "1000000" },
    times: { type: "string", default: "30" },
    minutes: { type: "string", default: "1" },
  },
});
const users = Number(values.users);
const times = Number(values.times);
const minutes = Number(values.minutes);
const files = await readdir(import.meta.dirname);
const all = files
  .filter((file) => file.endsWith(".mjs") && file !== "run.mjs")
  .map((file) => path.basename(file, ".mjs"));
const unknown = positionals.filter((name) => !all.includes(name));
if (
  unknown.length > 0 ||
  !Number.isInteger(users) ||
  users < 10_000 ||
  !(times >= 1 && minutes >= 1)
) {
  const names = all.join(" | ");
  process.stderr.write(
    `npm run bench -- [${names} ...] [--users 10000 or more] [--times 30] [--minutes 1]\n`,
  );
  process.stderr.write("races: those of npm test, so many times as long; only when named.\n");
  process.stderr.write("drills: the tests that are too slow for npm test; only when named.\n");
  process.stderr.write("install: what a fresh clone installs; only when named.\n");
  process.stderr.write("rolling-restart: two replicas behind HAProxy; only when named.\n");
  process.exit(2);
}

const stopping = new AbortController();
for (const signal of ["SIGINT", "SIGTERM"]) process.once(signal, () => stopping.abort());

await install({ tools: true });
await generate();
await bundle();
await build({ signal: stopping.signal });

let missed = 0;
process.stdout.write(`${describeMachine()}\n`);
for (const name of positionals.length > 0 ? positionals : all) {
  const { default: bench } = await import(`./${name}.mjs`);
  if (bench.onlyWhenNamed && positionals.length === 0) continue;
  const machine = describeMachine();
  const { rows, ...more } = await bench.run({ users, times, minutes, signal: stopping.signal });
  // Tests pass or do not; there is no figure to keep.
  if (!bench.onlyTests)
    await keepResult(bench.resultName?.({ users }) ?? name, { machine, rows, ...more });
  missed += rows.filter(({ met }) => met === false).length;
  const lines = rows.map(({ what, measured, aim, met }) => [
    what,
    measured,
    met === null ? "" : `${aim}: ${met ? "met" : "missed"}`,
  ]);
  process.stdout.write(`\n## ${bench.title}\n\n`);
  process.stdout.write(markdownTable(["", "measured", "aim"], lines));
}
await drawResults();
process.exit(missed === 0 ? 0 : 1);
