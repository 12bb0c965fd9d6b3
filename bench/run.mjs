// Runs the benchmarks of this folder, all or those that are named, and prints their tables in Markdown:
//
//   npm run bench -- [name ...] [--users 1000000]
//
// A benchmark is a file bench/<name>.mjs with `export default { title, run }`. `run({ users, signal })` resolves
// to rows `{ what, measured, aim, met }`, all of them text but `met`: true, false, or null when nothing is aimed at.
import { readdir } from "node:fs/promises";
import path from "node:path";
import { parseArgs } from "node:util";
import { build, bundle, generate, install } from "../cli/prepare.mjs";
import { describeMachine } from "./support/machine.mjs";
import { markdownTable } from "./support/markdown-table.mjs";

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { users: { type: "string", default: "1000000" } },
});
const users = Number(values.users);
const files = await readdir(import.meta.dirname);
const all = files
  .filter((file) => file.endsWith(".mjs") && file !== "run.mjs")
  .map((file) => path.basename(file, ".mjs"));
const unknown = positionals.filter((name) => !all.includes(name));
if (unknown.length > 0 || !Number.isInteger(users) || users < 10_000) {
  process.stderr.write(`npm run bench -- [${all.join(" | ")} ...] [--users 10000 or more]\n`);
  process.exit(2);
}

const stopping = new AbortController();
for (const signal of ["SIGINT", "SIGTERM"]) process.once(signal, () => stopping.abort());

await install();
await generate();
await bundle();
await build({ signal: stopping.signal });

let missed = 0;
process.stdout.write(`${describeMachine()}\n`);
for (const name of positionals.length > 0 ? positionals : all) {
  const { default: bench } = await import(`./${name}.mjs`);
  const rows = await bench.run({ users, signal: stopping.signal });
  missed += rows.filter(({ met }) => met === false).length;
  const lines = rows.map(({ what, measured, aim, met }) => [
    what,
    measured,
    met === null ? "" : `${aim}: ${met ? "met" : "missed"}`,
  ]);
  process.stdout.write(`\n## ${bench.title}\n\n`);
  process.stdout.write(markdownTable(["", "measured", "aim"], lines));
}
process.exit(missed === 0 ? 0 : 1);
