// From the command to the first answer, and the memory afterwards, beside a bare Next app of the same version: one page
// and one route, in a folder of its own. The product is claimed and finds nothing stale.
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import autocannon from "autocannon";
import { bareNext } from "./support/bare-next.mjs";
import { startInstallation } from "./support/installation.mjs";
import { median } from "./support/measure.mjs";
import { proportional, resident } from "./support/memory.mjs";
import { processor } from "./support/processor.mjs";
import { serve } from "./support/served.mjs";

const ROOT = path.resolve(import.meta.dirname, "..");
const ROUNDS = 7;
/** After the first answer, until which the two do not settle: the memory is read then. */
const SETTLE_MS = 2_000;
/** Some ten seconds after its last work V8 collects once what the start has left: 0.1 s of processor, part of the start. */
const QUIET_MS = 30_000;
const IDLE_MS = 60_000;
const REQUESTS = 3_000;

/** A server of one of the two, with the processor's time until its first answer. */
async function start(app, { signal }) {
  const server = await serve(app, { env: app.env, signal });
  return { ...server, cpu: await processor(server.pid), path: app.path };
}

/** Seconds of processor for a thousand answers, eight at a time. */
async function costOfAnswers({ pid, baseUrl, path }) {
  const many = () => autocannon({ url: baseUrl + path, connections: 8, amount: REQUESTS });
  await many();
  const before = await processor(pid);
  await many();
  return (1_000 * ((await processor(pid)) - before)) / REQUESTS;
}

async function run({ signal }) {
  const bare = await bareNext({ signal });
  const folder = await mkdtemp(path.join(tmpdir(), "latchkey-bench-start-"));
  // Its embedded PostgreSQL is the database of the servers that are measured.
  const holder = await startInstallation({ signal });
  try {
    const cases = {
      product: {
        args: ["cli/start.mjs", "start"],
        cwd: ROOT,
        path: "/v1/auth/status",
        env: { ...(await holder.asReplica()), DATA_DIR: path.join(folder, "data") },
      },
      bare: { ...bare, env: {} },
    };
    const measured = {
      product: { ms: [], cpu: [], memory: [], answers: [] },
      bare: { ms: [], cpu: [], memory: [], answers: [] },
    };
    for (let round = 0; round < ROUNDS; round++) {
      for (const name of round % 2 ? ["bare", "product"] : ["product", "bare"]) {
        signal.throwIfAborted();
        const server = await start(cases[name], { signal });
        await sleep(SETTLE_MS);
        measured[name].ms.push(server.readyMs);
        measured[name].cpu.push(server.cpu);
        measured[name].memory.push(await resident(server.pid));
        measured[name].answers.push(await costOfAnswers(server));
        await server.stop();
      }
    }
    const idle = await start(cases.product, { signal });
    await sleep(QUIET_MS, undefined, { signal });
    const before = await processor(idle.pid);
    await sleep(IDLE_MS, undefined, { signal });
    const share = (100_000 * ((await processor(idle.pid)) - before)) / IDLE_MS;
    const [{ connections }] = await holder.sql(
      `SELECT count(*)::int AS connections FROM pg_stat_activity
       WHERE datname = current_database() AND pid <> pg_backend_pid() AND application_name <> 'latchkey lease'`,
    );
    await idle.stop();
    const postgres = await proportional(await holder.postmaster());

    const of = (name, what) => median(measured[name][what]);
    const ratio = (what) => of("product", what) / of("bare", what);
    const row = (what, measured, aim, met, bar) => ({ what, measured, aim, met, bar });
    const beside = (label, what) => ({
      group: "A start, less is better",
      label,
      beside: "a bare Next server",
      ratio: ratio(what),
    });
    const both = (what, unit, digits) =>
      `${of("product", what).toFixed(digits)} ${unit}, bare ${of("bare", what).toFixed(digits)}; ${ratio(what).toFixed(2)} times`;
    const rows = [
      row(
        "start to first answer",
        both("ms", "ms", 0),
        "at most 2.2 times",
        ratio("ms") <= 2.2,
        beside("Until the first answer", "ms"),
      ),
      row("processor until then", both("cpu", "s", 2), "at most 2.2 times", ratio("cpu") <= 2.2),
      row(
        "memory at start",
        both("memory", "MB", 0),
        "at most 170 MB",
        of("product", "memory") <= 170,
        beside("Memory after it", "memory"),
      ),
      row(
        "status, processor for 1,000 answers",
        both("answers", "s", 3),
        "at most 1.05 times",
        ratio("answers") <= 1.05,
      ),
      row("idle", `${share.toFixed(2)} % of a core`, "at most 0.3 %", share <= 0.3),
      // Those of the server that holds the database are among them.
      row("connections of two idle servers", String(connections), "at most 4", connections <= 4),
      row(
        "embedded PostgreSQL",
        `${postgres.toFixed(0)} MB (PSS)`,
        "at most 50 MB",
        postgres <= 50,
      ),
    ];
    return { rows, measured, idle: share, connections, postgres };
  } finally {
    await holder.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

export default { title: "A start, and what it holds", run };
