import { randomUUID } from "node:crypto";
import { readFile, rm, stat, writeFile } from "node:fs/promises";
import path from "node:path";
import pg from "pg";
import type { Cluster } from "./find-cluster";

/** The port in the name of the socket; nothing listens on the network. */
export const PORT = 5432;

/** A server of our cluster. Until it is `ready` it recovers, or is on its way up. */
export type Running = { pid: number; socketDir: string; ready: boolean };

export function socketUrl(socketDir: string, user: string, database: string): string {
  const host = encodeURIComponent(socketDir);
  return `postgresql://${user}@localhost:${PORT}/${database}?host=${host}&sslmode=disable`;
}

/**
 * The server of this cluster if one runs. What PostgreSQL has noted in `postmaster.pid` is only where to ask: in a
 * copy of a data folder it names the original's server, in another container anybody's process. So whoever answers
 * must prove that it is this very folder that it serves.
 *
 * @param ownSocketDir where a server of this data folder listens, also when the folder was moved under it
 */
export async function findRunning(cluster: Cluster, ownSocketDir: string): Promise<Running | null> {
  const file = await readFile(path.join(cluster.path, "postmaster.pid"), "utf8").catch(() => "");
  const [pidLine, , , , socketLine] = file.split("\n");
  const pid = Number(pidLine);
  if (!(pid > 1)) return null;
  const noted = socketLine?.trim() || ownSocketDir;
  for (const socketDir of new Set([ownSocketDir, noted])) {
    const who = await whoAnswers(socketDir, cluster);
    if (who === "it") return { pid, socketDir, ready: true };
    // Who is not ready proves nothing, but nobody else listens in a folder of ours.
    if (who === "somebody-starting" && socketDir === ownSocketDir) {
      return { pid, socketDir, ready: false };
    }
  }
  return (await isServerOf(cluster, pid)) ? { pid, socketDir: noted, ready: false } : null;
}

/** Asks the server behind a socket whether it sees the file that we have just put into the cluster. */
async function whoAnswers(
  socketDir: string,
  cluster: Cluster,
): Promise<"it" | "another" | "somebody-starting" | "nobody"> {
  const client = new pg.Client({ connectionString: socketUrl(socketDir, "postgres", "postgres") });
  client.on("error", () => {});
  const name = `question-${randomUUID()}`;
  const file = path.join(cluster.path, name);
  try {
    await client.connect();
    await writeFile(file, "");
    const question = "SELECT (pg_stat_file($1, true)).size IS NOT NULL AS seen";
    const { rows } = await client.query<{ seen: boolean }>(question, [name]);
    return rows[0]?.seen ? "it" : "another";
  } catch (error) {
    const { code } = error as { code?: string };
    if (code === "ENOSPC" || code === "EROFS") throw error; // ours to write, and not to be taken for an answer
    return code === "57P03" ? "somebody-starting" : "nobody";
  } finally {
    await rm(file, { force: true });
    await client.end().catch(() => {});
  }
}

/**
 * Whether the process is the server of this cluster; after a crash or in a new container the pid may be anybody's.
 * A server lives in the folder of its cluster. Where a container hides that, its command line has to do.
 */
export async function isServerOf(cluster: Cluster, pid: number): Promise<boolean> {
  try {
    process.kill(pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ESRCH") return false;
  }
  if (process.platform !== "linux") return true;
  const folder = await stat(`/proc/${pid}/cwd`, { bigint: true }).catch(() => null);
  if (folder !== null) return folder.dev === cluster.dev && folder.ino === cluster.ino;
  const commandLine = await readFile(`/proc/${pid}/cmdline`, "utf8").catch(() => "");
  return commandLine.split("\0").includes(cluster.path);
}
