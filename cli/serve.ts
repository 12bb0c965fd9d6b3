import { createServer } from "node:http";
import { createServer as createTcpServer, type Server as TcpServer } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { setFlagsFromString } from "node:v8";
import { startSealer } from "@/lib/audit/sealer";
import { checkSecret, type MissingSecret } from "@/lib/bootstrap/check-secret";
import { needsSetup, watchInstallation } from "@/lib/bootstrap/installation";
import { type Prepared, prepareInstallation } from "@/lib/bootstrap/prepare-installation";
import { beginPreparing, markPrepared, startLeaving } from "@/lib/bootstrap/readiness";
import { removeSpentTokenFile } from "@/lib/bootstrap/setup-token";
import { judgeSettings, LOOPBACK_MS } from "@/lib/bootstrap/who-may-claim";
import { startWorker } from "@/lib/jobs/worker";
import { compareClocks, keepComparingClocks } from "@/lib/platform/compare-clocks";
import { settleDayCounts } from "@/lib/platform/count-by-day";
import { closeDb, sqlState } from "@/lib/platform/db";
import { type Env, env } from "@/lib/platform/env";
import { onPageFailure } from "@/lib/platform/http/page-failure";
import { forgetProxy } from "@/lib/platform/http/seen-proxy";
import { settleAttempts } from "@/lib/platform/limits/rate-limit";
import { closeRedis } from "@/lib/platform/limits/redis";
import { flushLog, log } from "@/lib/platform/log";
import { purposeKey } from "@/lib/platform/secrets/digest";
import { markListening, uptimeMs } from "@/lib/platform/uptime";
import { keepLoadingSettings, loadSettings } from "@/lib/settings/settings";
import { PRODUCT } from "@/product";
import { consoleToLog } from "./console-to-log";
import { DIRECT_ROUTES } from "./direct-routes";
import { drainable } from "./drainable";
import {
  checkDatabase,
  checkEnvironment,
  environmentProblems,
  isEmbedded,
  openDatabase,
} from "./environment";
import { DatabaseTrouble, inDatabase } from "./explain-database-fault";
import { httpServer } from "./http-server";
import { judgePageFailure } from "./judge-page-failure";
import { describeMissingSecret } from "./missing-secret";
import { OperatorError } from "./operator-error";
import { step } from "./progress.mjs";
import { readyDatabase, refuseUnfitDatabase } from "./ready-database";
import { takeBuiltConfig } from "./take-built-config";

type Address = Pick<Env, "host" | "port">;

/** From the signal to the last answer, the time included that balancers need to notice. */
const DRAIN_MS = 10_000;
const NOTICE_MAX_MS = 7_000;
const RETRY_MAX_MS = 1_000;
const TELL_EVERY_MS = 30_000;
/** Ctrl-C reaches npm and us, and npm passes it on: within this time two signals are one. */
const SAME_SIGNAL_MS = 1_000;
/**
 * How much garbage V8 lets gather before it collects, in percent of what lives. By itself it allows up to four times as
 * much as lives: 465 MB after a minute of load instead of 300 (docs/decisions/0058-a-bounded-heap.md).
 */
const HEAP_GROWTH_PERCENT = 50;

export type Serve = {
  root: string;
  dev: boolean;
  /** Builds the pages if that is due. */
  build: (options: { signal: AbortSignal }) => Promise<void>;
  /** Called once it listens: from then on a fault ends a request and not the process. */
  listening: () => void;
};

/**
 * Runs the product until it is told to stop: checks, builds, opens the database, listens, and prepares the
 * installation as soon as the database lets it. A server whose database is away is live and not ready.
 *
 * @throws {OperatorError} when it cannot start
 */
