// A CSV file of 50,000 people: checked, then imported, each with an audit event; then everybody exported. And
// half as many more, while somebody else signs in.
import { startInstallation } from "./support/installation.mjs";
import { jobDone } from "./support/job-done.mjs";
import { comparedSignIns, idleSignIns, signInsDuring } from "./support/sign-ins.mjs";

const ROWS = 50_000;
const AIM_ROWS_PER_SECOND = 8_000;

async function run({ signal }) {
  const installation = await startInstallation({ signal });
  try {
    const fileOf = (length, word) => {
      const rows = Array.from({ length }, (_, n) => `${word}${n}@example.com,Person ${n},`);
      return `email,name,role\r\n${rows.join("\r\n")}\r\n`;
    };
    const upload = (file) => installation.call(201, "POST", "/v1/users/import", file, "text/csv");
    const file = fileOf(ROWS, "person");
    const since = (start) => (performance.now() - start) / 1_000;

    const sent = performance.now();
    const { json } = await upload(file);
    const checked = since(sent);
    const started = performance.now();
    await installation.call(202, "POST", `/v1/jobs/${json.id}/start`);
    const job = await jobDone(installation, json.id, { signal });
    const imported = since(started);
    if (job.changed !== ROWS) throw new Error(`${job.state}, ${job.changed} imported.`);
    const asked = performance.now();
    const text = await installation.text("/v1/users/export");
    const exported = since(asked);
    if (text.split("\r\n").length !== ROWS + 3) throw new Error("The export is not whole.");

    const idle = await idleSignIns(installation, { signal });
    const { json: more } = await upload(fileOf(ROWS / 2, "another"));
    await installation.call(202, "POST", `/v1/jobs/${more.id}/start`);
    const beside = await signInsDuring(installation, more.id, { signal });
    if (beside.job.changed !== ROWS / 2) throw new Error(`${beside.job.state}, half of them.`);

    const rate = (seconds) => `${Math.round(ROWS / seconds).toLocaleString("en")} rows/s`;
    const many = ROWS.toLocaleString("en");
    const rows = [
      { what: `${many} rows sent and checked`, measured: rate(checked), aim: "", met: null },
      {
        what: `${many} users imported`,
        measured: rate(imported),
        aim: `at least ${AIM_ROWS_PER_SECOND.toLocaleString("en")} rows/s`,
        met: ROWS / imported >= AIM_ROWS_PER_SECOND,
      },
      { what: `${many} users exported`, measured: rate(exported), aim: "", met: null },
      comparedSignIns(beside.waits, idle),
    ];
    return { rows };
  } finally {
    await installation.stop();
  }
}

export default { title: "Import and export", run };
