import { execFile } from "node:child_process";
import { readFile } from "node:fs/promises";
import path from "node:path";
import { promisify } from "node:util";

/** The process of the PostgreSQL that runs in a data folder, by what it has noted there. */
export async function serverPid(dataDir: string): Promise<number> {
  const noted = await readFile(path.join(dataDir, "postgres/postmaster.pid"), "utf8");
  return Number(noted.split("\n")[0]);
}

/** As an operator copies: modes, times, sockets and what PostgreSQL has noted about its server included. */
export async function copyFolder(from: string, to: string): Promise<void> {
  await promisify(execFile)("cp", ["-a", from, to]);
}

export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