export async function serve({ root, dev, build, listening }: Serve): Promise<void> {
  setFlagsFromString(`--heap-growing-percent=${HEAP_GROWTH_PERCENT}`);
  const address = checkEnvironment();
  // Sooner said than after a build.
  await listen(createTcpServer(), address).then((trial) => trial.close());
  await checkDatabase();
  const stopping = stopSignal();
  /** What has been opened, in that order; closed in the other. */
  const opened: (() => Promise<void>)[] = [];
  let failure: unknown;
  try {
    if (!isEmbedded()) await orInWords(refuseUnfitDatabase);
    if (!dev) await build({ signal: stopping });
    stopping.throwIfAborted();

    const database = await openDatabase();
    opened.push(database.close, closeDb, async () => closeRedis(), settleAttempts, settleDayCounts);
    if (database.embedded) {
      await step("Migrate the database", () => orInWords(() => readyDatabase(root)));
    }
    stopping.throwIfAborted();

    process.env["NEXT_SERVER_ACTIONS_ENCRYPTION_KEY"] = actionKey();
    if (!dev) {
      consoleToLog();
      await takeBuiltConfig(root);
    }
    const { default: next } = await import("next");
    const app = next({
      dev,
      dir: root,
      hostname: ownHostname(),
      port: env().port,
      // Next listens for upgrades on this server, by default on the real one; only hot reload has a use for it.
      ...(!dev && { httpServer: createServer() }),
    });
    await step("Start the server", () => app.prepare());
    opened.push(() => app.close());
    onPageFailure(judgePageFailure);
    // In development a route is loaded anew when it was changed, which is the framework's business.
    const server = httpServer(app.getRequestHandler(), dev ? new Map() : DIRECT_ROUTES);
    const drain = drainable(server);
    beginPreparing();
    await forgetProxy();
    await listen(server, env());
    markListening();
    listening();
    let noticed = 0;
    opened.push(() => drain(dev ? 0 : DRAIN_MS - noticed));

    const prepared = await untilPrepared(root, stopping);
    if (prepared.kind === "refused") throw environmentProblems(prepared.problems);
    markPrepared();
    opened.push(
      keepComparingClocks(),
      keepLoadingSettings(),
      startSealer(),
      startWorker(),
      watchInstallation(removeSpentTokenFile),
    );
    announce(prepared);
    if (prepared.kind === "open") opened.push(tellWhenLate());
    await aborted(stopping);
    if (!dev) noticed = await giveNotice();
  } catch (error) {
    if (!stopping.aborted) failure = error;
  }
  for (const close of opened.reverse()) {
    await close().catch((error) => {
      failure ??= error;
    });
  }
  await flushLog();
  if (failure !== undefined) throw failure;
}

/**
 * What Next seals in a page for the page's forms, one replica opens for another: the key is the installation's, not
 * the build's, which has one only for making the ids of actions (see cli/prepare.mjs).
 */
function actionKey(): string {
  return Buffer.from(purposeKey(env().authSecrets[0], "server actions")).toString("base64");
}

/**
 * Says on /health/ready that this server leaves, and goes on serving until those who ask there will have sent
 * everybody elsewhere.
 *
 * @returns how many milliseconds that took
 */
async function giveNotice(): Promise<number> {
  const notice = Math.min(startLeaving(), NOTICE_MAX_MS);
  if (notice > 0) log().info({ ms: Math.round(notice) }, "not ready any more, still serving");
  await sleep(notice);
  return notice;
}

/** Aborts at the first SIGINT or SIGTERM; a second one, sent by a person and not by npm, ends at once. */
function stopSignal(): AbortSignal {
  const controller = new AbortController();
  let first = 0;
  const stop = () => {
    if (first === 0) first = Date.now();
    else if (Date.now() - first > SAME_SIGNAL_MS) process.exit(130);
    controller.abort();
  };
  process.on("SIGINT", stop);
  process.on("SIGTERM", stop);
  return controller.signal;
}

/**
 * The name at which Next asks itself, for the page an action redirects to; never the client's Host. Next writes
 * every loopback address as `localhost` and would take another spelling for another server.
 */
function ownHostname(): string {
  const host = env().host ?? "localhost";
  return /^(127\.|0\.0\.0\.0$|::1?$)/.test(host) ? "localhost" : host;
}

function aborted(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve();
  return new Promise((resolve) =>
    signal.addEventListener("abort", () => resolve(), { once: true }),
  );
}

/** @throws {OperatorError} when the address cannot be had */
function listen<S extends TcpServer>(server: S, { host, port }: Address): Promise<S> {
  return new Promise((resolve, reject) => {
    const refused = (error: Error) => reject(listenProblem(error, { host, port }));
    server.once("error", refused);
    server.listen({ port, ...(host !== undefined && { host }) }, () => {
      server.off("error", refused);
      resolve(server);
    });
  });
}

