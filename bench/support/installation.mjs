import { spawn } from "node:child_process";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import http from "node:http";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { encode } from "next-auth/jwt";
import pg from "pg";
import { freePort } from "./served.mjs";

const ROOT = path.resolve(import.meta.dirname, "../..");
const ADMIN = { name: "Ada", email: "ada@example.com", password: "SecurePass123" };
const READY_MS = 180_000;

/** The `latchkey` command in a clean environment. */
function latchkey(args, env, stderr) {
  return spawn(process.execPath, ["cli/start.mjs", ...args], {
    cwd: ROOT,
    env: { PATH: process.env.PATH, HOME: process.env.HOME, NODE_ENV: "production", ...env },
    stdio: ["ignore", "ignore", stderr],
  });
}

const ended = (child) =>
  child.exitCode !== null || child.signalCode !== null
    ? Promise.resolve(child.exitCode)
    : new Promise((resolve) => child.once("exit", resolve));

/**
 * The built product as its users run it, with an embedded PostgreSQL of its own in a folder of its own, claimed by
 * an administrator. `stop` leaves nothing behind.
 */
export async function startInstallation({ signal, env = {} } = {}) {
  const dataDir = await mkdtemp(path.join(tmpdir(), "latchkey-bench-"));
  const port = await freePort();
  const settings = {
    PORT: String(port),
    HOST: "127.0.0.1",
    DATA_DIR: dataDir,
    LOG_LEVEL: "error",
    ...env,
  };
  let server;
  let said = "";
  const serve = () => {
    server = latchkey(["start"], settings, "pipe");
    server.stderr.setEncoding("utf8").on("data", (chunk) => {
      said += chunk;
    });
  };
  // One connection each, kept open: what is measured is the product, not the making of connections.
  const agent = new http.Agent({ keepAlive: true, maxSockets: 1 });
  const headers = {};

  /** One request, read to its end; `ms` from sending it to the last byte. */
  const request = (method, target, body, type = "application/json") =>
    new Promise((resolve, reject) => {
      const started = performance.now();
      const sent = http.request(
        {
          agent,
          port,
          host: "127.0.0.1",
          method,
          path: target,
          headers: { ...headers, ...(body && { "content-type": type }) },
        },
        (response) => {
          const chunks = [];
          response.on("data", (chunk) => chunks.push(chunk));
          response.on("error", reject);
          response.on("end", () => {
            const ms = performance.now() - started;
            const text = Buffer.concat(chunks).toString("utf8");
            const { statusCode: status, headers } = response;
            resolve({ ms, status, headers, text });
          });
        },
      );
      sent.on("error", reject);
      sent.end(typeof body === "object" ? JSON.stringify(body) : body);
    });

  const expectStatus = async (status, ...args) => {
    const answer = await request(...args);
    if (answer.status !== status) throw new Error(`${args[1]}: ${answer.status} ${answer.text}`);
    return { ms: answer.ms, json: answer.text === "" ? undefined : JSON.parse(answer.text) };
  };

  const end = async () => {
    server.kill("SIGTERM");
    await ended(server);
  };
  const untilReady = async () => {
    const deadline = Date.now() + READY_MS;
    while ((await request("GET", "/health/ready").catch(() => null))?.status !== 200) {
      if (server.exitCode !== null)
        throw new Error(`The product ended with ${server.exitCode}:\n${said}`);
      if (Date.now() > deadline) throw new Error(`The product did not become ready:\n${said}`);
      await sleep(100, undefined, { signal });
    }
  };
  const stop = async () => {
    agent.destroy();
    await end();
    await rm(dataDir, { recursive: true, force: true });
  };

  const socket = encodeURIComponent(path.join(dataDir, "socket"));
  const address = (user, database) => `postgresql://${user}@localhost/${database}?host=${socket}`;
  const databaseUrl = address("latchkey", "latchkey");
  const installation = {
    baseUrl: `http://localhost:${port}`,
    dataDir,
    /** Of a database of its cluster, for a role of it. */
    address,
    /** Throws unless the answer has the status. @returns `{ ms, json }` */
    call: expectStatus,
    get: (target) => expectStatus(200, "GET", target),
    text: async (target) => (await request("GET", target)).text,
    /** Signs the administrator in anew; every request after it is theirs. */
    signIn: async () => {
      delete headers.authorization;
      const { json } = await expectStatus(200, "POST", "/api/auth/login", ADMIN);
      headers.authorization = `Bearer ${json.accessToken}`;
    },
    /** Opens a session of its own. @returns its refresh token as a `Cookie` header */
    refreshCookie: async (person) => {
      const { headers } = await request("POST", "/api/auth/login", person);
      return headers["set-cookie"][0].split(";")[0];
    },
    /** Adds invented users with the product's own command; the same ones every time. */
    seed: async (users) => {
      const args = ["seed", "--users", String(users), "--seed", "1"];
      const code = await ended(latchkey(args, settings, "inherit"));
      if (code !== 0) throw new Error(`latchkey seed ended with ${code}`);
    },
    /** What the administrator's requests are sent with, as headers. */
    bearer: () => ({ ...headers }),
    /** The same as a browser of theirs that has signed in to a server of the installation, by a session of its own. */
    browser: async (baseUrl) => {
      const [{ id }] = await installation.sql(
        `INSERT INTO sessions (user_id, door, expires_at)
           SELECT id, 'browser', now() + interval '1 day' FROM users WHERE email = $1 RETURNING id`,
        [ADMIN.email],
      );
      const name = `latchkey.session.${new URL(baseUrl).port}`;
      const { AUTH_SECRET: secret } = await installation.asReplica();
      return { cookie: `${name}=${await encode({ token: { sid: id }, secret, salt: name })}` };
    },
    /** Runs SQL as the owner of the database. */
    sql: (text, values) => installation.sqlIn(databaseUrl, text, values),
    /** The same in another database of its cluster. */
    sqlIn: async (address, text, values) => {
      const client = new pg.Client(address);
      await client.connect();
      try {
        return (await client.query(text, values)).rows;
      } finally {
        await client.end();
      }
    },
    /** The environment of another server of the same installation. */
    asReplica: async () => ({
      HOST: "127.0.0.1",
      DATABASE_URL: databaseUrl,
      AUTH_SECRET: (await readFile(path.join(dataDir, "auth-secret"), "utf8")).trim(),
    }),
    /** Starts it anew on what it has, as an operator does now and then. */
    restart: async () => {
      await end();
      serve();
      await untilReady();
    },
    /** The process id of its PostgreSQL. */
    postmaster: async () =>
      Number.parseInt(await readFile(path.join(dataDir, "postgres", "postmaster.pid"), "utf8"), 10),
    stop,
  };

  try {
    serve();
    await untilReady();
    const claim = { ...ADMIN, first_name: "Ada", last_name: "Owner" };
    await expectStatus(201, "POST", "/v1/auth/setup", claim);
    await installation.signIn();
    return installation;
  } catch (error) {
    await stop();
    throw error;
  }
}
