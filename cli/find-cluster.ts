import { access, lstat, readdir, readFile, realpath, stat, writeFile } from "node:fs/promises";
import path from "node:path";
import { PRODUCT } from "@/product";
import { OperatorError } from "./operator-error";

const MAJOR = "18";

/** Says that a database was made in this folder once, so that an empty one never takes the place of a lost one. */
const MARKER = "postgres-made";
/** What only a start with a database of its own leaves behind; older installations have no marker. */
const TRACES = [MARKER, "auth-secret", "postgres.log"];
/** Without these there is no starting it, and PostgreSQL would say so less plainly. */
const PARTS = ["base", "global/pg_control", "pg_wal", "pg_xact"];

const UNTOUCHED = "Nothing was changed.";

/** One cluster, whatever it is called by and wherever it is moved while it is used. */
export type Cluster = { path: string; dev: bigint; ino: bigint };

/**
 * The cluster of a data folder, or null when it never had one. What has lost its cluster, or the half of it, is
 * refused: a new one in its place would be an installation that waits for anybody to claim it.
 *
 * @throws {OperatorError}
 */
export async function findCluster(dataDir: string): Promise<Cluster | null> {
  const folder = path.join(dataDir, "postgres");
  const names = await list(folder);
  if (names === null || names.length === 0) {
    await refuseLost(dataDir, folder);
    return null;
  }
  const version = (await readPart(path.join(folder, "PG_VERSION")))?.trim();
  if (version === undefined) throw notWhole(folder, "PG_VERSION");
  if (version !== MAJOR) {
    throw new OperatorError(
      `${folder} was made by PostgreSQL ${version}, and this is ${MAJOR}. Dump it with the version that made it.`,
    );
  }
  for (const part of PARTS) {
    await access(path.join(folder, part)).catch((error: NodeJS.ErrnoException) => {
      throw error.code === "ENOENT" ? notWhole(folder, part) : unreadable(folder, error);
    });
  }
  const { dev, ino } = await stat(folder, { bigint: true });
  return { path: await realpath(folder), dev, ino };
}

/** Notes that this folder has a cluster; also for those that were made before there was a note. */
export async function markCluster(dataDir: string): Promise<void> {
  const words = `${PRODUCT.name} keeps its database in the folder postgres beside this file.\n`;
  const file = path.join(dataDir, MARKER);
  await writeFile(file, words, { flag: "wx", mode: 0o600 }).catch((error) => {
    if (error.code !== "EEXIST") throw error;
  });
}

/** What is in the folder; null when there is none. */
async function list(folder: string): Promise<string[] | null> {
  try {
    return await readdir(folder);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code !== "ENOENT") throw unreadable(folder, error as NodeJS.ErrnoException);
  }
  if ((await lstat(folder).catch(() => null)) === null) return null;
  throw new OperatorError(
    `${folder} is a link to what is not there. Is the disk that has the database mounted? ${UNTOUCHED}`,
  );
}

async function refuseLost(dataDir: string, folder: string): Promise<void> {
  for (const trace of TRACES) {
    if ((await lstat(path.join(dataDir, trace)).catch(() => null)) === null) continue;
    throw new OperatorError(
      `DATA_DIR: ${dataDir} was in use before (it has ${trace}), and its database is gone: ${folder} is not there or empty.\n` +
        `${UNTOUCHED} Put the folder back from a backup; to begin anew, set DATA_DIR to an empty folder.`,
    );
  }
}

async function readPart(file: string): Promise<string | undefined> {
  try {
    return await readFile(file, "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw unreadable(path.dirname(file), error as NodeJS.ErrnoException);
  }
}

function notWhole(folder: string, part: string): OperatorError {
  return new OperatorError(
    `DATA_DIR: ${folder} is not whole: ${part} is missing.\n` +
      `${UNTOUCHED} Put the folder back from a backup; to begin anew, set DATA_DIR to an empty folder.`,
  );
}

function unreadable(folder: string, { code }: NodeJS.ErrnoException): OperatorError {
  return new OperatorError(
    `DATA_DIR: ${folder} cannot be read (${code}). It must be a folder of the user who runs this. ${UNTOUCHED}`,
  );
}