function listenProblem(error: NodeJS.ErrnoException, { host, port }: Address): Error {
  if (error.code?.startsWith("EAI_")) {
    return new OperatorError(`HOST: ${host} is neither an address nor a name that is known here.`);
  }
  switch (error.code) {
    case "EADDRINUSE":
      return new OperatorError(
        `Port ${port} is taken by another process. Choose another: PORT=${port + 1} npm start`,
      );
    case "EACCES":
      return new OperatorError(`Port ${port} needs more rights. Choose one above 1023 in PORT.`);
    case "EADDRNOTAVAIL":
    case "EAFNOSUPPORT":
    case "EINVAL":
    case "ENOTFOUND":
      return new OperatorError(`HOST: ${host} is no address of this machine.`);
    default:
      return error;
  }
}

/** Trouble with the database ends the start: what will never mend, or the embedded one's. */
async function orInWords<T>(work: () => Promise<T>): Promise<T> {
  return work().catch((error) => {
    throw error instanceof DatabaseTrouble ? new OperatorError(`${error.message}.`) : error;
  });
}

/**
 * Migrates and prepares, again and again for as long as the database is away. Says what it waits for: at once, and
 * whenever that changes or has lasted another while.
 *
 * @throws {OperatorError} when waiting would not help
 */
async function untilPrepared(root: string, stopping: AbortSignal): Promise<Prepared> {
  let told = { words: "", at: 0 };
  for (let delay = 100; ; delay = Math.min(delay * 2, RETRY_MAX_MS)) {
    try {
      const applied = await readyDatabase(root);
      if (applied.length > 0) log().info({ applied }, "database migrated");
      return await inDatabase("DATABASE_URL", env().databaseUrl, async () => {
        await compareClocks();
        await loadSettings();
        tellMissing(await checkSecret());
        return prepareInstallation();
      });
    } catch (error) {
      if (!(error instanceof DatabaseTrouble)) throw error;
      const { variable, fault } = error;
      if (!fault.mends) throw new OperatorError(`${error.message}.`);
      if (fault.words !== told.words || performance.now() - told.at >= TELL_EVERY_MS) {
        told = { words: fault.words, at: performance.now() };
        log().warn({ variable, code: sqlState(error) }, `waiting for the database: ${fault.words}`);
      }
      await sleep(delay, undefined, { signal: stopping });
    }
  }
}

function tellMissing(missing: MissingSecret | null): void {
  if (missing === null) return;
  const words = describeMissingSecret(missing);
  log().warn({ apps: missing.apps, since: missing.since }, words[0]);
  process.stderr.write(`\n${words.map((line) => `  ${line}\n`).join("")}`);
}

/** Where to go next, for a person. Of all that a start says, only this has the setup token. */
function announce(prepared: Exclude<Prepared, { kind: "refused" }>): void {
  const { baseUrl, baseUrlGiven } = env();
  const lines: string[] = [];
  if (prepared.kind === "claimed") {
    lines.push(`${PRODUCT.name} is running: ${baseUrl}/login`);
    if (prepared.createdNow) lines.push("The first administrator was created from FIRST_ADMIN_*.");
    if (prepared.ignored.length > 0) {
      lines.push(`Set for nothing, better removed: ${prepared.ignored.join(", ")}`);
    }
  } else {
    const link = prepared.link ?? "printed by the replica that was first to start";
    if (judgeSettings() !== null) lines.push(`${PRODUCT.name} waits for its owner: ${link}`);
    else {
      lines.push(`${PRODUCT.name} waits for its owner: ${baseUrl}/setup`);
      lines.push(`From another machine, or later than in 30 minutes: ${link}`);
    }
    if (!baseUrlGiven) {
      lines.push("Behind a reverse proxy? Set BASE_URL to the address people type, and restart.");
    }
  }
  process.stderr.write(`\n${lines.map((line) => `  ${line}\n`).join("")}\n`);
}

/** Says it in the log when the owner's own machine is not enough any more. Returns what takes the clock away. */
function tellWhenLate(): () => Promise<void> {
  const clock = setTimeout(async () => {
    const open = await needsSetup().catch(() => false);
    if (!open || judgeSettings() !== null) return;
    log().warn(
      `nobody has claimed this installation for 30 minutes; from now on the setup token is needed on this machine too: open the link that was printed at the start, or that npx ${PRODUCT.command} setup-token prints`,
    );
  }, LOOPBACK_MS - uptimeMs());
  clock.unref();
  return async () => clearTimeout(clock);
}
