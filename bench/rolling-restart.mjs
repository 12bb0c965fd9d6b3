// A rolling restart: two replicas from folders built apart, behind HAProxy with health checks, under ten requests a
// second. Needs `haproxy` on the PATH, and builds twice, so it runs only when it is named.
import { spawn } from "node:child_process";
import { cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { freePort } from "./support/served.mjs";

const ROOT = path.resolve(import.meta.dirname, "..");
const ADMIN = { email: "ada@example.com", password: "SecurePass123" };
const EVERY_MS = 100;
/** Before, between and after the restarts, so that something is asked in each state. */
const CALM_MS = 5_000;
const NOT_COPIED = new Set(["node_modules", ".next", ".build", ".git", "data"]);

const ended = (child) =>
  child.exitCode !== null || child.signalCode !== null
    ? Promise.resolve(child.exitCode)
    : new Promise((resolve) => child.once("exit", resolve));

/** A tree of its own; its packages are the same files under other names. */
async function copyTree(to) {
  await mkdir(to, { recursive: true });
  for (const name of await readdir(ROOT)) {
    if (!NOT_COPIED.has(name)) {
      await cp(path.join(ROOT, name), path.join(to, name), { recursive: true });
    }
  }
  const linked = spawn("cp", ["-al", path.join(ROOT, "node_modules"), to], { stdio: "inherit" });
  if ((await ended(linked)) !== 0) throw new Error("the packages could not be copied");
}

function start(root, port, front, dataDir) {
  const child = spawn(process.execPath, ["cli/start.mjs", "start"], {
    cwd: root,
    env: {
      PATH: process.env.PATH,
      HOME: process.env.HOME,
      NODE_ENV: "production",
      PORT: String(port),
      HOST: "127.0.0.1",
      DATA_DIR: dataDir,
      BASE_URL: `http://localhost:${front}`,
      TRUSTED_PROXIES: "127.0.0.1",
      LOG_LEVEL: "error",
    },
    stdio: ["ignore", "ignore", "inherit"],
  });
  const ready = async () => {
    for (;;) {
      const answer = await fetch(`http://127.0.0.1:${port}/health/ready`).catch(() => null);
      await answer?.body?.cancel();
      if (answer?.status === 200) return;
      if (child.exitCode !== null) throw new Error(`a replica ended with ${child.exitCode}`);
      await sleep(100);
    }
  };
  return { child, ready };
}

const haproxy = (front, ports) => `
defaults
  mode http
  timeout connect 2s
  timeout client 30s
  timeout server 30s
  timeout check 2s
  option redispatch
  retries 3
  option forwardfor
frontend people
  bind 127.0.0.1:${front}
  default_backend latchkey
backend latchkey
  balance roundrobin
  option httpchk GET /health/ready
  default-server check inter 500ms fall 3 rise 2
${ports.map((port, index) => `  server replica${index} 127.0.0.1:${port}`).join("\n")}
`;

/** The sign-in form of a page as a browser without a script sends it. */
function formOf(html) {
  const [form = ""] =
    html.match(/<form[\s\S]*?<\/form>/g)?.filter((one) => one.includes('name="password"')) ?? [];
  const data = new FormData();
  const plain = (text = "") => text.replaceAll("&quot;", '"').replaceAll("&amp;", "&");
  for (const [tag] of form.matchAll(/<input[^>]*type="hidden"[^>]*>/g)) {
    data.append(plain(/name="([^"]*)"/.exec(tag)?.[1]), plain(/value="([^"]*)"/.exec(tag)?.[1]));
  }
  data.set("email", ADMIN.email);
  data.set("password", ADMIN.password);
  return data;
}

async function run({ signal }) {
  const folder = await mkdtemp(path.join(tmpdir(), "latchkey-rolling-"));
  const roots = [path.join(folder, "one"), path.join(folder, "deeper", "two")];
  const [front, ...ports] = await Promise.all([freePort(), freePort(), freePort()]);
  const base = `http://localhost:${front}`;
  const dataDir = path.join(folder, "data");
  const replicas = [];
  let balancer;
  try {
    for (const [index, root] of roots.entries()) {
      process.stderr.write(`Build replica ${index} in ${root}\n`);
      await copyTree(root);
      replicas[index] = start(root, ports[index], front, dataDir);
      await replicas[index].ready();
    }
    await writeFile(path.join(folder, "haproxy.cfg"), haproxy(front, ports));
    balancer = spawn("haproxy", ["-db", "-f", path.join(folder, "haproxy.cfg")], {
      stdio: "ignore",
    });
    while (!(await fetch(`${base}/health/live`).catch(() => null))?.ok) await sleep(100);

    const headers = { "content-type": "application/json" };
    const claim = {
      method: "POST",
      headers,
      body: JSON.stringify({ ...ADMIN, first_name: "Ada", last_name: "Owner" }),
    };
    const setup = `http://127.0.0.1:${ports[0]}/v1/auth/setup`;
    const { accessToken } = await (await fetch(setup, await withSetupToken(claim, dataDir))).json();
    const page = await (await fetch(`${base}/login`)).text();
    const asks = [
      ["GET /login", 200, () => fetch(`${base}/login`)],
      ["GET /v1/auth/status", 200, () => fetch(`${base}/v1/auth/status`)],
      [
        "GET /v1/users",
        200,
        () => fetch(`${base}/v1/users`, { headers: { authorization: `Bearer ${accessToken}` } }),
      ],
      // From a page that either may have drawn, before or after either was restarted.
      [
        "POST /login",
        303,
        () =>
          fetch(`${base}/login`, {
            method: "POST",
            body: formOf(page),
            headers: { origin: base },
            redirect: "manual",
          }),
      ],
    ];

    const failed = [];
    const pending = [];
    let sent = 0;
    let going = true;
    let phase = "before";
    const load = (async () => {
      for (let next = performance.now(); going; next += EVERY_MS) {
        const [name, wanted, ask] = asks[sent++ % asks.length];
        const during = phase;
        const answered = ask().then(
          async (answer) => {
            await answer.arrayBuffer();
            const by = answer.headers.has("x-request-id") ? "Latchkey" : "HAProxy";
            if (answer.status !== wanted)
              failed.push(`${during}: ${name}: ${answer.status} of ${by}`);
          },
          (error) => failed.push(`${during}: ${name}: ${error.cause?.code ?? error.message}`),
        );
        pending.push(answered);
        await sleep(Math.max(0, next + EVERY_MS - performance.now()));
      }
    })();

    await sleep(CALM_MS, undefined, { signal });
    const took = [];
    for (const [index, root] of roots.entries()) {
      const began = performance.now();
      phase = `replica ${index} leaves`;
      replicas[index].child.kill("SIGTERM");
      const code = await ended(replicas[index].child);
      took.push(`${Math.round(performance.now() - began)} ms, ended with ${code}`);
      phase = `replica ${index} starts`;
      replicas[index] = start(root, ports[index], front, dataDir);
      await replicas[index].ready();
      phase = `replica ${index} is back`;
      await sleep(CALM_MS);
    }
    going = false;
    await load;
    await Promise.all(pending);
    const rows = [
      {
        what: `${sent} requests during two restarts`,
        measured: [`${failed.length} failed`, ...failed].join("; "),
        aim: "none fails",
        met: failed.length === 0,
      },
      { what: "until a replica has left", measured: took.join("; "), aim: "", met: null },
    ];
    return { rows };
  } finally {
    balancer?.kill();
    for (const { child } of replicas.reverse()) {
      child.kill("SIGTERM");
      await ended(child);
    }
    await rm(folder, { recursive: true, force: true });
  }
}

async function withSetupToken(request, dataDir) {
  const token = (await readFile(path.join(dataDir, "setup-token"), "utf8")).trim();
  return { ...request, headers: { ...request.headers, "x-setup-token": token } };
}

export default { title: "Rolling restart", run, onlyWhenNamed: true };
