// The races and drills of e2e/races, thirty times as long as in `npm test`: what is rare shows only after thousands of
// rounds. An hour on two cores, so it runs only when it is named; --times for more or fewer.
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { runBin } from "../cli/prepare.mjs";

async function run({ times = 30, signal }) {
  const folder = await mkdtemp(path.join(tmpdir(), "latchkey-races-"));
  const report = path.join(folder, "report.json");
  try {
    // One file at a time: each race is to have the machine for itself.
    const args = ["run", "e2e/races", "--no-file-parallelism", "--reporter=json"];
    await runBin("vitest/vitest.mjs", [...args, `--outputFile=${report}`], {
      env: { LATCHKEY_RACE_TIMES: String(times) },
      signal,
    }).catch(() => {}); // what failed is in the report
    const { testResults } = JSON.parse(await readFile(report, "utf8"));
    return testResults
      .flatMap(({ assertionResults }) => assertionResults)
      .map(({ fullName, status, duration }) => ({
        what: fullName,
        measured: `${Math.round(duration / 1000)} s`,
        aim: "held in every round",
        met: status === "passed",
      }));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

export default { title: "Races", run, onlyWhenNamed: true };
