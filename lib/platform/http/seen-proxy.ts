import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { env } from "../env";
import { log } from "../log";
import { processWide } from "../process-wide";
import type { ProxySign } from "./client-address";

const SIGNS: readonly string[] = ["header", "httpVersion", "host"] satisfies ProxySign[];

function memory(): { sign: ProxySign | null } {
  return processWide("seen-proxy", () => ({ sign: null }));
}

/** Beside the setup token, for the `doctor` command, which runs in a process of its own. */
function noteFile(): string {
  return path.join(env().dataDir, "seen-proxy");
}

/**
 * Remembers the first request of this process that looks proxied while BASE_URL is not set, and says so once: links
 * would lead nowhere, and a proxy that shows itself to nobody could let strangers pass for the owner.
 */
export function rememberProxy(sign: ProxySign): void {
  if (env().baseUrlGiven || memory().sign !== null) return;
  memory().sign = sign;
  log().warn(
    { sign },
    "requests come through a reverse proxy, but BASE_URL is not set; set BASE_URL to the address people type and restart",
  );
  const note = async () => {
    await mkdir(env().dataDir, { recursive: true, mode: 0o700 });
    await writeFile(noteFile(), `${sign}\n`, { mode: 0o600 });
  };
  note().catch(() => {}); // only doctor misses it
}

/** What has shown this process that there is a proxy while BASE_URL is not set; null when nothing has. */
export function seenProxy(): ProxySign | null {
  return memory().sign;
}

/** What a server on this data folder has noted since its start. */
export async function readSeenProxy(): Promise<ProxySign | null> {
  const note = (await readFile(noteFile(), "utf8").catch(() => "")).trim();
  return SIGNS.includes(note) ? (note as ProxySign) : null;
}

/** Called at a start, which may have mended it. */
export async function forgetProxy(): Promise<void> {
  await rm(noteFile(), { force: true }).catch(() => {}); // a read-only folder has no note of ours
}
