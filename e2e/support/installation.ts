import type { ChildProcess } from "node:child_process";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import http from "node:http";
import { createServer } from "node:net";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { connect, type Database, freshDatabase, type Rows, remember, runSql } from "./database";
import type { Answer } from "./http";
import { databaseEnv, exitCode, startLatchkey } from "./latchkey";
import { runFolder } from "./run-folder";

const READY_MS = 240_000; // the first start of a run may have to build the pages
const STOP_MS = 20_000;

type Options = {
  /** Added to a clean environment; the caller's own does not reach the product. */
  env?: Record<string, string>;
  /** How many replicas share the database; each has a port and a data folder of its own. */
  processes?: number;
  /** Continues the installation of an earlier `stop({ keepData: true })`. */
  dataDir?: string;
  /** A database of the test's own. Default: a fresh one in the cluster of the run. */
  databaseUrl?: string;
  /** Its fresh database is one that OWNER has claimed. */
  claimed?: boolean;
  /** The product's own embedded PostgreSQL in the data folder instead. */
  embedded?: boolean;
  /** Return once the processes run, ready or not. */
  waitUntilReady?: boolean;
  /** The folder of the product, if it is another than this one. */
  root?: string;
};

/** The product, running as its users run it. */
export type Installation = {
  /** The first process; every process. */
  baseUrl: string;
  baseUrls: string[];
  dataDir: string;
  databaseUrl: string;
  processes: ChildProcess[];
  /** Everything printed so far, by all processes. */
  logs(): string;
  /** The token in the data folder; throws when there is none. */
  setupToken(): Promise<string>;
  /** Runs SQL as the database's superuser. */
  sql(text: string): Promise<Rows>;
  /** Remembers what is in the database; the function returned puts it back. */
  remember(): Promise<() => Promise<void>>;
  /** A POST with any headers, `Host` too, which `fetch` would not send. */
  rawPost(path: string, body: unknown, headers?: Record<string, string>): Promise<Answer>;
  /** A request for a target exactly as it is written, which `fetch` would tidy. */
  raw(
    method: string,
    target: string,
    headers?: Record<string, string>,
    body?: string | Uint8Array,
  ): Promise<Answer>;
  ready(): Promise<void>;
  /** Kills all processes as a power cut would. */
  kill9(): Promise<void>;
  /** Ends all processes politely and removes what they had; returns their exit codes. */
  stop(options?: { keepData?: boolean }): Promise<(number | null)[]>;
};

/** Databases of data folders that were kept. */
const kept = new Map<string, Database>();

/** A port that was free a moment ago. */
export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return typeof address === "object" && address !== null ? address.port : 0;
}

/** Runs the product until `stop`. Without options: one process, a fresh database, a fresh data folder. */
export async function startInstallation({
  env = {},
  processes: count = 1,
  dataDir: givenDataDir,
  databaseUrl: givenDatabaseUrl,
  claimed = false,
  embedded = false,
  waitUntilReady = true,
  root,
}: Options = {}): Promise<Installation> {
  const dataDir = givenDataDir ?? (await mkdtemp(path.join(runFolder(), "data-")));
  const database =
    embedded || givenDatabaseUrl !== undefined
      ? null
      : (kept.get(dataDir) ?? (await freshDatabase({ claimed })));
  const socket = encodeURIComponent(path.join(dataDir, "socket"));
  const databaseUrl =
    database?.url ?? givenDatabaseUrl ?? `postgresql://postgres@localhost/latchkey?host=${socket}`;

  let output = "";
  const processes: ChildProcess[] = [];
  const baseUrls: string[] = [];
  for (let i = 0; i < count; i++) {
    const port = await freePort();
    baseUrls.push(`http://localhost:${port}`);
    const variables = {
      PORT: String(port),
      HOST: "127.0.0.1",
      DATA_DIR: embedded || i === 0 ? dataDir : path.join(dataDir, `replica-${i}`),
      ...(!embedded && databaseEnv(databaseUrl)),
      ...env,
    };
    const child = startLatchkey(["start"], variables, root);
    for (const stream of [child.stdout, child.stderr]) {
      stream?.setEncoding("utf8").on("data", (chunk: string) => {
        output += chunk;
      });
    }
    processes.push(child);
  }
  const baseUrl = baseUrls[0] ?? "";

  const ready = async () => {
    const deadline = Date.now() + READY_MS;
    for (const [i, base] of baseUrls.entries()) {
      while (!(await isReady(base))) {
        const child = processes[i];
        if (child?.exitCode != null) throw new Error(`It ended (${child.exitCode}):\n${output}`);
        if (Date.now() > deadline) throw new Error(`It did not become ready:\n${output}`);
        await sleep(50);
      }
    }
  };

  const installation: Installation = {
    baseUrl,
    baseUrls,
    dataDir,
    databaseUrl,
    processes,
    logs: () => output,
    setupToken: async () => (await readFile(path.join(dataDir, "setup-token"), "utf8")).trim(),
    sql: (text) => database?.sql(text) ?? runSql(databaseUrl, text),
    remember: () => remember(database ?? { connect: () => connect(databaseUrl) }),
    rawPost: (path, body, headers = {}) =>
      rawRequest("POST", new URL(path, baseUrl), undefined, textOf(body), {
        "content-type": "application/json",
        ...headers,
      }),
    raw: (method, target, headers = {}, body = undefined) =>
      rawRequest(method, new URL(baseUrl), target, body, headers),
    ready,
    kill9: async () => {
      for (const child of processes) child.kill("SIGKILL");
      await Promise.all(processes.map(exitCode));
    },
    stop: async ({ keepData = false } = {}) => {
      for (const child of processes) child.kill("SIGTERM");
      const cut = setTimeout(() => {
        for (const child of processes) child.kill("SIGKILL");
      }, STOP_MS);
      const codes = await Promise.all(processes.map(exitCode));
      clearTimeout(cut);
      if (keepData) {
        if (database) kept.set(dataDir, database);
      } else {
        kept.delete(dataDir);
        await database?.drop();
        await rm(dataDir, { recursive: true, force: true });
      }
      return codes;
    },
  };
  if (waitUntilReady) {
    await ready().catch(async (error) => {
      await installation.stop();
      throw error;
    });
  }
  return installation;
}

async function isReady(base: string): Promise<boolean> {
  const response = await fetch(`${base}/health/ready`).catch(() => null);
  await response?.body?.cancel();
  return response?.status === 200;
}

const textOf = (body: unknown) => (typeof body === "string" ? body : JSON.stringify(body));

function rawRequest(
  method: string,
  url: URL,
  target: string | undefined,
  body: string | Uint8Array | undefined,
  headers: Record<string, string>,
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const options = {
      method,
      headers,
      agent: false,
      ...(target !== undefined && { path: target }),
    };
    const request = http.request(url, options);
    request.once("error", reject);
    request.once("response", async (response) => {
      let text = "";
      for await (const chunk of response.setEncoding("utf8")) text += chunk;
      const named = Object.entries(response.headersDistinct).flatMap(([name, values]) =>
        (values ?? []).map((value): [string, string] => [name, value]),
      );
      let json: unknown;
      try {
        json = JSON.parse(text);
      } catch {
        json = undefined;
      }
      resolve({ status: response.statusCode ?? 0, headers: new Headers(named), text, json });
    });
    request.end(body);
  });
}
