// A CSV file of 50,000 people: checked, then imported, each with an audit event; then everybody exported.
import { setTimeout as sleep } from "node:timers/promises";
import { startInstallation } from "./support/installation.mjs";

const ROWS = 50_000;
const AIM_ROWS_PER_SECOND = 1_000;

async function run({ signal }) {
  const installation = await startInstallation({ signal });
  try {
    const rows = Array.from({ length: ROWS }, (_, n) => `person${n}@example.com,Person ${n},`);
    const file = `email,name,role\r\n${rows.join("\r\n")}\r\n`;
    const since = (start) => (performance.now() - start) / 1_000;

    const sent = performance.now();
    const { json } = await installation.call(201, "POST", "/v1/users/import", file, "text/csv");
    const checked = since(sent);
    const started = performance.now();
    await installation.call(202, "POST", `/v1/jobs/${json.id}/start`);
    let job = json;
    while (job.finishedAt === null) {
      await sleep(20, undefined, { signal });
      job = (await installation.get(`/v1/jobs/${json.id}`)).json;
    }
    const imported = since(started);
    if (job.changed !== ROWS) throw new Error(`${job.state}, ${job.changed} imported.`);
    const asked = performance.now();
    const text = await installation.text("/v1/users/export");
    const exported = since(asked);
    if (text.split("\r\n").length !== ROWS + 3) throw new Error("The export is not whole.");

    const rate = (seconds) => `${Math.round(ROWS / seconds).toLocaleString("en")} rows/s`;
    const many = ROWS.toLocaleString("en");
    return [
      { what: `${many} rows sent and checked`, measured: rate(checked), aim: "", met: null },
      {
        what: `${many} users imported`,
        measured: rate(imported),
        aim: `at least ${AIM_ROWS_PER_SECOND.toLocaleString("en")} rows/s`,
        met: ROWS / imported >= AIM_ROWS_PER_SECOND,
      },
      { what: `${many} users exported`, measured: rate(exported), aim: "", met: null },
    ];
  } finally {
    await installation.stop();
  }
}

export default { title: "Import and export", run };
