// What a server that was started again holds while it is asked for everything at once: the memory after a minute, and with
// `--minutes 30` whether it goes on growing. One or two clients for each kind of request, seventeen in all: more than a
// core can do, so that it is never idle.
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import autocannon from "autocannon";
import { startInstallation } from "./support/installation.mjs";
import { median } from "./support/measure.mjs";
import { resident } from "./support/memory.mjs";
import { serve } from "./support/served.mjs";
import { addPeople, signInRequest } from "./support/sign-ins.mjs";

const ROOT = path.resolve(import.meta.dirname, "..");
const USERS = 5_000;
const PASSWORD = "SecurePass123";
const EMAILS = Array.from({ length: 16 }, (_, n) => `person${n}@example.com`);
const AFTER_MS = 60_000;
const EVERY_MS = 5_000;
const SIGN_IN_EVERY_MS = 10 * 60_000;

/** What is asked, each by so many clients. */
async function kinds(installation, baseUrl) {
  // Asked anew for each request: an access token is good for fifteen minutes.
  const bearer = () => installation.bearer();
  const browser = await installation.browser(baseUrl);
  const [{ id }] = await installation.sql(
    "SELECT id FROM users WHERE email LIKE '%.example' LIMIT 1",
  );
  let changes = 0;
  const change = {
    method: "PATCH",
    path: `/v1/users/${id}`,
    setupRequest: (request) => ({
      ...request,
      headers: { ...bearer(), "content-type": "application/json" },
      body: JSON.stringify({ name: `Person ${changes++}` }),
    }),
  };
  const get = (path, headers) => ({
    connections: 2,
    requests: [
      {
        method: "GET",
        path,
        setupRequest: (request) => ({ ...request, headers: headers() }),
      },
    ],
  });
  return {
    status: get("/v1/auth/status", () => ({})),
    "who I am": get("/v1/auth/me", bearer),
    "forward authentication": get("/v1/auth/forward", bearer),
    "the list": get("/v1/users?limit=50", bearer),
    "a search": get("/v1/users?search=mar", bearer),
    "the page of the list": get("/users", () => browser),
    "the page of one": { ...get(`/users/${id}`, () => browser), connections: 1 },
    "the page to sign in": { ...get("/login", () => ({})), connections: 1 },
    "a change": { connections: 1, requests: [change] },
    "a sign-in": {
      connections: 1,
      requests: [{ ...signInRequest(EMAILS, PASSWORD), path: "/api/auth/login" }],
    },
  };
}

async function run({ minutes, signal }) {
  const installation = await startInstallation({ signal });
  let server;
  try {
    await addPeople(installation, EMAILS);
    await installation.seed(USERS);
    server = await serve(
      { args: ["cli/start.mjs", "start"], cwd: ROOT, path: "/health/ready" },
      {
        env: { ...(await installation.asReplica()), DATA_DIR: `${installation.dataDir}-again` },
        signal,
      },
    );
    const { pid, baseUrl } = server;
    const before = await resident(pid);
    const duration = Math.max(AFTER_MS, minutes * 60_000);
    const asked = Object.entries(await kinds(installation, baseUrl)).map(async ([name, kind]) => {
      const { non2xx, errors, timeouts, requests } = await autocannon({
        url: baseUrl,
        duration: duration / 1_000,
        timeout: 60, // on a busy machine; it is about what is held
        ...kind,
      });
      const broken = non2xx + errors - timeouts;
      if (broken > 0) throw new Error(`${name}: ${non2xx} refused, ${errors} errors`);
      return [name, requests.total];
    });
    const done = Promise.all(asked);
    const samples = [];
    let signedIn = performance.now();
    for (let ms = 0; ms < duration; ms += EVERY_MS) {
      if (performance.now() - signedIn > SIGN_IN_EVERY_MS) {
        await installation.signIn();
        signedIn = performance.now();
      }
      await Promise.race([sleep(EVERY_MS, undefined, { signal }), done]);
      samples.push(await resident(pid));
    }
    const answers = Object.fromEntries(await done);
    const total = Object.values(answers).reduce((sum, one) => sum + one, 0);
    const after = samples[AFTER_MS / EVERY_MS - 1];
    const rows = [
      { what: "memory before", measured: `${before.toFixed(0)} MB`, aim: "", met: null },
      {
        what: `memory after ${AFTER_MS / 1_000} s of ten kinds of requests at once`,
        measured: `${after.toFixed(0)} MB`,
        aim: "at most 320 MB",
        met: after <= 320,
      },
    ];
    if (duration > AFTER_MS) {
      // The heap breathes: medians of the minutes that begin the second third, and of those that end the last one.
      const third = Math.floor(samples.length / 3);
      const grown = median(samples.slice(-third)) - median(samples.slice(third, 2 * third));
      rows.push({
        what: `growth from the second to the last third of ${minutes} minutes, ${total.toLocaleString("en")} answers`,
        measured: `${grown.toFixed(1)} MB, at most ${Math.max(...samples).toFixed(0)} MB in all`,
        aim: "at most 10 MB",
        met: grown <= 10,
      });
    }
    return { rows, answers, samples: samples.map((one) => Math.round(one)) };
  } finally {
    await server?.stop();
    await installation.stop();
  }
}

export default { title: "Memory under load", run };
