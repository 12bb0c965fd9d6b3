// Sign-ins a second by one, two and four processes on one PostgreSQL, where every password is taken for right at no cost:
// what is left is everything but the hash. On one machine all of them share its cores; so beside each rate stands what a
// sign-in takes of a core, of PostgreSQL's processes and of the servers', and from these follows where it ends elsewhere.
import path from "node:path";
import autocannon from "autocannon";
import { startInstallation } from "./support/installation.mjs";
import { median } from "./support/measure.mjs";
import { processor, processorWithChildren } from "./support/processor.mjs";
import { serve } from "./support/served.mjs";
import { addPeople, signInRequest } from "./support/sign-ins.mjs";

const ROOT = path.resolve(import.meta.dirname, "..");
const CHEAP_HASH = path.join(import.meta.dirname, "support", "cheap-hash.cjs");
const COUNTS = [1, 2, 4];
const ROUNDS = 5;
const SECONDS = 4;
/** At each process: fewer than may wait for a hash. */
const AT_ONCE = 16;
const EMAILS = Array.from({ length: 64 }, (_, n) => `person${n}@example.com`);

async function signIns(servers) {
  const requests = [signInRequest(EMAILS, "any")];
  const results = await Promise.all(
    servers.map(({ baseUrl }) =>
      autocannon({
        url: `${baseUrl}/api/auth/login`,
        connections: AT_ONCE,
        duration: SECONDS,
        requests,
      }),
    ),
  );
  const refused = results.reduce((sum, { non2xx, errors }) => sum + non2xx + errors, 0);
  if (refused > 0) throw new Error(`${refused} were refused`);
  return results.reduce((sum, result) => sum + result["2xx"], 0);
}

async function run({ signal }) {
  const holder = await startInstallation({ signal });
  const servers = [];
  try {
    await addPeople(holder, EMAILS);
    const env = {
      ...(await holder.asReplica()),
      LOG_LEVEL: "error",
      NODE_OPTIONS: `--require=${CHEAP_HASH}`,
    };
    const app = { args: ["cli/start.mjs", "start"], cwd: ROOT, path: "/health/ready" };
    for (let n = 0; n < Math.max(...COUNTS); n++) {
      const server = await serve(app, {
        env: { ...env, DATA_DIR: `${holder.dataDir}-${n}` },
        signal,
      });
      servers.push(server);
      await signIns([server]); // warm
    }
    const postmaster = await holder.postmaster();
    const seconds = async () => ({
      servers: (await Promise.all(servers.map(({ pid }) => processor(pid)))).reduce(
        (a, b) => a + b,
      ),
      postgres: await processorWithChildren(postmaster),
    });
    const rounds = [];
    for (let round = 0; round < ROUNDS; round++) {
      const figures = {};
      for (const count of round % 2 ? COUNTS.toReversed() : COUNTS) {
        signal.throwIfAborted();
        const before = await seconds();
        const done = await signIns(servers.slice(0, count));
        const after = await seconds();
        const each = (whose) => (1_000 * (after[whose] - before[whose])) / done;
        figures[count] = {
          rate: done / SECONDS,
          servers: each("servers"),
          postgres: each("postgres"),
        };
      }
      rounds.push(figures);
    }
    const rows = COUNTS.map((count) => {
      const of = (what) => median(rounds.map((figures) => figures[count][what]));
      const ratio = median(rounds.map((figures) => figures[count].rate / figures[COUNTS[0]].rate));
      return {
        what: count === 1 ? "one process" : `${count} processes`,
        measured: `${of("rate").toFixed(0)} sign-ins a second, ${ratio.toFixed(2)} times one; of a core each ${of("servers").toFixed(2)} ms in servers, ${of("postgres").toFixed(2)} ms in PostgreSQL`,
        aim: "",
        met: null,
      };
    });
    return { rows, rounds };
  } finally {
    for (const server of servers.reverse()) await server.stop();
    await holder.stop();
  }
}

export default { title: "Sign-ins without the hash, by processes on one PostgreSQL", run };
