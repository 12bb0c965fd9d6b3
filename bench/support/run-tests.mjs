import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { runBin } from "../../cli/prepare.mjs";

/**
 * Runs tests of Vitest, a file at a time: each is to have the machine for itself. Says why a test failed on stderr.
 *
 * @param {string[]} args which: filters and options of `vitest run`
 * @param {{ aim: string, env?: Record<string, string>, signal?: AbortSignal }} options aim: what each is to do
 * @returns rows of a benchmark, one a test; a file that broke off before its tests is one as well
 */
export async function runTests(args, { aim, env = {}, signal }) {
  const folder = await mkdtemp(path.join(tmpdir(), "latchkey-bench-"));
  const report = path.join(folder, "report.json");
  try {
    const options = ["--no-file-parallelism", "--reporter=json", `--outputFile=${report}`];
    const broken = await runBin("vitest/vitest.mjs", ["run", ...args, ...options], { env, signal })
      .then(() => null)
      .catch((error) => error); // what failed is in the report, unless there is none
    const text = await readFile(report, "utf8").catch(() => {
      throw broken ?? new Error("Vitest has left no report.");
    });
    const { testResults } = JSON.parse(text);
    if (testResults.length === 0) throw broken ?? new Error("There are no such tests.");
    const rows = [];
    for (const { name, status, message, assertionResults } of testResults) {
      const brokeOff =
        status !== "passed" && assertionResults.every((one) => one.status !== "failed");
      if (brokeOff) {
        process.stderr.write(`${name}\n${message}\n`);
        rows.push({ what: path.relative("", name), measured: "broke off", aim, met: false });
      }
      for (const { fullName, status, duration, failureMessages } of assertionResults) {
        if (status === "failed")
          process.stderr.write(`${fullName}\n${failureMessages.join("\n")}\n`);
        const measured = status === "passed" || status === "failed" ? seconds(duration) : "skipped";
        rows.push({
          what: fullName,
          measured,
          aim,
          met: measured === "skipped" ? null : status === "passed",
        });
      }
    }
    return { rows };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

const seconds = (milliseconds) => `${Math.round(milliseconds / 1000)} s`;
