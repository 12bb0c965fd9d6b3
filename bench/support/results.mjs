import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { drawChart } from "./chart.mjs";

const FOLDER = path.resolve(import.meta.dirname, "../results");
const CHART = path.join(FOLDER, "chart.svg");

/** Keeps what a benchmark has measured, as bench/results/<name>.json. */
export async function keepResult(name, result) {
  await mkdir(FOLDER, { recursive: true });
  const measuredOn = new Date().toISOString().slice(0, 10);
  const text = JSON.stringify({ measuredOn, ...result }, null, 2);
  await writeFile(path.join(FOLDER, `${name}.json`), `${text}\n`);
}

/** Draws the bars of all results that are kept, whenever each was measured. */
export async function drawResults() {
  const files = (await readdir(FOLDER)).filter((file) => file.endsWith(".json")).sort();
  const results = await Promise.all(
    files.map(async (file) => JSON.parse(await readFile(path.join(FOLDER, file), "utf8"))),
  );
  const bars = results.flatMap(({ rows }) => rows.flatMap(({ bar }) => bar ?? []));
  if (bars.length > 0) await writeFile(CHART, drawChart(bars));
}
